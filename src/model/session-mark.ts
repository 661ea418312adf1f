import type { Milliseconds, NavigationType } from '../protocol/record.ts';

/** What concerns all sources: a line or a band through all lanes. */
export type SessionMark =
  /** The tab came to another document, or back to one. */
  | { type: 'navigation'; time: Milliseconds; url: string; entered: NavigationType }
  /** Nothing was recorded until `until`; undefined while that lasts. */
  | { type: 'pause'; time: Milliseconds; until?: Milliseconds };
