import type { Milliseconds } from '../protocol/record.ts';
import { type Attempt, isUnload, startOf } from './attempt.ts';
import { firstUnsettled } from './settled.ts';
import type { Source } from './source.ts';
import { Times } from './times.ts';

/** Marks that differ in how they are drawn, in the order in which those of one attempt happen. */
export const KINDS = ['connect', 'queued', 'error', 'forced', 'gaveUp', 'end'] as const;
export type MarkKind = (typeof KINDS)[number];

/** Marks of one kind, in order of time: of each, when it was, and the number of its attempt. */
export class Track {
  readonly times = new Times();
  readonly #attempts: number[] = [];
  #kept = 0;

  /** Network and page have clocks of their own: what follows is not earlier, whatever they say. */
  push(time: Milliseconds, attempt: number): void {
    const latest = this.times.at(this.times.length - 1);
    this.times.push(time < latest ? latest : time);
    this.#attempts.push(attempt);
  }

  attempt(index: number): number {
    return this.#attempts[index] ?? 0;
  }

  /** What is there stays; what follows is until {@link back}. */
  keep(): void {
    this.#kept = this.times.length;
  }

  back(): void {
    this.times.cut(this.#kept);
    this.#attempts.length = this.#kept;
  }

  clear(): void {
    this.#kept = 0;
    this.back();
  }
}

/** Every mark of a source, by kind. */
export class MarkIndex {
  readonly tracks: Readonly<Record<MarkKind, Track>> = {
    connect: new Track(),
    queued: new Track(),
    error: new Track(),
    forced: new Track(),
    gaveUp: new Track(),
    end: new Track(),
  };
  readonly #all = Object.values(this.tracks);
  /** Attempts before this index stay as they are. */
  #open = 0;
  #first: Attempt | undefined;

  follow({ attempts, pending, ended }: Source): this {
    if (attempts[0] !== this.#first) {
      this.#open = 0;
      for (const track of this.#all) track.clear();
    }
    this.#first = attempts[0];
    for (const track of this.#all) track.back();
    const unsettled = firstUnsettled(attempts);
    for (; this.#open < unsettled; this.#open++) this.#add(attempts[this.#open], attempts[this.#open - 1]);
    for (const track of this.#all) track.keep();
    for (let index = unsettled; index < attempts.length; index++) this.#add(attempts[index], attempts[index - 1]);
    if (pending) this.#add(pending, attempts.at(-1));
    if (ended && (ended.by === 'close' || isUnload(ended))) {
      this.tracks.end.push(ended.time, (pending ?? attempts.at(-1))?.number ?? 1);
    }
    return this;
  }

  #add(attempt: Attempt | undefined, previous: Attempt | undefined): void {
    if (!attempt) return;
    const { number, ended } = attempt;
    const began = Math.max(startOf(attempt) ?? attempt.time, previous?.ended?.time ?? 0);
    if (!attempt.incomplete) this.tracks.connect.push(began, number);
    if (attempt.request?.queued) this.tracks.queued.push(began, number);
    if (!ended || ended.by === 'close' || isUnload(ended)) return;
    const kind = ended.by === 'fail' ? 'gaveUp' : ended.forced ? 'forced' : 'error';
    this.tracks[kind].push(ended.time, number);
  }
}

const indices = new WeakMap<readonly Attempt[], MarkIndex>();

/** O(attempts that are new, and those of which facts may come yet). */
export function markIndex(source: Source): MarkIndex {
  const index = indices.get(source.attempts) ?? new MarkIndex();
  indices.set(source.attempts, index);
  return index.follow(source);
}
