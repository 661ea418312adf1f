import type { Entry, Milliseconds } from '../protocol/record.ts';
import { forgetOldest, gained, held, type Limits, sizeOf } from './retention.ts';
import { applyEntry, type Source } from './source.ts';
import { isEvent, type StreamItem } from './stream-item.ts';

/** What is forgotten at once when the list is full: seldom, so that it costs little. */
const PART = 1 / 8;

/** The sources that the log shows, in order of construction, and how much they hold. */
export class SourceList {
  /** What {@link trim} leaves. */
  limits: Limits;
  /** Events that {@link trim} forgot. */
  trimmed = 0;
  /** Sources that are not of the list, of which events and lines are held, and only these are forgotten. */
  #beside: readonly Source[] = [];
  readonly #byKey = new Map<string, Source>();
  #all: Source[] = [];
  #held: Limits = { entries: 0, size: 0 };
  #events = 0;
  #began: Milliseconds | undefined;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  get all(): readonly Source[] {
    return this.#all;
  }

  /** Events that are held, over all sources. */
  get events(): number {
    return this.#events;
  }

  /** When the first source was constructed, of all that were added since the list was empty. */
  get began(): Milliseconds | undefined {
    return this.#began;
  }

  /** Does it hold more than it may? */
  get isFull(): boolean {
    return this.#held.entries > this.limits.entries || this.#held.size > this.limits.size;
  }

  get(key: string): Source | undefined {
    return this.#byKey.get(key);
  }

  add(source: Source): void {
    if (this.#byKey.has(source.key)) return;
    const last = this.#all.at(-1);
    this.#byKey.set(source.key, source);
    this.#all.push(source);
    this.#began = Math.min(this.#began ?? source.constructed, source.constructed);
    if (last !== undefined && last.constructed > source.constructed) {
      this.#all.sort((a, b) => a.constructed - b.constructed);
    }
    this.#count(source);
  }

  addLiving(sources: Iterable<Source>): void {
    for (const source of sources) if (source.ended === undefined) this.add(source);
  }

  remove(which: (source: Source) => boolean): void {
    for (const source of this.#all) if (which(source)) this.#byKey.delete(source.key);
    this.#all = this.#all.filter(({ key }) => this.#byKey.has(key));
    if (this.#all.length === 0) this.#began = undefined;
    this.recount();
  }

  /** Applies `entry` to a source of the list; see {@link applyEntry}. */
  apply(source: Source, entry: Entry, keepsEvent: boolean): void {
    const events = source.events.length;
    const { entries, size } = gained(source, () => applyEntry(source, entry, keepsEvent));
    this.#held.entries += entries;
    this.#held.size += size;
    this.#events += source.events.length - events;
  }

  /** These were added to a source, of the list or beside it. O(items). */
  added(items: readonly StreamItem[]): void {
    for (const item of items) {
      this.#held.entries += 1;
      this.#held.size += sizeOf(item);
      if (isEvent(item)) this.#events += 1;
    }
  }

  /** Changes which sources are beside the list. O(sources), and O(events) where one goes that brought something. */
  setBeside(sources: readonly Source[]): void {
    const before = this.#beside;
    this.#beside = sources;
    const isGone = (source: Source) => source.events.length + source.lines.length > 0 && !sources.includes(source);
    if (before !== sources && before.some(isGone)) this.recount();
  }

  /** After sources were changed by others. O(events). */
  recount(): void {
    this.#held = { entries: 0, size: 0 };
    this.#events = 0;
    for (const source of this.#all) this.#count(source);
    for (const source of this.#beside) this.#count(itemsOf(source));
  }

  /** Forgets the oldest while there is more than the limits allow. Calls `gone` for each source of which nothing is left. */
  trim(gone: (source: Source) => void): void {
    while (this.isFull) {
      const forgotten = forgetOldest([...this.#all, ...this.#beside.map(itemsOf)], PART);
      if (forgotten === undefined) break;
      this.trimmed += forgotten.events;
      forgotten.sources.forEach(gone);
      this.remove((source) => forgotten.sources.has(source));
    }
  }

  #count(source: Source): void {
    const { entries, size } = held(source);
    this.#held.entries += entries;
    this.#held.size += size;
    this.#events += source.events.length;
  }
}

/** A source that did nothing but bring the same: what is forgotten of it is forgotten of both. */
function itemsOf({ events, lines, ...source }: Source): Source {
  const { ended: _, ...rest } = source;
  return { ...rest, events, lines, attempts: [], changes: [], faults: [], witnesses: [] };
}
