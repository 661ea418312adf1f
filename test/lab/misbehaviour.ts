import type { Bytes, Milliseconds } from '../../src/protocol/record.ts';

/**
 * What the lab really does to a connection of a feed: the counterparts of the faults that the extension forces. Moments
 * count from the request.
 */
export type Misbehaviour =
  /** The connection is lost: TCP reset, the body's regular end, or a socket closed in the middle of a chunk. */
  | { type: 'reset' | 'end' | 'cut'; at: Milliseconds }
  /** All is lost and the port is closed: for a time, or until so many attempts of the client have failed. */
  | ({ type: 'down'; at: Milliseconds } & Downtime)
  /** Another answer than an event stream; it may be held. */
  | { type: 'answer'; status: number; contentType: string }
  /** No headers until then; what happens meanwhile is sent after them. */
  | { type: 'hold'; until: Milliseconds }
  /** Nothing is written for a time: what happens in it is lost, or written at its end. */
  | { type: 'mute'; from: Milliseconds; to: Milliseconds; what: 'lost' | 'late' }
  /** Each event is written later, and never before the one that it follows. */
  | { type: 'late'; delay: Milliseconds; jitter: Milliseconds; seed: number }
  /** Bytes a second. */
  | { type: 'slow'; rate: Bytes }
  /** What happened since is written once in that time. */
  | { type: 'buffered'; every: Milliseconds }
  /** The socket is closed in the middle of a chunk, after so many bytes or events; `inside`: and half of the next one. */
  | { type: 'cut short'; after: number; unit: 'bytes' | 'events'; inside: boolean }
  /** The socket is closed in the middle of a chunk when nothing was written for so long. */
  | { type: 'idle'; most: Milliseconds }
  /** Events are left out, written twice, or change places with the next one. */
  | { type: 'lose' | 'repeat' | 'swap'; probability: number; seed: number }
  /**
   * Reset again and again, each time after a random while between these; the first one begins `at` that moment of the
   * first connection. A moment at which there is no connection passes.
   */
  | { type: 'resets'; at: Milliseconds; least: Milliseconds; most: Milliseconds; seed: number }
  /** Something is written between two events. */
  | { type: 'block'; at: Milliseconds; text: string };

export type Downtime = { duration: Milliseconds } | { attempts: number };

/** Of which attempts of one client, counted from 1; of all if it does not say. */
export type Misbehaviours = readonly (Misbehaviour & { first?: number; last?: number })[];

/** An event of a type that nobody listens to. It says the id that the client is to come back with. */
export const turnedTo = (at: Milliseconds, id: string): Misbehaviour => ({
  type: 'block',
  at,
  text: `id:${id && ` ${id}`}\nevent: unheard\ndata\n\n`,
});
