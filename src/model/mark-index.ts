import type { Milliseconds } from '../protocol/record.ts';
import { type Attempt, isUnload, startOf } from './attempt.ts';
import { partition } from './chronology.ts';
import { Frontier } from './frontier.ts';
import type { Source } from './source.ts';
import { Times } from './times.ts';

/** Marks that differ in how they are drawn, in the order in which those of one attempt happen. */
export const KINDS = ['connect', 'queued', 'verdict', 'error', 'forced', 'gaveUp', 'end'] as const;
export type MarkKind = (typeof KINDS)[number];

/** Marks of one kind, in order of time: of each, when it was, and the number of its attempt. */
export class Track {
  readonly times = new Times();
  readonly #attempts: number[] = [];

  /** Network and page have clocks of their own: what follows is not earlier, whatever they say. */
  push(time: Milliseconds, attempt: number): void {
    const latest = this.times.at(this.times.length - 1);
    this.times.push(time < latest ? latest : time);
    this.#attempts.push(attempt);
  }

  attempt(index: number): number {
    return this.#attempts[index] ?? 0;
  }

  /** Only those of attempts before this number stay. */
  cut(number: number): void {
    const length = partition(0, this.times.length, (index) => this.attempt(index) < number);
    this.times.cut(length);
    this.#attempts.length = length;
  }
}

/** Every mark of a source, by kind. */
export class MarkIndex {
  readonly tracks: Readonly<Record<MarkKind, Track>> = {
    connect: new Track(),
    queued: new Track(),
    verdict: new Track(),
    error: new Track(),
    forced: new Track(),
    gaveUp: new Track(),
    end: new Track(),
  };
  /** That it was brought up to; undefined where nobody said. */
  revision: number | undefined;
  readonly #frontier = new Frontier();

  follow(source: Source): void {
    const { attempts, pending, ended } = source;
    const from = this.#frontier.advance(source);
    const number = from > 0 ? (attempts[from]?.number ?? 0) : 0;
    for (const kind of KINDS) this.tracks[kind].cut(number);
    let wasConnected = attempts.slice(0, from).some(isConnected);
    for (let index = from; index < attempts.length; index++) {
      const attempt = attempts[index];
      this.#add(attempt, attempts[index - 1]);
      if (!attempt || !isConnected(attempt)) continue;
      if (wasConnected) this.tracks.verdict.push(connectedAt(attempt, attempts[index - 1]), attempt.number);
      wasConnected = true;
    }
    if (pending) this.#add(pending, attempts.at(-1));
    if (ended && (ended.by === 'close' || isUnload(ended))) {
      this.tracks.end.push(ended.time, (pending ?? attempts.at(-1))?.number ?? 1);
    }
  }

  #add(attempt: Attempt | undefined, previous: Attempt | undefined): void {
    if (!attempt) return;
    const { number, ended } = attempt;
    const began = beganAt(attempt, previous);
    if (!attempt.incomplete) this.tracks.connect.push(began, number);
    if (attempt.request?.queued) this.tracks.queued.push(began, number);
    if (!ended || ended.by === 'close' || isUnload(ended)) return;
    const kind = ended.by === 'fail' ? 'gaveUp' : ended.forced ? 'forced' : 'error';
    this.tracks[kind].push(ended.time, number);
  }
}

const isConnected = ({ announced, events }: Attempt): boolean => announced !== undefined || events > 0;

const beganAt = (attempt: Attempt, previous: Attempt | undefined): Milliseconds =>
  Math.max(startOf(attempt) ?? attempt.time, previous?.ended?.time ?? 0);

const connectedAt = (attempt: Attempt, previous: Attempt | undefined): Milliseconds =>
  Math.max(attempt.announced ?? attempt.time, beganAt(attempt, previous));

const indices = new WeakMap<readonly Attempt[], MarkIndex>();

/** O(attempts that are new, and those of which facts may come yet); O(1) for the second time in a `revision`. */
export function markIndex(source: Source, revision?: number): MarkIndex {
  const index = indices.get(source.attempts) ?? new MarkIndex();
  indices.set(source.attempts, index);
  if (revision === undefined || revision !== index.revision) index.follow(source);
  index.revision = revision;
  return index;
}
