import type { Milliseconds } from '../protocol/record.ts';
import type { Evidence } from './evidence.ts';

/** By what loss and repetition were judged: ids that count, ids that came again, or a second connection. */
export type Judge = 'integers' | 'ids' | 'witness';

/** What became of the stream over a reconnect. */
export type Resumption =
  | { type: 'exact'; by: Judge }
  /** `from`, `to`: ids of the first and last that are missing, where they are known. */
  | { type: 'lost'; count: number; by: Judge; from?: string; to?: string }
  | { type: 'repeated'; count: number; by: Judge }
  | { type: 'lost and repeated'; lost: number; repeated: number; by: Judge }
  /** The stream began anew, with its very first events. */
  | { type: 'restarted'; repeated: number }
  /** An id was sent, and the server went on as if none had been. */
  | { type: 'ignored' }
  | { type: 'unknown'; why: 'no ids' | 'ids do not count' | 'nothing came yet' | 'no witness' | 'incomplete' };

/** What is known of one reestablishment: from the end of the connection before it to the first events of the new one. */
export interface Verdict {
  /** Of the source: its key. */
  source: string;
  /** Number of the attempt that connected again. */
  attempt: number;
  /** When the connection before it was lost. */
  lost: Milliseconds;
  /** From then until it was announced. */
  downtime: Milliseconds;
  /** How many attempts it took, this one included. */
  attempts: number;
  /** The wait before the first of them, and what the server had asked for by `retry:`, where we saw it. */
  observedDelay?: Milliseconds;
  reconnectionTime?: Milliseconds;
  /** Last-Event-ID as the network saw it (else as the page knows it); '' for none. */
  sentId: string;
  /** The id of the first event after it; undefined where none came, or it had none. */
  firstId?: string;
  resumption: Resumption;
  evidence: readonly Evidence[];
}
