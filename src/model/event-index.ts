import type { Timed } from './chronology.ts';
import { Times } from './times.ts';

interface Typed extends Timed {
  type: string;
}

/** Types beyond these are not told apart: a page may make up as many as it likes. */
const MOST_TYPES = 32;
/** Of the events, for a type to be one that a lane has a place for. */
const SHARE = 1 / 8;

/** When the events of one source came, all and by type. Follows the list of them as it grows, and as its past goes. */
export class EventIndex {
  readonly all = new Times();
  /** In the order in which they first came. */
  readonly #types = new Map<string, Times>();
  #first: Typed | undefined;

  follow(events: readonly Typed[]): this {
    const [first] = events;
    // What is forgotten is all that was until a moment.
    if (first !== this.#first) {
      const time = first?.time ?? Number.POSITIVE_INFINITY;
      this.all.forgetBefore(time);
      for (const times of this.#types.values()) times.forgetBefore(time);
      this.#first = first;
    }
    for (let index = this.all.length; index < events.length; index++) {
      const event = events[index];
      if (!event) break;
      this.all.push(event.time);
      this.#timesOf(event.type)?.push(event.time);
    }
    return this;
  }

  of(type: string): Times | undefined {
    return this.#types.get(type);
  }

  /** Types that are a good part of all events, in the order in which they first came. */
  get frequent(): string[] {
    const enough = this.all.length * SHARE;
    return this.types.filter((type) => (this.#types.get(type)?.length ?? 0) >= enough);
  }

  /** At most {@link MOST_TYPES}. */
  get types(): string[] {
    return [...this.#types].filter(([, { length }]) => length > 0).map(([type]) => type);
  }

  /** Are there events of types that are not told apart? */
  get hasMore(): boolean {
    return this.#types.size === MOST_TYPES;
  }

  #timesOf(type: string): Times | undefined {
    const known = this.#types.get(type);
    if (known || this.hasMore) return known;
    const times = new Times();
    this.#types.set(type, times);
    return times;
  }
}

const indices = new WeakMap<readonly Typed[], EventIndex>();

/** Of a list that grows at its end and is forgotten from its beginning. O(1) for each event that is new. */
export function eventIndex(events: readonly Typed[]): EventIndex {
  const index = indices.get(events) ?? new EventIndex();
  indices.set(events, index);
  return index.follow(events);
}
