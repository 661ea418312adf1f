import type { Milliseconds } from '../protocol/record.ts';
import { type Comparison, compare } from './check-compare.ts';
import { type Count, countOver } from './check-integers.ts';
import { type Announced, announcedAfter, type Dispatched, eventsOf, sentBy } from './check-lineage.ts';
import { type Line, STALE, type Step } from './check-plan.ts';
import { type Evidence, evidenceOfAttempt, evidenceOfEvent } from './evidence.ts';
import type { Source } from './source.ts';
import { stateOf } from './source-state.ts';
import type { Witness } from './witness.ts';

/** Errors that nobody caught in a document since the step began. */
export interface Uncaught {
  time: Milliseconds;
  count: number;
  message: string;
}

/** All that is known of one stream in one step. */
export interface Trial {
  step: Step;
  /** The source that was disturbed. */
  source: Source;
  /** It, what it goes on from, and what goes on with it. */
  chain: readonly Source[];
  witness: Witness | undefined;
  /** When the step began. */
  from: Milliseconds;
  /** When the connection was lost. */
  lost: Milliseconds;
  uncaught: Uncaught | undefined;
  /** Until when is looked at. */
  until: Milliseconds;
}

/** What became of the events: as far as it is known by now. */
interface Account {
  comparison: Comparison | undefined;
  count: Count;
  before: readonly Dispatched[];
  /** From the first event of the new connection on. */
  after: readonly Dispatched[];
}

const isLive = (source: Source) => stateOf(source) === 'open';
const isTrying = (source: Source) => !['open', 'closed'].includes(stateOf(source));

function accountOf({ chain, from, witness, lost }: Trial, { source, attempt }: Announced): Account {
  const dispatched = eventsOf(chain, from);
  // (Times of the announcement and of the event after it may be the same.)
  const place = dispatched.findIndex((one) => one.source === source && one.event.attempt === attempt.number);
  const [before, after] = place < 0 ? [dispatched, []] : [dispatched.slice(0, place), dispatched.slice(place)];
  const first = after[0]?.event.seq ?? Number.POSITIVE_INFINITY;
  const comparison = witness && witness.phase !== 'refused' ? compare(witness, dispatched, lost, first) : undefined;
  return { comparison, count: countOver(before, after), before, after };
}

/** Is all known that will be? Until then it is worth to wait. */
export function isSettled(trial: Trial): boolean {
  const back = announcedAfter(trial.chain, trial.lost);
  if (!back || trial.chain.some(isTrying)) return false;
  const { comparison, count } = accountOf(trial, back);
  const type = comparison?.type ?? 'incomparable';
  return type === 'incomparable' ? count.type !== 'pending' : type === 'compared';
}

/** Nothing of it tries to connect any more. */
export const isGivenUp = ({ chain, lost }: Trial): boolean =>
  !announcedAfter(chain, lost) && chain.every((source) => stateOf(source) === 'closed');

/** The lines of the table, in the order of the criteria, from facts alone. */
export function judge(trial: Trial): Line[] {
  const { chain, lost, source, uncaught } = trial;
  const back = announcedAfter(chain, lost);
  const lines = [reconnected(trial), inTime(trial)];
  if (!back) {
    const none = { result: 'unknown', reason: 'not-reconnected', values: {}, evidence: [] } as const;
    for (const criterion of ['id-sent', 'no-loss', 'no-repeats'] as const) lines.push({ criterion, ...none });
  } else {
    const account = accountOf(trial, back);
    lines.push(idSent(back, account), noLoss(trial, account), noRepeats(trial, account));
  }
  const live = chain.filter((one) => isLive(one) || isTrying(one));
  const evidence: Evidence[] = live.map(({ key }) => ({ type: 'time', source: key, from: lost, to: trial.until }));
  lines.push({
    criterion: 'one-live',
    result: live.length > 1 ? 'fail' : 'pass',
    reason: 'live',
    values: { count: live.length },
    evidence,
  });
  const broken = uncaught && uncaught.count > 0;
  lines.push({
    criterion: 'no-errors',
    result: broken ? 'fail' : 'pass',
    reason: broken ? 'errors' : 'no-errors',
    values: broken ? { count: uncaught.count, message: uncaught.message } : {},
    evidence: broken ? [{ type: 'time', source: source.key, from: uncaught.time, to: uncaught.time }] : [],
  });
  return lines;
}

function reconnected({ chain, lost, source, until }: Trial): Line {
  const criterion = 'reconnected';
  const back = announcedAfter(chain, lost);
  if (back) {
    const evidence: Evidence[] = [evidenceOfAttempt(back.source, back.attempt, back.announced)];
    const values = { took: back.announced - lost };
    if (back.source === source) return { criterion, result: 'pass', reason: 'by-browser', values, evidence };
    const made = { ...values, delay: back.source.constructed - lost, url: back.source.url };
    return { criterion, result: 'pass', reason: 'by-app', values: made, evidence };
  }
  const tail = chain.at(-1) ?? source;
  const evidence: Evidence[] = [{ type: 'time', source: tail.key, from: lost, to: until }];
  if (!chain.every((one) => stateOf(one) === 'closed')) {
    return { criterion, result: 'fail', reason: 'still-trying', values: {}, evidence };
  }
  const { by, cause } = tail.ended ?? {};
  const values = cause?.type === 'status' ? { status: cause.status } : {};
  return { criterion, result: 'fail', reason: by === 'unload' ? 'left' : 'gave-up', values, evidence };
}

function inTime({ chain, lost, step: { allowed } }: Trial): Line {
  const criterion = 'in-time';
  const back = announcedAfter(chain, lost);
  if (!back) return { criterion, result: 'fail', reason: 'not-reconnected', values: { allowed }, evidence: [] };
  const took = back.announced - lost;
  const evidence: Evidence[] = [{ type: 'time', source: back.source.key, from: lost, to: back.announced }];
  return { criterion, result: took <= allowed ? 'pass' : 'fail', reason: 'took', values: { took, allowed }, evidence };
}

function idSent({ source, attempt }: Announced, { before, after }: Account): Line {
  const criterion = 'id-sent';
  const { id, way } = sentBy(source, attempt);
  const evidence: Evidence[] = [evidenceOfAttempt(source, attempt, attempt.started ?? attempt.time)];
  const last = before.at(-1)?.event.lastEventId ?? '';
  if (id === '') {
    if (last === '') return { criterion, result: 'unknown', reason: 'no-ids', values: {}, evidence };
    return { criterion, result: 'fail', reason: 'none-sent', values: { last }, evidence };
  }
  const values = { id, way, first: after[0]?.event.lastEventId ?? '', last };
  if (id === last) return { criterion, result: 'pass', reason: 'sent', values, evidence };
  // An id may come without an event.
  const wasSeen =
    before.some(({ event }) => event.lastEventId === id) || source.lines.some(({ value }) => value === id);
  if (wasSeen) return { criterion, result: 'pass', reason: 'sent-older', values, evidence };
  return { criterion, result: 'unknown', reason: 'sent-unknown', values, evidence };
}

const evidenceOfFirst = (events: readonly Dispatched[]): Evidence[] =>
  events.slice(0, 1).map(({ source, event }) => evidenceOfEvent(source, event));

function noLoss(trial: Trial, { comparison, count }: Account): Line {
  const criterion = 'no-loss';
  const { key } = trial.source;
  if (comparison?.type === 'compared') {
    const { lost, events } = comparison;
    const [from, to] = [lost[0], lost.at(-1)];
    if (!from || !to) return { criterion, result: 'pass', reason: 'equal', values: { events }, evidence: [] };
    const values = { count: lost.length, events, from: from.lastEventId, to: to.lastEventId };
    const evidence: Evidence[] = [{ type: 'time', source: key, from: from.time, to: to.time }];
    return { criterion, result: 'fail', reason: 'missed', values, evidence };
  }
  if (count.type === 'counted') {
    const { last, next, missing } = count;
    const values = { last, first: next.event.lastEventId };
    const evidence = evidenceOfFirst([next]);
    if (missing === 0) return { criterion, result: 'pass', reason: 'continues', values, evidence };
    return { criterion, result: 'fail', reason: 'gap', values: { ...values, count: missing }, evidence };
  }
  return { criterion, result: 'unknown', ...whyNot(trial), evidence: [] };
}

function noRepeats(trial: Trial, { comparison, count }: Account): Line {
  const criterion = 'no-repeats';
  const compared = comparison?.type === 'compared' ? comparison : undefined;
  const counted = count.type === 'counted' ? count : undefined;
  const again = compared?.repeated ?? counted?.repeated ?? [];
  const repeated = again.length;
  if (repeated > 0) {
    const evidence = evidenceOfFirst(again);
    // We asked for them, by an id of so many events ago. The app may know them again, which nobody sees from here.
    const isAskedFor = trial.step.name === 'stale' && repeated <= STALE && sentStale(trial);
    if (isAskedFor) return { criterion, result: 'unknown', reason: 'asked-for', values: { count: repeated }, evidence };
    return { criterion, result: 'fail', reason: 'repeated', values: { count: repeated }, evidence };
  }
  if (compared && compared.alike.length > 0) {
    const evidence = evidenceOfFirst(compared.alike);
    return { criterion, result: 'unknown', reason: 'alike', values: { count: compared.alike.length }, evidence };
  }
  if (compared)
    return { criterion, result: 'pass', reason: 'equal', values: { events: compared.events }, evidence: [] };
  if (counted) {
    const { last, next } = counted;
    const values = { last, first: next.event.lastEventId };
    return { criterion, result: 'pass', reason: 'continues', values, evidence: evidenceOfFirst([next]) };
  }
  return { criterion, result: 'unknown', ...whyNot(trial), evidence: [] };
}

/** Was it really our id that was sent? An app that reconnects by itself sends its own. */
function sentStale({ chain, lost, source }: Trial): boolean {
  return announcedAfter(chain, lost)?.source === source;
}

function whyNot({ witness }: Trial): Pick<Line, 'reason' | 'values'> {
  if (!witness) return { reason: 'no-witness', values: {} };
  const { phase, status } = witness;
  if (phase === 'refused') return { reason: 'no-witness', values: status === undefined ? {} : { status } };
  return { reason: 'incomparable', values: {} };
}
