import { admitsEvent, type Filter } from './filter.ts';
import type { Source, StreamEvent } from './source.ts';

/**
 * The events of a source that a filter admits, found piece by piece: a million of them take longer than a frame may. Looks
 * at each event once, as long as the source only grows.
 */
export class FilteredEvents {
  readonly #source: Source;
  readonly #filter: Filter;
  readonly #ids = new Set<string>();
  #admitted: StreamEvent[] = [];
  /** How many events were looked at. */
  #seen = 0;
  /** seq of the first and of the last of them: where they differ from what the source has, it forgot some. */
  #first: number | undefined;
  #last: number | undefined;
  #before: StreamEvent | undefined;

  constructor(source: Source, filter: Filter) {
    this.#source = source;
    this.#filter = filter;
  }

  /** In their order, as far as they were looked at. */
  get admitted(): readonly StreamEvent[] {
    return this.#admitted;
  }

  /** Everything was looked at. */
  get isDone(): boolean {
    return this.#seen === this.#source.events.length && this.#source.events[this.#seen - 1]?.seq === this.#last;
  }

  /** Looks at `most` more events. Returns false when there are no more. */
  advance(most: number): boolean {
    const { events } = this.#source;
    if (this.#seen > 0 && (events[0]?.seq !== this.#first || events[this.#seen - 1]?.seq !== this.#last))
      this.#restart();
    const end = Math.min(events.length, this.#seen + most);
    this.#first = events[0]?.seq;
    for (; this.#seen < end; this.#seen++) {
      const event = events[this.#seen];
      if (!event) break;
      this.#last = event.seq;
      if (admitsEvent(this.#filter, event, this.#isDuplicate(event))) this.#admitted.push(event);
    }
    return this.#seen < events.length;
  }

  /** A block without an id has that of the one before it: only one that comes back, or brings the same again, repeats. */
  #isDuplicate(event: StreamEvent): boolean {
    const before = this.#before;
    const { lastEventId } = event;
    this.#before = event;
    if (lastEventId === '') return false;
    if (before?.lastEventId === lastEventId) return before.data === event.data && before.type === event.type;
    const isKnown = this.#ids.has(lastEventId);
    this.#ids.add(lastEventId);
    return isKnown;
  }

  #restart(): void {
    this.#seen = 0;
    this.#admitted = [];
    this.#ids.clear();
    this.#before = undefined;
    this.#last = undefined;
  }
}
