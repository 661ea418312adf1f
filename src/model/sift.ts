import { firstBehind, partition } from './chronology.ts';
import { type StreamItem, textOf } from './stream-item.ts';

/**
 * A list that grows at its end and is forgotten from its beginning, and what a condition admits of it, found piece by
 * piece: a million items take longer than a frame may. It begins at the end, which is what is in sight, and goes back;
 * what arrives meanwhile comes first. So each item is looked at once, and the last ones admitted are known first.
 */
export class Sift<Item extends StreamItem> {
  readonly #condition: () => (item: Item) => boolean;
  readonly #isForward: boolean;
  #admits: (item: Item) => boolean;
  /** Those that are admitted are at `#from` and after. Before it is a place for each that is still to be looked at. */
  #kept: (Item | undefined)[] = [];
  #from = 0;
  /** The part of the list that was looked at: `[#low, #high)`. */
  #low = 0;
  #high = 0;
  #list: readonly Item[] | undefined;
  /** seq of the last item of that part. */
  #last = Number.NEGATIVE_INFINITY;
  /** What was admitted by a wider condition in that part, and is still to be looked at: the first `#left` after `from`. */
  #wider: { kept: readonly (Item | undefined)[]; from: number } = NOTHING;
  #left = 0;

  /**
   * `condition` gives a function that is asked about each item once. `forward`: in their order, as it remembers what it
   * saw. `wider`: one of the same list that admits all that this one does; it must not go on.
   */
  constructor(
    condition: () => (item: Item) => boolean,
    { forward = false, wider }: { forward?: boolean; wider?: Sift<Item> | undefined },
  ) {
    this.#condition = condition;
    this.#admits = condition();
    this.#isForward = forward;
    if (!wider || forward || wider.#left > 0) return;
    this.#low = wider.#low;
    this.#high = wider.#high;
    this.#list = wider.#list;
    this.#last = wider.#last;
    this.#wider = { kept: wider.#kept, from: wider.#from };
    this.#left = wider.#kept.length - wider.#from;
    this.#kept = places(this.#high);
    this.#from = this.#high;
  }

  /** What is admitted, in its order, from index `from` on; nothing is there before it. */
  get admitted(): { items: readonly (Item | undefined)[]; from: number } {
    return { items: this.#kept, from: this.#from };
  }

  /** How many were looked at. */
  get seen(): number {
    return this.#high - this.#low - this.#left;
  }

  /** Notices what became of the list. To be called before `admitted` is read. Returns whether there is more to look at. */
  follow(list: readonly Item[]): boolean {
    // What came late was put into its middle.
    if (this.#list && this.#list !== list) this.#restart();
    this.#list = list;
    if (this.#high > 0 && list[this.#high - 1]?.seq !== this.#last) this.#forget(list);
    if (this.#high === 0 && this.#low === 0 && !this.#isForward) this.#begin(list);
    return this.#high < list.length || this.#low > 0 || this.#left > 0;
  }

  /** Looks at some more, until that cost `most`: 1 for an item, and more if it is long. Returns what it did cost. */
  advance(list: readonly Item[], most: number): number {
    let cost = 0;
    while (cost < most && this.#high < list.length) {
      const item = list[this.#high++];
      if (!item) break;
      this.#last = item.seq;
      cost += costOf(item);
      if (this.#admits(item)) this.#kept.push(item);
    }
    const first = list[0]?.seq ?? 0;
    while (cost < most && this.#left > 0) {
      const item = this.#wider.kept[this.#wider.from + --this.#left];
      if (!item || item.seq < first) continue;
      cost += costOf(item);
      if (this.#admits(item)) this.#kept[--this.#from] = item;
    }
    if (this.#left === 0) this.#wider = NOTHING;
    while (cost < most && this.#low > 0) {
      const item = list[--this.#low];
      if (!item) break;
      cost += costOf(item);
      if (this.#admits(item)) this.#kept[--this.#from] = item;
    }
    return cost;
  }

  #begin(list: readonly Item[]): void {
    this.#low = list.length;
    this.#high = list.length;
    this.#last = list.at(-1)?.seq ?? this.#last;
    this.#kept = places(list.length);
    this.#from = list.length;
  }

  /** The list lost some of its first items, or all. */
  #forget(list: readonly Item[]): void {
    const high = firstBehind(list, this.#last);
    const gone = this.#high - high;
    // What was seen of those that went is not known any more by a condition that remembers.
    if (high === 0 || this.#isForward || list[high - 1]?.seq !== this.#last) {
      this.#restart();
      return;
    }
    this.#high = high;
    this.#low = Math.max(0, this.#low - gone);
    const first = list[0]?.seq ?? 0;
    const from = partition(this.#from, this.#kept.length, (index) => (this.#kept[index]?.seq ?? 0) < first);
    this.#kept.splice(0, from - this.#low - this.#left);
    this.#from = this.#low + this.#left;
    this.#kept.fill(undefined, 0, this.#from);
  }

  #restart(): void {
    this.#admits = this.#condition();
    this.#kept = [];
    this.#from = 0;
    this.#low = 0;
    this.#high = 0;
    this.#left = 0;
    this.#last = Number.NEGATIVE_INFINITY;
  }
}

const NOTHING = { kept: [], from: 0 };

/** [v8] Storage of this many, all at once; it would grow by hundreds of steps else. */
const places = (count: number): undefined[] => new Array<undefined>(count);

const costOf = (item: StreamItem): number => 1 + (textOf(item).length >> 9);
