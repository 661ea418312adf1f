import type { Milliseconds, NavigationType } from '../protocol/record.ts';
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
