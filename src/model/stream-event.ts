import type { Milliseconds } from '../protocol/record.ts';

/** One event that reached the page; or, where it is not `heard`, and by the tap's word, fired nothing there. */
export interface StreamEvent {
  /** Rises, and is unique in its document. Whole where it is that of the page's entry. */
  seq: number;
  time: Milliseconds;
  /** Number of the attempt that brought it. */
  attempt: number;
  type: string;
  data: string;
  /** True length of the data, in UTF-16 code units; greater than `data.length` where the journal cut it. */
  size: number;
  lastEventId: string;
  heard: boolean;
  /** The user made it; no server sent it. */
  injected?: true;
}

/** What a stream says without an event: a comment, a reconnection time, or an id that no data follows. */
export interface StreamLine {
  seq: number;
  time: Milliseconds;
  /** Number of the attempt that brought it. */
  attempt: number;
  type: 'comment' | 'retry' | 'id';
  value: string;
  /** True length of the value, in UTF-16 code units; greater than `value.length` where the journal cut it. */
  size: number;
}
