import type { Milliseconds } from '../protocol/record.ts';
import { type Attempt, startOf } from './attempt.ts';
import { type Evidence, evidenceOfAttempt } from './evidence.ts';
import type { Finding } from './finding.ts';
import { finalUrl } from './network-request.ts';
import type { Source } from './source.ts';
import { originOf } from './source-name.ts';
import { attemptsOf } from './source-state.ts';
import { streamKey } from './stream-key.ts';

/** So many sources that try again within that time do so in lockstep. Two are a coincidence. */
const STORM = { sources: 3, within: 250 };
/** Of each source, so many attempts are looked at. */
const NEWEST = 20;
/** Two reconnectors live side by side for so long; an app may close the old one right after it has made the new one. */
const SIDE_BY_SIDE: Milliseconds = 1000;
/** Sources of one address that are looked at for each new one. */
const MOST_RIVALS = 10;

/** The most sources that tried again at once; undefined where they did not. O(sources · log sources). */
export function stormOf(sources: readonly Source[]): Finding | undefined {
  const tries = sources
    .flatMap((source) =>
      attemptsOf(source)
        .slice(-NEWEST)
        .filter(({ number }) => number > 1)
        .map((attempt) => ({ source, attempt, time: startOf(attempt) ?? attempt.time, origin: originOf(source.url) })),
    )
    .sort((a, b) => a.time - b.time);
  let best: typeof tries = [];
  const origins = new Map<string, typeof tries>();
  for (const one of tries) {
    const before = origins.get(one.origin) ?? [];
    const near = [
      ...before.filter(({ time, source }) => one.time - time <= STORM.within && source !== one.source),
      one,
    ];
    origins.set(one.origin, near);
    if (near.length > best.length) best = near;
  }
  const [first, last] = [best[0], best.at(-1)];
  if (!first || !last || best.length < STORM.sources) return undefined;
  return {
    type: 'storm',
    key: `storm ${first.origin} ${Math.round(first.time)}`,
    severity: 'bad',
    sources: best.map(({ source }) => source.key),
    values: { count: best.length, duration: last.time - first.time, host: first.origin },
    evidence: best.map(({ source, attempt, time }) => evidenceOfAttempt(source, attempt, time)),
  };
}

/**
 * A source that was made while another one of the same document, for the same stream, tried to connect again, and went on
 * to live: both will. Two sources for one stream that nothing was wrong with are the app's own choice.
 */
export function fights(sources: readonly Source[], now: Milliseconds): Finding[] {
  const found: Finding[] = [];
  const streams = new Map<string, Source[]>();
  for (const source of sources) {
    if (source.networkOnly || source.incomplete) continue;
    const stream = streamKey(source);
    const earlier = streams.get(stream) ?? [];
    const rival = earlier.slice(-MOST_RIVALS).findLast((one) => isRival(one, source, now));
    if (rival) found.push(fightOf(rival, source, now));
    earlier.push(source);
    streams.set(stream, earlier);
  }
  return found;
}

function isRival(old: Source, { constructed, ended }: Source, now: Milliseconds): boolean {
  const until = Math.min(old.ended?.time ?? now, ended?.time ?? now);
  if (until - constructed < SIDE_BY_SIDE) return false;
  const last = old.attempts.findLast((attempt) => attempt.ended && attempt.ended.time <= constructed);
  if (last?.ended?.by !== 'reestablish') return false;
  // It had not connected again by then.
  const next = old.attempts.find(({ number }) => number > last.number);
  return next?.announced === undefined || next.announced > constructed;
}

function fightOf(old: Source, made: Source, now: Milliseconds): Finding {
  const lost = old.attempts.findLast((attempt) => attempt.ended && attempt.ended.time <= made.constructed);
  const first = made.attempts[0];
  const from = lost?.ended?.time ?? made.constructed;
  const evidence: Evidence[] = [
    { type: 'time', source: old.key, from, to: Math.min(made.constructed + SIDE_BY_SIDE, now) },
  ];
  if (lost) evidence.push(evidenceOfAttempt(old, lost, from));
  if (first) evidence.push(evidenceOfAttempt(made, first, made.constructed));
  return {
    type: 'fighting',
    key: `fighting ${old.key} ${made.key}`,
    severity: 'bad',
    sources: [old.key, made.key],
    values: { delay: made.constructed - from },
    evidence,
  };
}

/** Hosts to which there are as many connections as the browser keeps, and who waits for one. */
export function crowds(sources: readonly Source[]): Finding[] {
  const waiting = new Map<string, { source: Source; attempt: Attempt }[]>();
  for (const source of sources) {
    const attempt = attemptsOf(source).findLast(({ request }) => request?.queued);
    if (!attempt?.request) continue;
    const host = originOf(finalUrl(attempt.request));
    waiting.set(host, [...(waiting.get(host) ?? []), { source, attempt }]);
  }
  return [...waiting].map(([host, those]) => ({
    type: 'six-connections',
    key: `six-connections ${host}`,
    severity: 'bad',
    sources: those.map(({ source }) => source.key),
    values: { host: URL.canParse(host) ? new URL(host).host : host, count: those.length },
    evidence: those.map(({ source, attempt }) => evidenceOfAttempt(source, attempt, startOf(attempt) ?? attempt.time)),
  }));
}

/** The keys of sources that failed, and that their app goes on with in one that it made since. O(sources). */
export function continued(sources: readonly Source[]): Set<string> {
  const newest = new Map<string, Milliseconds>();
  for (const source of sources) {
    const key = streamKey(source);
    newest.set(key, Math.max(source.constructed, newest.get(key) ?? 0));
  }
  const goOn = sources.filter(
    (source) => source.ended?.by === 'fail' && (newest.get(streamKey(source)) ?? 0) >= source.ended.time,
  );
  return new Set(goOn.map(({ key }) => key));
}
