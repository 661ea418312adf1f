import type { Milliseconds } from '../protocol/record.ts';
import { isTimestamp, numbered, step } from './resumption-ids.ts';
import type { Past, Run } from './resumption-run.ts';
import type { Resumption } from './verdict.ts';

/** So many steps of 1 make a count of which a missing number is a missing event. Fewer happen by chance. */
const ENOUGH_STEPS = 4;
/** The same where events that nobody listens for are not seen: one of them may have had the number that is missing. */
const ENOUGH_UNSEEN = 8;
/** So many events that each had an id of its own, and an id that comes back brings the same event again. */
const ENOUGH_IDS = 3;
/** No outage explains a gap of more than so many times what came before, and some: the count began anew elsewhere. */
const PLAUSIBLE = { times: 10, events: 100 };

/** What else is known of the attempt. */
export interface Reconnect {
  /** What it carried as Last-Event-ID; '' for none. */
  sentId: string;
  /** The app had been dispatched an event with that id. */
  isKnown: boolean;
  /** All that it brings is seen, also what nobody listens for. */
  isVisible: boolean;
}

const NUMBERLESS: Resumption = { type: 'unknown', why: 'ids do not count' };

/**
 * What the ids of the events that a connection brought say, against those before it. Ids may be anything: it says
 * nothing unless those that came before show what they mean.
 */
export function resumptionByIds(run: Run, reconnect: Reconnect): Resumption {
  const { past, first, repeated, fresh } = run;
  if (!first) return { type: 'unknown', why: 'nothing came yet' };
  if (!past || run.hole || run.unsure) return { type: 'unknown', why: 'incomplete' };
  if (past.last.id === '' && first.id === '') return { type: 'unknown', why: 'no ids' };
  // One id for several events, ids that came back with other events, none at all: they name no event.
  if (past.reused || run.reused) return NUMBERLESS;
  if (repeated > 0 && !canRepeat(past)) return NUMBERLESS;
  const counts = past.steps > 0 && !past.broken;
  const again: Resumption =
    first.id === past.first?.id
      ? { type: 'restarted', repeated }
      : { type: 'repeated', count: repeated, by: counts ? 'integers' : 'ids' };
  if (!fresh) return again;
  const gap = counts ? gapBefore(past, fresh.id, fresh.time) : undefined;
  if (gap === undefined) return repeated > 0 ? again : NUMBERLESS;
  // A later step that is not 1 shows that numbers are left out: those of other streams, or of events that it filters.
  if (gap < 0 || run.brokeEarly || past.steps + run.steps < ENOUGH_STEPS) return NUMBERLESS;
  if (gap === 0 && repeated > 0) return again;
  if (gap === 0) return wasIgnored(past, reconnect) ? { type: 'ignored' } : { type: 'exact', by: 'integers' };
  if (!isLoss(run, past, gap, reconnect)) return NUMBERLESS;
  if (repeated > 0) return { type: 'lost and repeated', lost: gap, repeated, by: 'integers' };
  const { prefix, number: top } = past.top ?? { prefix: '', number: 0 };
  const nameOf = (number: number) => `${prefix}${`${number}`.padStart(widthOf(past.last.id, prefix), '0')}`;
  return { type: 'lost', count: gap, by: 'integers', from: nameOf(top + 1), to: nameOf(top + gap) };
}

/** Ids with zeros in front keep their width. */
const widthOf = (id: string, prefix: string): number =>
  id.charAt(prefix.length) === '0' ? id.length - prefix.length : 1;

/** An event with the id and the content of an earlier one is that one again. */
const canRepeat = ({ distinct, varied, steps, broken }: Past): boolean =>
  varied && (distinct >= ENOUGH_IDS || (steps > 0 && !broken));

/** How many numbers are missing before this id; undefined where it is not of the count. */
function gapBefore({ top }: Past, id: string, time: Milliseconds): number | undefined {
  const number = numbered(id);
  if (!number || isTimestamp(number, time)) return undefined;
  const ahead = step(top, number);
  return ahead === undefined ? undefined : ahead - 1;
}

function isLoss(run: Run, past: Past, gap: number, { sentId, isKnown, isVisible }: Reconnect): boolean {
  if (!isVisible && past.steps + run.steps < ENOUGH_UNSEEN) return false;
  // A server that has no memory counts on from whatever it is told.
  if (sentId !== '' && !isKnown) return false;
  const away = (run.fresh?.time ?? 0) - past.last.time;
  return gap <= PLAUSIBLE.events + PLAUSIBLE.times * past.rate * away;
}

/** It was asked to go on after an event before the last one, and did not: what came after that one did not come again. */
function wasIgnored({ top }: Past, { sentId, isKnown }: Reconnect): boolean {
  const behind = step(numbered(sentId), top);
  return isKnown && behind !== undefined && behind > 0;
}
