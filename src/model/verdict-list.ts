import type { FaultType } from '../protocol/command.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { type Attempt, sentId, waitBefore } from './attempt.ts';
import { firstOf } from './attempt-items.ts';
import { wasInForce } from './fault-span.ts';
import { Frontier } from './frontier.ts';
import { type Reconnect, resumptionByIds } from './resumption.ts';
import { IdHistory } from './resumption-history.ts';
import type { Run } from './resumption-run.ts';
import { type Dispatched, hasSeen, LAG, MOST_COMPARED, resumptionByWitness } from './resumption-witness.ts';
import type { Source } from './source.ts';
import { isUnread } from './source-state.ts';
import type { StreamEvent } from './stream-event.ts';
import type { Resumption, Verdict } from './verdict.ts';
import { evidenceOf } from './verdict-evidence.ts';
import { ReconnectionTimes } from './verdict-retry.ts';

/** The verdicts of one source, worked out once for what is over. */
class VerdictList {
  readonly #history = new IdHistory();
  readonly #times = new ReconnectionTimes();
  readonly #frontier = new Frontier();
  #verdicts: readonly Verdict[] = [];
  #stamp: readonly unknown[] = [];
  /** By attempt: what was compared, as the numbers of events, and with which result. */
  readonly #compared = new Map<number, { counts: readonly unknown[]; resumption: Resumption }>();

  follow(source: Source): readonly Verdict[] {
    const { attempts } = source;
    if (attempts.length < 2) return NONE;
    const from = this.#frontier.advance(source);
    const stamp = stampOf(source, from);
    if (stamp.length === this.#stamp.length && stamp.every((part, index) => part === this.#stamp[index]))
      return this.#verdicts;
    this.#stamp = stamp;
    this.#history.follow(source);
    this.#times.follow(source);
    const first = attempts[from]?.number ?? 0;
    const kept = from === 0 ? [] : this.#verdicts.filter(({ attempt }) => attempt < first);
    const fresh: Verdict[] = [];
    let before = lastConnected(attempts, from);
    for (let index = from; index < attempts.length; index++) {
      const attempt = attempts[index];
      if (!attempt || !isConnected(attempt)) continue;
      if (before >= 0) fresh.push(this.#verdict(source, before, attempt));
      before = index;
    }
    const known = this.#verdicts.slice(kept.length);
    const same = fresh.map((verdict, index) => {
      const old = known[index];
      return old && JSON.stringify(old) === JSON.stringify(verdict) ? old : verdict;
    });
    const isSame = same.length === known.length && same.every((verdict, index) => verdict === known[index]);
    if (!isSame || kept.length + known.length !== this.#verdicts.length) this.#verdicts = [...kept, ...same];
    return this.#verdicts;
  }

  #verdict(source: Source, before: number, attempt: Attempt): Verdict {
    const previous = source.attempts[before];
    const next = source.attempts[before + 1];
    const lost = previous?.ended?.time ?? next?.time ?? attempt.time;
    const run = this.#history.run(attempt.number);
    const wait = next && waitBefore(next, previous)?.time;
    const reconnectionTime = this.#times.at(lost);
    const sent = sentId(attempt);
    const hasOwnId = run?.first && (run.first.id !== attempt.lastEventId || run.repeated > 0);
    return {
      source: source.key,
      attempt: attempt.number,
      lost,
      downtime: Math.max(0, (attempt.announced ?? attempt.time) - lost),
      attempts: attempt.number - (previous?.number ?? attempt.number - 1),
      ...(wait !== undefined && { observedDelay: wait }),
      ...(reconnectionTime !== undefined && { reconnectionTime }),
      sentId: sent,
      ...(hasOwnId && run.first && run.first.id !== '' && { firstId: run.first.id }),
      resumption: this.#resumption(source, previous, attempt, run, sent),
      evidence: evidenceOf(source, previous, attempt, run, lost),
    };
  }

  #resumption(
    source: Source,
    previous: Attempt | undefined,
    attempt: Attempt,
    run: Run | undefined,
    sent: string,
  ): Resumption {
    if (isUnread(source, attempt)) return { type: 'unknown', why: 'incomplete' };
    if (!run) return { type: 'unknown', why: attempt.events > 0 ? 'incomplete' : 'nothing came yet' };
    const before = previous && this.#history.run(previous.number);
    const isWhole =
      previous?.ended && !isCutOff(source, run) && !previous.incomplete && !attempt.incomplete && !before?.hole;
    if (!isWhole || (previous.events > 0 && !before)) return { type: 'unknown', why: 'incomplete' };
    const reconnect: Reconnect = {
      sentId: sent,
      isKnown: sent === run.past?.last.id || this.#history.knows(sent),
      isVisible: attempt.carried === 'managed' || attempt.request?.tapped === true,
    };
    const byIds = resumptionByIds(run, reconnect);
    if (run.events === 0 || run.hole) return byIds;
    return this.#witnessed(source, attempt, previous.ended?.time ?? attempt.time, byIds);
  }

  /** A witness has seen more than ids can tell. */
  #witnessed(source: Source, attempt: Attempt, lost: Milliseconds, byIds: Resumption): Resumption {
    const near = source.witnesses.filter(({ from, to }) => from <= lost && (to === undefined || to >= lost - NEAR));
    if (near.length === 0) return byIds;
    const dispatched = dispatchedAround(source, attempt, lost);
    const witness = near.findLast((one) => hasSeen(one, dispatched));
    if (!witness) return byIds.type === 'unknown' ? { type: 'unknown', why: 'no witness' } : byIds;
    const isBehind = (dispatched.after.at(-1)?.time ?? 0) > source.newest - LAG;
    const counts = [
      isBehind && source.newest,
      witness.events.length,
      dispatched.after.length,
      dispatched.after[0]?.seq,
    ];
    const known = this.#compared.get(attempt.number);
    const resumption = known?.counts.every((count, index) => count === counts[index])
      ? known.resumption
      : resumptionByWitness(dispatched, witness);
    this.#compared.set(attempt.number, { counts, resumption });
    // These say more of the same.
    const isMore = byIds.type === (resumption.type === 'repeated' ? 'restarted' : 'ignored') && !isLoss(resumption);
    return resumption.type === 'unknown' || isMore ? byIds : resumption;
  }
}

/** Did entries go missing between the events that are compared? Nobody knows what they said. */
function isCutOff({ gaps = [] }: Source, { past, fresh, last }: Run): boolean {
  const [from, to] = [past?.last.time ?? 0, (fresh ?? last)?.time ?? 0];
  return gaps.some((time) => time >= from && time <= to);
}

/** A witness that ended, or was refused, so shortly before the cut was to see it. */
const NEAR: Milliseconds = 10_000;

const isLoss = ({ type }: Resumption): boolean => type === 'lost' || type === 'lost and repeated';

/** Faults after which the app has not got the events that came, in their order. */
const DAMAGING: readonly FaultType[] = ['drop', 'duplicate', 'reorder'];

function dispatchedAround({ events, faults, newest: now }: Source, attempt: Attempt, lost: Milliseconds): Dispatched {
  const begin = firstOf(events, attempt.number);
  const isServers = ({ injected }: StreamEvent) => !injected;
  const before = events.slice(Math.max(0, begin - MOST_COMPARED.before), begin).filter(isServers);
  const after = events
    .slice(begin, begin + MOST_COMPARED.after)
    .filter((one) => isServers(one) && one.attempt === attempt.number);
  const last = before.at(-1)?.attempt;
  const [from, to] = [before[0]?.time ?? lost, after.at(-1)?.time ?? lost];
  return {
    before,
    connection: before.filter((one) => one.attempt === last).length,
    after,
    lastEventId: attempt.lastEventId,
    lost,
    now,
    isDamaged: faults.some((one) => DAMAGING.includes(one.fault) && wasInForce(one, from, to)),
  };
}

const NONE: readonly Verdict[] = [];

/** An answer came that the page took for an event stream. */
const isConnected = ({ announced, events }: Attempt): boolean => announced !== undefined || events > 0;

/** Index of the last one before `until` that connected; -1 for none. */
function lastConnected(attempts: readonly Attempt[], until: number): number {
  for (let index = until - 1; index >= 0; index--) {
    const attempt = attempts[index];
    if (attempt && isConnected(attempt)) return index;
  }
  return -1;
}

/** Changes whenever a verdict could. */
function stampOf({ attempts, events, lines, faults, witnesses, newest }: Source, from: number): unknown[] {
  const stamp: unknown[] = [attempts.length, events, events.length, events.at(-1)?.seq, lines.length, newest];
  stamp.push(faults.length, witnesses.at(-1)?.events.length, witnesses.at(-1)?.phase);
  for (let index = from; index < attempts.length; index++) {
    const attempt = attempts[index];
    stamp.push(attempt?.request, attempt?.request?.tapped, attempt?.ended, attempt?.announced);
  }
  return stamp;
}

const lists = new WeakMap<Source, VerdictList>();

/**
 * One verdict for each reestablishment that is known: for each announced attempt after one that was. In order of attempts.
 * The same list again while nothing new is known; O(what is new).
 */
export function verdictsOf(source: Source): readonly Verdict[] {
  const list = lists.get(source) ?? new VerdictList();
  lists.set(source, list);
  return list.follow(source);
}
