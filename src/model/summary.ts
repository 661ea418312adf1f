import type { Milliseconds } from '../protocol/record.ts';
import type { Log } from './log.ts';
import { stateOf } from './source-state.ts';
import type { Range } from './timeline.ts';

export interface Summary {
  sources: number;
  /** Sources whose state is `open`. */
  open: number;
  events: number;
  /** What the log does not hold; see Log. */
  dropped: number;
  trimmed: number;
  unrecorded: number;
  malformed: number;
}

/** The status bar's numbers. O(sources). */
export function summary(log: Log): Summary {
  const { sources, events, dropped, trimmed, unrecorded, malformed } = log;
  return {
    sources: sources.length,
    open: sources.filter((source) => stateOf(source) === 'open').length,
    events,
    dropped,
    trimmed,
    unrecorded,
    malformed,
  };
}

/** From the first thing that is known of any source to the newest fact; undefined while nothing is. O(sources). */
export function extent(log: Log): Range | undefined {
  const { newest } = log;
  if (newest === undefined || log.sources.length === 0) return undefined;
  let from = newest;
  for (const source of log.sources) {
    const first = source.changes[0]?.time;
    if (first !== undefined && first < from) from = first;
  }
  return { from, to: newest };
}

/** When the first source was made: the session began then. What is forgotten since does not move it, unlike `extent`. */
export function beginning({ sources, began }: Pick<Log, 'sources' | 'began'>): Milliseconds | undefined {
  const first = sources[0]?.constructed;
  return first === undefined ? undefined : Math.min(first, began ?? first);
}
