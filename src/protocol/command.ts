/** What the user asks a page for. A command changes nothing that is shown: its effect comes back as facts. */
import type { Bytes, Milliseconds, SourceId } from './record.ts';

/** What the next attempt carries as Last-Event-ID. */
export type Resume =
  | { type: 'kept' }
  | { type: 'dropped' }
  /** That of the event so many events before the last one; the oldest that is known where there are not so many. */
  | { type: 'old'; events: number }
  | { type: 'given'; id: string };

/**
 * What the page has to live through, as data. Each has a real counterpart, which to the page and to its server looks the
 * same but for `isTrusted` (docs/fidelity.md).
 */
export type Fault =
  /** The connection is lost: `error`, CONNECTING, another attempt after the reconnection time. */
  | { type: 'reset'; resume: Resume }
  /** A reset, and then every attempt fails as a network error until the time is over. */
  | { type: 'outage'; duration: Milliseconds; resume: Resume }
  /** Attempts fail as network errors. */
  | { type: 'refuse' }
  /** Attempts get this answer: one that is no event stream fails the connection. */
  | { type: 'respond'; status: number; contentType: string }
  /** The connection fails now: `error`, CLOSED. */
  | { type: 'fail' }
  /** An attempt gets no headers for that long. */
  | { type: 'hang'; duration: Milliseconds }
  /** Stays OPEN, and nothing arrives: lost for good, or late, all at once. A half-open connection, a sleeping laptop. */
  | { type: 'silence'; duration: Milliseconds; arrives: 'never' | 'late' }
  /** Everything arrives later, by `delay` and at random up to `jitter` more or less, in its order. */
  | { type: 'delay'; delay: Milliseconds; jitter: Milliseconds }
  /** Bytes a second. */
  | { type: 'throttle'; rate: Bytes }
  /** What came since is handed on once in that time: a proxy that buffers. */
  | { type: 'burst'; every: Milliseconds }
  /** Lost after so many bytes or events of a connection; `inside`: in the middle of the event after them. */
  | { type: 'cut'; after: number; unit: 'bytes' | 'events'; inside: boolean }
  /** Lost when nothing, not even a comment, came for that long: a load balancer that takes the connection for dead. */
  | { type: 'cut'; idle: Milliseconds }
  /** Events are missing, come twice, or change places with the one after them; each with this probability. */
  | { type: 'drop' | 'duplicate' | 'reorder'; probability: number }
  /** Reset again and again, each time after a random while between these. */
  | { type: 'chaos'; least: Milliseconds; most: Milliseconds }
  /** An event of the user's own; absent fields are not in its block. */
  | { type: 'inject'; event?: string; data?: string; id?: string; retry?: Milliseconds };

export type FaultType = Fault['type'];

/** Is it in force for some time? The others happen at once, and are over. */
export const lasts = ({ type }: Fault): boolean => type !== 'reset' && type !== 'fail' && type !== 'inject';

/** All of them, to check what comes from outside. */
export const FAULTS: Record<FaultType, true> = {
  reset: true,
  outage: true,
  refuse: true,
  respond: true,
  fail: true,
  hang: true,
  silence: true,
  delay: true,
  throttle: true,
  burst: true,
  cut: true,
  drop: true,
  duplicate: true,
  reorder: true,
  chaos: true,
  inject: true,
};

/** Unique in a session. */
export type OrderId = number;

/**
 * Which streams are meant. A pattern is a part of the URL, in which `*` stands for anything. A source that ended is
 * continued by the next one of its document with the same origin and path: apps that reconnect by hand make one.
 */
export type Scope = { type: 'source'; source: SourceId } | { type: 'pattern'; pattern: string } | { type: 'all' };

/** A fault, for whom, how often. */
export interface Order {
  id: OrderId;
  fault: Fault;
  scope: Scope;
  /**
   * For how many attempts (or connections, for what happens to their bytes) of a stream; absent: until it is removed. What
   * happens once, or lasts for a time of its own, needs none.
   */
  times?: number;
  /** All that is random about it follows from this number and what the server sends. */
  seed: number;
}

export type Command =
  /** Puts a fault into force, or does what happens at once. */
  | { type: 'order'; order: Order }
  /** Takes a fault out of force: what it held back goes on. */
  | { type: 'undo'; order: OrderId }
  /** Opens a second connection to the URL of a source, which is only read, or closes it. */
  | { type: 'witness'; source: SourceId; on: boolean };

/** Why a command did nothing. */
export type Refusal =
  /** No such source in that document, or the page has let go of it. */
  | 'gone'
  /** The source is CLOSED for good; there is nothing to drop. */
  | 'closed'
  /** The source waits to reconnect; there is no connection to drop. */
  | 'waiting';
