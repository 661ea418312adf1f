import type { Milliseconds } from '../protocol/record.ts';
import { isUnload, statusOf } from './attempt.ts';
import { type Evidence, evidenceOfAttempt, evidenceOfEvent } from './evidence.ts';
import { explained } from './explained.ts';
import type { Finding, FindingType } from './finding.ts';
import { BURST, HOLDING_BACK, isForced, type Seen, StreamScan } from './finding-stream.ts';
import type { Source } from './source.ts';
import type { Resumption, Verdict } from './verdict.ts';
import { verdictsOf } from './verdict-list.ts';

/** Fewer events without an id, or without a listener, may be a greeting, or come before the page was ready. */
const ENOUGH_WITHOUT = 10;
const ENOUGH_UNHEARD = 2;
/** Ids rise as a rule, if they do so often for each time that they fall. */
const RISES = 10;
/** A pause is a silence if it is so many times the longest of so many before: the mean says nothing of what comes in bursts. */
const SILENCE = { times: 5, gaps: 20, least: 10_000 };
/** So many bursts, and seldom anything else. */
const BURSTS = { least: 5, share: 5 };
/** Nobody listens: so long, and to so many events. */
const LEAK = { time: 60_000, events: 5 };
/** Reconnects in a row that brought nothing: so many in that time, and the last wait is not much longer than the first. */
const LOOP = { attempts: 5, within: 10_000, growth: 2 };
const MOST_EVIDENCE = 5;

const isSilence = (gap: Milliseconds, longest: Milliseconds, gaps: number): boolean =>
  gaps >= SILENCE.gaps && gap >= SILENCE.least && gap > SILENCE.times * longest;

/** What is found about one source by itself. */
export class SourceFindings {
  #scan = new StreamScan(isSilence);
  #loop: Finding | undefined;
  #attempts = 0;

  of(source: Source, now: Milliseconds): Finding[] {
    if (this.#scan.isOutdated(source)) this.#scan = new StreamScan(isSilence);
    this.#scan.follow(source);
    if (source.attempts.length !== this.#attempts) this.#loop = loopOf(source) ?? this.#loop;
    this.#attempts = source.attempts.length;
    return [
      ...ofVerdicts(source),
      gaveUp(source),
      this.#loop,
      ...this.#ofTypes(source, now),
      ...this.#ofIds(source),
      this.#silence(source, now),
      this.#bursts(source),
    ].filter((one) => one !== undefined);
  }

  #ofTypes(source: Source, now: Milliseconds): (Finding | undefined)[] {
    const { types, events } = this.#scan;
    const counts = [...types.values()];
    const opened = source.attempts.findLast(({ announced }) => announced !== undefined)?.announced;
    const error = types.get('error');
    const found: (Finding | undefined)[] = [
      error && error.heard > 0
        ? finding(source, 'error-event', 'notice', { count: error.heard }, [evidenceOfEvent(source, error.last)])
        : undefined,
    ];
    const isUnheard = source.networkOnly !== true && counts.every(({ heard, last }) => heard === 0 && !last.heard);
    const open = source.state === 'open' && opened !== undefined ? now - opened : 0;
    if (isUnheard && events >= LEAK.events && open >= LEAK.time) {
      const evidence: Evidence[] = [
        { type: 'time', source: source.key, from: opened ?? now, to: now - (open % 10_000) },
      ];
      return [...found, finding(source, 'leaked', 'notice', { duration: open - (open % 10_000) }, evidence)];
    }
    for (const [event, { heard, unheard, last }] of types) {
      // It may have been heard after all, by the word of a page that came later than the tap's.
      if (heard > 0 || last.heard || unheard < ENOUGH_UNHEARD) continue;
      const values = { event, count: unheard };
      found.push({
        ...finding(source, 'unheard', 'notice', values, [evidenceOfEvent(source, last)]),
        key: `unheard ${source.key} ${event}`,
      });
    }
    return found;
  }

  #ofIds(source: Source): (Finding | undefined)[] {
    const { events, without, cameBack, wentBack, ahead, back, last } = this.#scan;
    const said = (type: FindingType, seen: Seen | undefined) =>
      seen && finding(source, type, 'notice', { id: seen.name }, [evidenceOfEvent(source, seen)]);
    return [
      events >= ENOUGH_WITHOUT && without === events && source.lastEventId === '' && last
        ? finding(source, 'no-ids', 'notice', { count: events }, [evidenceOfEvent(source, last)])
        : undefined,
      said('ids-repeated', cameBack),
      back > 0 && ahead >= RISES * back ? said('ids-backwards', wentBack) : undefined,
    ];
  }

  #silence(source: Source, now: Milliseconds): Finding | undefined {
    const { last, longest, gaps, gap } = this.#scan;
    const { attempts, lines, state } = source;
    // A comment is a sign of life too.
    const heard = Math.max(last?.time ?? now, lines.at(-1)?.time ?? 0);
    const isOpen = state === 'open' && last?.attempt === attempts.at(-1)?.number;
    const isNow = isOpen && isSilence(now - heard, longest, gaps) && !isForced(source, HOLDING_BACK, heard, now);
    const lasts = isNow ? { from: heard, to: heard + Math.floor((now - heard) / 1000) * 1000 } : undefined;
    const { from, to } = lasts ?? gap ?? {};
    if (from === undefined || to === undefined) return undefined;
    if (!lasts && lines.some(({ time }) => time > from && time < to)) return undefined;
    return finding(source, 'silence', 'notice', { duration: to - from, usual: longest }, [
      { type: 'time', source: source.key, from, to },
    ]);
  }

  #bursts(source: Source): Finding | undefined {
    const { bursts, inBursts, calm, lastBurst } = this.#scan;
    if (bursts < BURSTS.least || calm * BURSTS.share > bursts) return undefined;
    const evidence: Evidence[] = [{ type: 'time', source: source.key, from: lastBurst, to: lastBurst }];
    return finding(source, 'bursts', 'notice', { count: Math.max(BURST, Math.round(inBursts / bursts)) }, evidence);
  }
}

function finding(
  source: Source,
  type: FindingType,
  severity: Finding['severity'],
  values: Finding['values'],
  evidence: readonly Evidence[],
): Finding {
  return { type, key: `${type} ${source.key}`, severity, sources: [source.key], values, evidence };
}

function ofVerdicts(source: Source): (Finding | undefined)[] {
  const verdicts = verdictsOf(source);
  const sum = (type: FindingType, countOf: (resumption: Resumption) => number): Finding | undefined => {
    const those = verdicts.filter(({ resumption }) => countOf(resumption) > 0);
    if (those.length === 0) return undefined;
    const count = those.reduce((total, { resumption }) => total + countOf(resumption), 0);
    const isBad = type === 'lost' && !those.every(isOurs);
    const evidence = those.slice(-MOST_EVIDENCE).flatMap((one) => one.evidence);
    return finding(source, type, isBad ? 'bad' : 'notice', { count, reconnects: those.length }, evidence);
  };
  return [
    sum('lost', (one) => (one.type === 'lost' ? one.count : one.type === 'lost and repeated' ? one.lost : 0)),
    sum('repeated', (one) => (one.type === 'repeated' ? one.count : 'repeated' in one ? one.repeated : 0)),
    sum('ignored', ({ type }) => (type === 'ignored' ? 1 : 0)),
  ];
}

/** A fault of ours took events away: they are lost, and no server is to blame. */
const isOurs = ({ evidence }: Verdict): boolean =>
  evidence.some((one) => one.type === 'fault' && (one.fault === 'drop' || one.fault === 'silence'));

function gaveUp(source: Source): Finding | undefined {
  const { ended, attempts } = source;
  const last = attempts.at(-1);
  if (!last || !ended || ended.by !== 'fail' || isUnload(ended)) return undefined;
  const evidence: Evidence[] = [evidenceOfAttempt(source, last, ended.time)];
  if (ended.forced)
    evidence.push({ type: 'fault', source: source.key, fault: ended.fault ?? 'fail', time: ended.time });
  const status = ended.cause?.type === 'status' ? ended.cause.status : statusOf(last);
  const values = { cause: explained(last)?.code ?? 'unknown', ...(status !== undefined && { status }) };
  return finding(source, 'gave-up', ended.forced ? 'notice' : 'bad', values, evidence);
}

/** The newest reconnects, if each follows the other at once, and none of them brings anything. */
function loopOf(source: Source): Finding | undefined {
  const { attempts, key } = source;
  let first = attempts.length - 1;
  while (first > 0) {
    const before = attempts[first - 1];
    if (!before?.ended || before.ended.forced || before.ended.by !== 'reestablish' || before.events > 0) break;
    if ((attempts.at(-1)?.time ?? 0) - before.ended.time > LOOP.within) break;
    first -= 1;
  }
  const reconnects = attempts.slice(first + 1);
  const [start, end] = [reconnects[0], reconnects.at(-1)];
  if (!start || !end || reconnects.length < LOOP.attempts) return undefined;
  if ((end.wait ?? 0) > LOOP.growth * Math.max(start.wait ?? 0, 1) && (end.wait ?? 0) > 1000) return undefined;
  const evidence: Evidence[] = [{ type: 'time', source: key, from: start.time, to: end.time }];
  for (const one of [start, end]) evidence.push(evidenceOfAttempt(source, one, one.time));
  return finding(source, 'loop', 'bad', { count: reconnects.length, duration: end.time - start.time }, evidence);
}
