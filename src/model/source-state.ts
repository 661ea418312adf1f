import type { Attempt } from './attempt.ts';
import { partition } from './chronology.ts';
import type { NetworkRequest } from './network-request.ts';
import type { Source, SourceState, StateChange } from './source.ts';

/** What it does, by all that page and network know. */
export const stateOf = ({ state, pending }: Source): SourceState => (pending && !pending.ended ? 'connecting' : state);

/** Its attempts, with the one that only the network has seen. */
export const attemptsOf = ({ attempts, pending }: Source): readonly Attempt[] =>
  pending ? [...attempts, pending] : attempts;

/** One of its attempts; undefined where that is not (any more) known. O(log attempts). */
export function attemptOf({ attempts, pending }: Source, number: number): Attempt | undefined {
  if (pending?.number === number) return pending;
  // As a rule no number is missing.
  const likely = attempts[number - (attempts[0]?.number ?? 0)];
  if (likely?.number === number) return likely;
  const index = partition(0, attempts.length, (one) => (attempts[one]?.number ?? 0) < number);
  return attempts[index]?.number === number ? attempts[index] : undefined;
}

/**
 * Its changes of state, by index; undefined behind the last one. Where the network saw when a reconnect began, that is
 * when it began: no earlier than the state before it, and no later than the page knew. O(log attempts).
 */
export function changeAt(source: Source, index: number): StateChange | undefined {
  const { changes, pending } = source;
  // It comes last, but for the end that it did not outlive.
  const place = pending ? changes.length - (pending.ended ? 1 : 0) : Number.POSITIVE_INFINITY;
  if (pending && index === place) {
    const time = Math.max(changes[index - 1]?.time ?? pending.time, pending.time);
    return { time: Math.min(time, changes[index]?.time ?? time), state: 'connecting', attempt: pending.number };
  }
  const change = changes[index > place ? index - 1 : index];
  if (change?.state !== 'connecting') return change;
  const start = attemptOf(source, change.attempt)?.request?.started;
  if (start === undefined || start > change.time) return change;
  return { ...change, time: Math.max(changes[index - 1]?.time ?? start, start) };
}

export function latestChange(source: Source): StateChange | undefined {
  const { changes, pending } = source;
  return changeAt(source, pending ? changes.length : changes.length - 1);
}

/**
 * How it can be reset: `network`: its answer is ended there, and the browser reconnects by itself · `managed`: the page
 * script drops the connection (or the wait for one), and makes the next ones itself. Undefined where it is closed, where
 * neither is possible, or where it is just happening.
 */
export type ResetKind = 'network' | 'managed';

export function resetOf(source: Source): ResetKind | undefined {
  const { state, networkOnly } = source;
  const last = attemptsOf(source).at(-1);
  if (state === 'closed' || (last?.request?.reset !== undefined && !last.ended)) return undefined;
  if (tappedOf(source)) return 'network';
  return networkOnly ? undefined : 'managed';
}

/** The request that lasts, where it can be ended in the network as if it were lost. */
export function tappedOf(source: Source): NetworkRequest | undefined {
  const { request, ended, carried } = attemptsOf(source).at(-1) ?? {};
  if (!request?.tapped || carried === 'managed') return undefined;
  return ended || request.ended || request.reset !== undefined ? undefined : request;
}

export const isResettable = (source: Source): boolean => resetOf(source) !== undefined;

/** Can anything be done to what it lives through? A page script must be there, and a stream that goes on. */
export const isFaultable = ({ state, networkOnly }: Source): boolean => state !== 'closed' && !networkOnly;

/** Does (or did, at its last answer) everything that its server sends pass through our tap? */
export function isTapped(source: Source): boolean {
  return attemptsOf(source).findLast(({ request }) => request?.response)?.request?.tapped === true;
}

/** Nothing tells what its stream brings: only the network knows of it, and no tap reads along. */
export const isBlind = (source: Source): boolean =>
  source.networkOnly === true && source.events.length + source.lines.length === 0 && !isTapped(source);

/** Nothing tells, or told, what this attempt of it brought. */
export const isUnread = ({ networkOnly }: Source, { request, events }: Attempt): boolean =>
  networkOnly === true && events === 0 && !request?.tapped;
