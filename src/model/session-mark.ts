import type { Milliseconds, NavigationType } from '../protocol/record.ts';
import { notBefore } from './chronology.ts';
import type { Range } from './timeline.ts';

/** What concerns all sources: a line or a band through all lanes. */
export type SessionMark =
  /** The tab came to another document, or back to one. */
  | { type: 'navigation'; time: Milliseconds; url: string; entered: NavigationType }
  /** Nothing was recorded until `until`; undefined while that lasts. */
  | { type: 'pause'; time: Milliseconds; until?: Milliseconds };

/** Those that are to be seen within `range`, in the same order. */
export function sessionMarks(marks: readonly SessionMark[], range: Range, now: Milliseconds): SessionMark[] {
  return marks.filter((mark) => {
    const until = mark.type === 'pause' ? (mark.until ?? Math.max(now, mark.time)) : mark.time;
    return until >= range.from && mark.time <= range.to;
  });
}

/** `marks` and one more, in order of time even if a clock was set back. */
export function withMark(marks: readonly SessionMark[], mark: SessionMark): SessionMark[] {
  return [...marks, { ...mark, time: notBefore(marks.at(-1)?.time ?? 0, mark.time) }];
}

/** The pause that lasts ends at `time`. */
export function withoutPause(marks: readonly SessionMark[], time: Milliseconds): SessionMark[] {
  return marks.map((mark) => (isLasting(mark) ? { ...mark, until: notBefore(mark.time, time) } : mark));
}

export const isLasting = (mark: SessionMark): boolean => mark.type === 'pause' && mark.until === undefined;
