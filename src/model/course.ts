import type { Milliseconds } from '../protocol/record.ts';
import { type Attempt, type Ending, provisional, withReset } from './attempt.ts';
import type { Course } from './correlate.ts';
import { fits, SKEW, type Slot } from './fit.ts';
import { closeLedger } from './ledger.ts';
import type { NetworkRequest } from './network-request.ts';
import type { Source } from './source.ts';

/** What is over for so long is not looked at again: facts about it are not late any more. */
const SETTLED: Milliseconds = 10_000;

/**
 * What a source's page saw of its attempts, for {@link correlate}: each in its place, and the one to come, if there is
 * one. Without those whose request is settled.
 */
export function courseOf(source: Source): Course {
  const { attempts, constructed } = source;
  const from = firstUnsettled(source);
  const slots: Slot[] = [];
  for (let index = from; index < attempts.length; index++) {
    const attempt = attempts[index];
    const after = attempt?.started ?? attempts[index - 1]?.ended?.time ?? constructed;
    if (attempt) slots.push(slotOf(attempt, after, attempts[index + 1]));
  }
  const unseen = unseenSlot(source);
  if (unseen) slots.push(unseen);
  const fragment = source.url.split('#').slice(1).join('#');
  if (fragment !== '') for (const slot of slots) slot.fragment = fragment;
  let before = from - 1;
  while (before >= 0 && !attempts[before]?.request) before--;
  const previous = attempts[before]?.request;
  return { url: withoutFragment(source.url), previous, slots };
}

/**
 * The browser's own reconnect, whose start no page can see; nor its end, where the page closed the source, or went away,
 * before there was an answer. What the page script dropped, it connects again itself.
 */
function unseenSlot({ attempts, carried, ended, lastEventId }: Source): Slot | undefined {
  const last = attempts.at(-1)?.ended;
  if (carried !== 'native' || last?.by !== 'reestablish' || isTakeover(last)) return undefined;
  const slot = { after: last.time, lastEventId, unseen: true as const };
  return ended ? { ...slot, before: ended.time, ended: ended.time } : slot;
}

/**
 * Gives the slots of {@link courseOf} their requests, in place. All that happened until `claimed` has been told: what
 * failed before it without a request never had one. What ended long before it is not looked at again. Returns the
 * requests that are settled.
 */
export function place(
  source: Source,
  requests: readonly (NetworkRequest | undefined)[],
  claimed: Milliseconds,
): NetworkRequest[] {
  const { attempts } = source;
  const from = firstUnsettled(source);
  const done: NetworkRequest[] = [];
  for (let index = from; index < attempts.length; index++) {
    const attempt = attempts[index];
    const request = requests[index - from];
    if (!attempt) continue;
    if (request) attempt.request = request;
    else delete attempt.request;
    if (attempt.ended) attempt.ended = withReset(attempt.ended, request);
    const { ended } = attempt;
    if (!request && ended?.by === 'fail' && ended.time <= claimed) attempt.unseen = true;
    else delete attempt.unseen;
    if (!attempt.ended || attempt.ended.time >= claimed - SETTLED) continue;
    attempt.settled = true;
    closeLedger(attempt);
    if (request) done.push(request);
  }
  const next = requests[attempts.length - from];
  const last = attempts.at(-1);
  if (next && last) source.pending = provisional(last, next, source.ended);
  else delete source.pending;
  return done;
}

const isTakeover = ({ forced, inNetwork }: Ending): boolean => forced && !inNetwork;

/** The attempts of which facts may come yet. */
export const unsettled = (source: Source): readonly Attempt[] => source.attempts.slice(firstUnsettled(source));

/**
 * Is it certain that `attempt` made `request`, as far as it ever will be? Not before its page told that it was answered, so
 * that its number is known; where one of the `rivals` may have made it too, not before all has been told until then.
 */
export function isCertain(
  { announced, events, ended }: Attempt,
  request: NetworkRequest,
  rivals: readonly Course[],
  claimed: Milliseconds,
): boolean {
  const known = announced ?? ended?.time;
  if (known === undefined && events === 0) return false;
  if (known !== undefined && known + SKEW < claimed) return true;
  return !rivals.some(({ url, slots }) => url === request.url && slots.some((slot) => fits(slot, request, claimed)));
}

function firstUnsettled({ attempts }: Source): number {
  let index = attempts.length;
  while (index > 0 && !attempts[index - 1]?.settled) index--;
  return index;
}

function slotOf(attempt: Attempt, after: Milliseconds, next: Attempt | undefined): Slot {
  const { announced, ended, marker } = attempt;
  const slot: Slot = { after };
  const before = announced ?? ended?.time ?? next?.time;
  if (before !== undefined) slot.before = before;
  if (attempt.started !== undefined) slot.started = attempt.started;
  if (announced !== undefined) slot.announced = announced;
  if (ended) slot.ended = ended.time;
  // What the page script dropped, and what the page closed, ends on the network only then.
  if (ended && !isTakeover(ended) && (ended.by === 'reestablish' || ended.by === 'fail')) slot.failed = ended.time;
  if (!attempt.incomplete) slot.lastEventId = attempt.lastEventId;
  if (marker !== undefined) slot.marker = marker;
  return slot;
}

const withoutFragment = (url: string): string => url.split('#', 1)[0] ?? url;
