import { partition } from './chronology.ts';
import type { EventRows } from './event-rows.ts';
import { mergeSort } from './merge-sort.ts';
import type { Source } from './source.ts';
import { idOf, type StreamItem, textOf } from './stream-item.ts';
import type { Stretch } from './stretch.ts';

/** So many are taken in at once: less than a millisecond. */
const AT_ONCE = 8192;

export interface Sort {
  column: 'time' | 'source' | 'type' | 'id' | 'size' | 'data';
  descending: boolean;
}

/**
 * What `sources` had brought at one moment, sorted by a column; what is equal stays in its order. Found piece by piece,
 * as a million take longer than a frame may. It does not grow: whoever shows it says what is newer, and sorts again.
 */
export class SortedRows implements EventRows {
  readonly sort: Sort;
  readonly #sources: readonly Source[];
  readonly #stretches: readonly Stretch[];
  /** Of each stretch, index of its first item among all. */
  readonly #starts: number[] = [];
  readonly #items: StreamItem[] = [];
  /** Of each item, its stretch. */
  readonly #origins: Stretch[] = [];
  readonly #work: Generator<number, Uint32Array>;
  #order: Uint32Array | undefined;
  /** For each item, its row. */
  #rows = new Uint32Array();
  #progress = 0;

  constructor(sources: readonly Source[], stretches: readonly Stretch[], sort: Sort) {
    this.sort = sort;
    this.#sources = [...sources];
    // Copies: lists are forgotten from their beginnings.
    this.#stretches = stretches.map(({ items, from, to, lane, group }) => {
      const copy = items.slice(from, to);
      return { items: copy, from: 0, to: copy.length, lane, group };
    });
    this.#work = this.#sorting();
  }

  /** 0 until it is sorted. */
  get count(): number {
    return this.#order?.length ?? 0;
  }

  get isDone(): boolean {
    return this.#order !== undefined;
  }

  /** How much is done, from 0 to 1. */
  get progress(): number {
    return this.#progress;
  }

  /** Does a little more, about a millisecond. Returns whether there is more to do. */
  advance(): boolean {
    if (this.#order) return false;
    const step = this.#work.next();
    if (!step.done) {
      this.#progress = step.value;
      return true;
    }
    const rows = new Uint32Array(step.value.length);
    step.value.forEach((index, row) => {
      rows[index] = row;
    });
    this.#rows = rows;
    this.#order = step.value;
    this.#progress = 1;
    return false;
  }

  /** How many there are in `stretches` that are not here; undefined where they are not those of here and newer ones. */
  newer(sources: readonly Source[], stretches: readonly Stretch[]): number | undefined {
    if (stretches.length < this.#stretches.length) return undefined;
    let newer = 0;
    for (const [index, { items, from, to }] of stretches.entries()) {
      const own = this.#stretches[index];
      const isSame = sources[stretches[index]?.lane ?? 0] === this.#sources[own?.lane ?? 0];
      if (own && (own.items[0] !== items[from] || !isSame) && own.to > 0) return undefined;
      newer += to - from - (own?.to ?? 0);
    }
    return newer < 0 ? undefined : newer;
  }

  at(row: number): ReturnType<EventRows['at']> {
    const index = this.#order?.[row];
    const item = index === undefined ? undefined : this.#items[index];
    const source = index === undefined ? undefined : this.#sources[this.#origins[index]?.lane ?? 0];
    return item && source && { type: 'item', item, source };
  }

  rowOf(source: Source, item: StreamItem): number | undefined {
    for (const [index, { items, to, lane }] of this.#stretches.entries()) {
      if (this.#sources[lane] !== source) continue;
      const at = partition(0, to, (place) => (items[place]?.seq ?? 0) < item.seq);
      if (items[at] === item) return this.#rows[(this.#starts[index] ?? 0) + at];
    }
    return undefined;
  }

  rowOfAttempt(): undefined {
    return undefined;
  }

  *#sorting(): Generator<number, Uint32Array> {
    for (const stretch of this.#stretches) {
      this.#starts.push(this.#items.length);
      for (const item of stretch.items) {
        if (!item) continue;
        this.#origins.push(stretch);
        if (this.#items.push(item) % AT_ONCE === 0) yield 0;
      }
    }
    return yield* mergeSort(this.#items.length, this.#comparison());
  }

  #comparison(): (a: number, b: number) => number {
    const items = this.#items;
    const origins = this.#origins;
    const { column, descending } = this.sort;
    const compare = comparisons[column];
    const sign = descending ? -1 : 1;
    return (a, b) => {
      const [one, two] = [items[a], items[b]];
      if (!one || !two) return 0;
      const [from, other] = [origins[a], origins[b]];
      const order = column === 'source' ? (from?.lane ?? 0) - (other?.lane ?? 0) : compare(one, two);
      return order * sign || one.time - two.time || (from?.group ?? 0) - (other?.group ?? 0) || one.seq - two.seq;
    };
  }
}

type Comparison = (a: StreamItem, b: StreamItem) => number;

const comparisons: Record<Sort['column'], Comparison> = {
  time: (a, b) => a.time - b.time,
  source: () => 0,
  type: (a, b) => compareText(a.type, b.type),
  id: (a, b) => compareId(idOf(a), idOf(b)),
  size: (a, b) => a.size - b.size,
  data: (a, b) => compareText(textOf(a), textOf(b)),
};

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** Numbers by their value, and before all other ids. */
function compareId(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [INTEGER.test(a), INTEGER.test(b)];
  if (isNumber && isOtherNumber) return Number(a) - Number(b) || compareText(a, b);
  return isNumber === isOtherNumber ? compareText(a, b) : isNumber ? -1 : 1;
}

/** Of which no two are the same number for JavaScript. */
const INTEGER = /^\d{1,15}$/;
