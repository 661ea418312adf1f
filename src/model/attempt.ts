import type { RequestId } from '../protocol/ask.ts';
import type { FaultType } from '../protocol/command.ts';
import type { Carrier, Cause, Milliseconds, SourceRecord } from '../protocol/record.ts';
import { headerOf, type NetworkRequest } from './network-request.ts';

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
  /** What a managed connection called its request. */
  marker?: RequestId;
  /** The request that it made, where the network's facts are known and nothing says that it was another one. */
  request?: NetworkRequest;
  /** The network was watched, and saw no request of it. */
  unseen?: true;
  /** It is over for so long that nothing more is heard of its request. */
  settled?: true;
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
  /** We did it in the network: the page, and the browser itself, saw a lost connection. */
  inNetwork?: true;
  /** `unload`: it gave up because its document was about to go away. */
  cause?: Cause | { type: 'unload' };
  /** Which fault it was; what is forced without one was a reset. */
  fault?: FaultType;
  /** The calls that closed it. */
  stack?: string;
}

/** What its page took for a lost connection, by the network's word: was it our reset? */
export function withReset(ended: Ending, request: NetworkRequest | undefined): Ending {
  const { inNetwork, ...rest } = ended;
  const wasReset = request?.reset !== undefined && ended.by === 'reestablish';
  // Dropped by the page script, or known already.
  if (wasReset === (inNetwork === true) || (ended.forced && !inNetwork)) return ended;
  return wasReset ? { ...rest, forced: true, inNetwork: true } : { ...rest, forced: false };
}

/** Did it end with its document? */
export const isUnload = ({ by, cause }: Ending): boolean => by === 'unload' || cause?.type === 'unload';

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
  if (connect.request !== undefined) attempt.marker = connect.request;
  if (connect.seen === 'start') attempt.started = time;
  if (previous?.ended) attempt.wait = time - previous.ended.time;
  return attempt;
}

/** The reconnect after `last` that only the network has seen; `ended`: how its source was closed before its page did. */
export function provisional(last: Attempt, request: NetworkRequest, ended: Ending | undefined): Attempt {
  const { started: time } = request;
  const { number, carried, lastEventId } = { ...last, number: last.number + 1 };
  const attempt: Attempt = {
    number,
    carried,
    initiator: 'browser',
    lastEventId,
    time,
    started: time,
    request,
    events: 0,
    size: 0,
  };
  return ended ? { ...attempt, ended } : attempt;
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

/** When its request started, as far as page or network know. */
export const startOf = ({ started, request }: Attempt): Milliseconds | undefined => request?.started ?? started;

/** What the attempt carried as Last-Event-ID: by the network's word, which knows better than the page. */
export function sentId({ request, lastEventId }: Attempt): string {
  return request ? (headerOf(request.requestHeaders, 'last-event-id') ?? '') : lastEventId;
}

export function statusOf({ status, request }: Attempt): number | undefined {
  // Of a circle of redirects there is no other answer.
  const redirected = request?.ended && request.redirects.at(-1)?.status;
  return request?.response?.status ?? status ?? redirected;
}

/** From the end of the attempt before it to its start; `exact` where that was seen and not only its answer. */
export function waitBefore(
  attempt: Attempt,
  previous: Attempt | undefined,
): { time: Milliseconds; exact: boolean } | undefined {
  const start = startOf(attempt);
  const before = previous?.ended?.time;
  if (start !== undefined && before !== undefined) return { time: Math.max(0, start - before), exact: true };
  return attempt.wait === undefined ? undefined : { time: attempt.wait, exact: attempt.started !== undefined };
}

/** Does it say anything about attempts, and not only about what they brought? */
export const concernsAttempts = ({ type }: SourceRecord): boolean =>
  type !== 'dispatch' && type !== 'comment' && type !== 'retry' && type !== 'id' && type !== 'listen';

/** They are going to be forgotten: nobody shall ask whose their requests were. */
export function forgetRequests(attempts: readonly Attempt[]): void {
  for (const { request } of attempts) if (request) request.forgotten = true;
}

/** What a record that ends an attempt says about it. */
export function ending(
  record: Extract<SourceRecord, { type: 'reestablish' | 'fail' | 'close' }>,
  time: Milliseconds,
): Ending {
  if (record.type === 'close') {
    const { stack } = record;
    return { time, by: 'close', forced: false, ...(stack !== undefined && { stack }) };
  }
  const { type: by, forced, cause, fault } = record;
  return { time, by, forced, ...(cause && { cause }), ...(fault && { fault }) };
}
