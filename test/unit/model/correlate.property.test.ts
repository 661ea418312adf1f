import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Attempt } from '../../../src/model/attempt.ts';
import { Log } from '../../../src/model/log.ts';
import { attemptsOf } from '../../../src/model/source-state.ts';
import { timeline } from '../../../src/model/timeline.ts';
import { happen, type Owned, plan, type Truth } from '../../support/browser-truth.ts';
import { HOME } from '../../support/network-story.ts';
import { story } from '../../support/story.ts';

const { document } = story('', { started: 900 });
// Thousands of stories, on whatever machine.
vi.setConfig({ testTimeout: 60_000 });

/** Pages and network may be timed so differently. */
const SKEW = 50;
const END = 200_000;

/** In which order it is told: whose turn it is, how much comes at once, and whether somebody looks, or is sure, then. */
const telling = fc.array(
  fc.record({ page: fc.boolean(), size: fc.integer({ min: 1, max: 12 }), look: fc.boolean(), claim: fc.boolean() }),
  { maxLength: 60 },
);

type Telling = { page: boolean; size: number; look: boolean; claim: boolean }[];

function tell({ entries, facts }: Truth, order: Telling): Log {
  const log = new Log();
  let page = 0;
  let network = 0;
  const rest = { size: Number.POSITIVE_INFINITY, look: false, claim: false };
  log.hello(document, document.started, HOME);
  for (const { page: isPage, size, look, claim } of [...order, { page: true, ...rest }, { page: false, ...rest }]) {
    if (isPage) {
      log.append('A', entries.slice(page, page + size));
      page += size;
    } else {
      log.network(facts.slice(network, network + size), 0);
      network += size;
    }
    const untold = [entries[page]?.time ?? END, facts[network]?.time ?? END];
    if (claim) log.claimed(Math.min(...untold) - 1);
    if (look) log.sources;
  }
  log.claimed(END);
  return log;
}

function seen(log: Log) {
  const { sources } = log;
  return { sources, lanes: timeline(sources, { from: 0, to: END }, 10) };
}

test('in whatever order it is told, the same comes of it', () => {
  fc.assert(
    fc.property(plan, telling, (planned, order) => {
      const truth = happen(planned);
      expect(seen(tell(truth, order))).toEqual(seen(tell(truth, [])));
    }),
    { numRuns: 1000 },
  );
});

const attemptsIn = (log: Log) =>
  log.sources.flatMap((source) =>
    attemptsOf(source).map((attempt): [number | undefined, Attempt] => [
      source.networkOnly ? undefined : source.id,
      attempt,
    ]),
  );

test('each request has one attempt, and none that contradicts it', () => {
  fc.assert(
    fc.property(plan, (planned) => {
      const truth = happen(planned);
      const log = tell(truth, []);
      const attempts = attemptsIn(log);
      const keys = attempts.flatMap(([, { request }]) => request?.key ?? []);
      expect(keys.sort()).toEqual([...new Set(keys)].sort());
      for (const [source, { request, marker, announced, ended }] of attempts) {
        if (source === undefined || !request) continue;
        const url = log.source(`A:${source}`)?.url;
        expect([url, `${url}/target`]).toContain(request.url);
        if (request.marker !== undefined || marker !== undefined) expect(request.marker).toBe(marker);
        if (announced !== undefined) expect(request.response?.status).toBe(200);
        const before = announced ?? ended?.time;
        if (before !== undefined) expect(request.started).toBeLessThanOrEqual(before + SKEW);
      }
    }),
  );
});

/**
 * Whose a request was can be told from another one
 * - if one of them is named;
 * - if they have no URL in common;
 * - if each began when the other's attempt was not there: over, answered or not begun;
 * - if each carried the id that its page expected, and those are not the same.
 */
function isDistinct(one: Owned, other: Owned, truth: Truth): boolean {
  if (one.marker !== undefined || other.marker !== undefined) return true;
  if (!one.urls.some((url) => other.urls.includes(url))) return true;
  if (other.source === undefined || one.source === undefined) return false;
  const isApart = (a: Owned, b: Owned) => {
    const from = sinceWhen(b, truth);
    return a.from < from - 2 * SKEW || a.from > b.until + 2 * SKEW;
  };
  if (isApart(one, other) && (other.key === '' || isApart(other, one))) return true;
  return one.sentId === one.expectedId && other.sentId === other.expectedId && one.sentId !== other.sentId;
}

/** A page does not see a reconnect begin: it may have been at any time since the attempt before it. */
function sinceWhen({ source, attempt, from }: Owned, { requests }: Truth): number {
  const earlier = requests.filter((one) => one.source === source && one.from < from);
  return attempt === 1 ? from : Math.max(0, ...earlier.map(({ until }) => until));
}

test('whose a request was is found wherever that can be told', () => {
  let told = 0;
  fc.assert(
    fc.property(plan, (planned) => {
      const truth = happen(planned);
      const attempts = attemptsIn(tell(truth, []));
      // What is mistaken for another one may take the place of a third: all that could meet must be distinct.
      const { requests } = truth;
      const strangers = (one: Owned) =>
        [...requests, ...truth.due].filter(({ source }) => source === undefined || source !== one.source);
      const isClear = (one: Owned) => strangers(one).every((other) => isDistinct(one, other, truth));
      for (const one of requests) {
        const { key, source, attempt } = one;
        if (source === undefined || !requests.filter((other) => other.source === source).every(isClear)) continue;
        const owner = attempts.find(([, { request }]) => request?.key === key);
        expect([key, owner?.[0], attempt === undefined ? undefined : owner?.[1].number]).toEqual([
          key,
          source,
          attempt,
        ]);
        told++;
      }
    }),
    { numRuns: 1000 },
  );
  expect(told).toBeGreaterThan(1000);
});
