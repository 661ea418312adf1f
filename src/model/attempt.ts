import type { Carrier, Cause, Milliseconds, SourceRecord } from '../protocol/record.ts';

/** One try to connect a source, from its request to its end. */
export interface Attempt {
  /** Counts the attempts of one source, from 1. Grows, but may skip numbers where entries were dropped. */
  number: number;
  carried: Carrier;
  /** Who made this attempt: the page's constructor call, the browser's own reconnect, or SSE Lifeline after a reset. */
  initiator: 'page' | 'browser' | 'lifeline';
  /** What the attempt carried as Last-Event-ID; '' means that the header was not sent. */
  lastEventId: string;
  /** When it was first known (see `seen` of the connect record). */
  time: Milliseconds;
  /** When its request started; undefined where the page could not see that. */
  started?: Milliseconds;
  /** From the end of the attempt before it to its start (or, where unseen, to its answer); undefined for the first. */
  wait?: Milliseconds;
  announced?: Milliseconds;
  status?: number;
  /** Events dispatched to the page. */
  events: number;
  /** Length of their data, in UTF-16 code units. */
  size: number;
  /** Undefined while it lasts; in an attempt that is not its source's last: the entry that said it was dropped. */
  ended?: Ending;
  /** Its connect record was dropped: `number`, `carried`, `initiator` and `lastEventId` are what was to be expected. */
  incomplete?: true;
}

export interface Ending {
  time: Milliseconds;
  /**
   * `reestablish`: dropped, another attempt follows · `fail`: gave up for good · `close`: the page called close() ·
   * `unload`: its document went away.
   */
  by: 'reestablish' | 'fail' | 'close' | 'unload';
  /** We did it, on the user's command. */
  forced: boolean;
  cause?: Cause;
}

/** The attempt that a connect record begins, after `previous`. */
export function beginAttempt(
  previous: Attempt | undefined,
  connect: Extract<SourceRecord, { type: 'connect' }>,
  time: Milliseconds,
): Attempt {
  const attempt: Attempt = {
    number: connect.attempt,
    carried: connect.carried,
    initiator: initiator(connect.attempt, connect.carried),
    lastEventId: connect.lastEventId,
    time,
    events: 0,
    size: 0,
  };
  if (connect.seen === 'start') attempt.started = time;
  if (previous?.ended) attempt.wait = time - previous.ended.time;
  return attempt;
}

/** The attempt that something shows to exist although its connect record was dropped. */
export function assumeAttempt(
  previous: Attempt | undefined,
  carried: Carrier,
  lastEventId: string,
  time: Milliseconds,
): Attempt {
  const number = (previous?.number ?? 0) + 1;
  return {
    number,
    carried,
    initiator: initiator(number, carried),
    lastEventId,
    time,
    events: 0,
    size: 0,
    incomplete: true,
  };
}

/** The page asks for the first attempt only; every later one is made by whoever carries the connection. */
function initiator(number: number, carried: Carrier): Attempt['initiator'] {
  if (number === 1) return 'page';
  return carried === 'managed' ? 'lifeline' : 'browser';
}

/** What a record that ends an attempt says about it. */
export function ending(
  record: Extract<SourceRecord, { type: 'reestablish' | 'fail' | 'close' }>,
  time: Milliseconds,
): Ending {
  if (record.type === 'close') return { time, by: 'close', forced: false };
  const { type: by, forced, cause } = record;
  return cause === undefined ? { time, by, forced } : { time, by, forced, cause };
}
