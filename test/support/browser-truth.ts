/**
 * What really happened in one document of a simulated browser, told twice: as its page saw it, and as the network did.
 * The browser is Chromium, by the standard: a native reconnect goes to where the one before it was redirected, and its
 * page does not see it begin.
 */
import fc from 'fast-check';
import type { Header, NetworkFact } from '../../src/protocol/network.ts';
import type { Entry, SourceRecord } from '../../src/protocol/record.ts';
import { HOME } from './network-story.ts';

export interface AttemptPlan {
  outcome: 'end' | 'RST' | 'refused' | 'status';
  /** To the answer. */
  latency: number;
  /** From the answer to the end. */
  open: number;
  /** The server redirects it, in front of its answer. */
  redirect: boolean;
  /** Events with an id. */
  events: number;
  /** The last id comes without data: the browser sends it, and the page does not know. */
  secret: boolean;
  /** What the page hears of the network, it hears so much later. */
  lag: number;
}

export interface SourcePlan {
  url: number;
  start: number;
  retry: number;
  attempts: AttemptPlan[];
  /** What becomes of the attempt after those. */
  last: 'none' | 'open' | 'silent' | 'close' | 'close-early' | 'reset';
}

export interface Plan {
  /** How far the page's clock is ahead of the network's. */
  skew: number;
  /** Each source has ids of its own; else they count alike. */
  ownIds: boolean;
  sources: SourcePlan[];
  /** Requests of the document that are no EventSource's of the page. */
  strays: { url: number; start: number; length: number }[];
}

/** One request, and whose it was. `attempt` undefined: the page never learned of it. */
export interface Owned {
  key: string;
  source?: number;
  attempt?: number;
  marker?: string;
  /** That it asked for, and may have asked for: other browsers do not go to where they were redirected. */
  urls: string[];
  /** In the network's time. */
  from: number;
  /** When it was answered or over; Infinity while neither. */
  until: number;
  sentId: string;
  expectedId: string;
}

export interface Truth {
  entries: Entry[];
  facts: NetworkFact[];
  requests: Owned[];
  /** Reconnects that were due, and not made yet; their keys are ''. */
  due: Owned[];
}

const attempt: fc.Arbitrary<AttemptPlan> = fc.record({
  outcome: fc.constantFrom('end', 'end', 'RST', 'RST', 'refused', 'status'),
  latency: fc.integer({ min: 1, max: 300 }),
  open: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 6000 })),
  redirect: fc.boolean(),
  events: fc.nat(2),
  secret: fc.boolean(),
  lag: fc.nat(4),
});

const source = (urls: number): fc.Arbitrary<SourcePlan> =>
  fc.record({
    url: fc.nat(urls - 1),
    start: fc.oneof(fc.nat(30), fc.nat(4000)),
    retry: fc.constantFrom(0, 300, 3000),
    attempts: fc.array(attempt, { maxLength: 8 }),
    last: fc.constantFrom('none', 'open', 'silent', 'close', 'close-early', 'reset'),
  });

export const plan: fc.Arbitrary<Plan> = fc.record({
  skew: fc.integer({ min: -40, max: 40 }),
  ownIds: fc.boolean(),
  sources: fc.array(source(3), { minLength: 1, maxLength: 4 }),
  strays: fc.array(fc.record({ url: fc.nat(5), start: fc.nat(9000), length: fc.nat(3000) }), { maxLength: 2 }),
});

export function happen({ skew, ownIds, sources, strays }: Plan): Truth {
  const told: { time: number; source: number; record: SourceRecord }[] = [];
  const facts: NetworkFact[] = [];
  const requests: Owned[] = [];
  const due: Owned[] = [];
  for (const [index, one] of sources.entries()) live(index + 1, one);
  for (const { url, start, length } of strays) {
    const key = begin({ from: start, until: start + 1, url: urlOf(url), sentId: '', expectedId: '' });
    answer(key, start + 1, 200);
    end(key, start + 1 + length);
  }
  const entries = told
    .sort((a, b) => a.time - b.time)
    .map(({ time, source, record }, at): Entry => ({ seq: at + 1, time: 1000 + time + skew, source, record }));
  facts.sort((a, b) => a.time - b.time);
  return { entries, facts: facts.map((fact) => shifted(fact, 1000)), requests, due };

  function begin({ url, ...owned }: Omit<Owned, 'key' | 'urls'> & { url: string }): string {
    const key = `${requests.length + 1}`;
    requests.push({ ...owned, key, urls: [url, url.replace('/target', '')] });
    const { from: time, marker, sentId } = owned;
    const headers: Header[] = [['Accept', 'text/event-stream']];
    if (sentId !== '') headers.push(['Last-Event-ID', sentId]);
    const named = marker === undefined ? {} : { marker };
    const sender = { frame: 0, document: HOME };
    facts.push({ type: 'request', request: key, time, started: time, sender, url, ...named, method: 'GET', headers });
    return key;
  }
  function answer(request: string, time: number, status: number): void {
    const headers: Header[] = [['Content-Type', 'text/event-stream']];
    facts.push({ type: 'response', request, time, status, statusLine: '', headers, fromCache: false });
  }
  function end(request: string, time: number, error?: string): void {
    facts.push({ type: 'end', request, time, ...(error !== undefined && { error: `net::ERR_${error}` }) });
  }

  function live(id: number, { url: of, start, retry, attempts, last }: SourcePlan): void {
    let url = urlOf(of);
    let number = 1;
    let expectedId = '';
    let sentId = '';
    let newest = start;
    /** The page hears of something that happened at `time`. */
    const tell = (time: number, record: SourceRecord) => {
      newest = Math.max(newest, time);
      told.push({ time: newest, source: id, record });
    };
    /** It learns of a reconnect by its answer. */
    const tellAttempt = (time: number) => {
      if (number > 1) {
        tell(time, { type: 'connect', attempt: number, lastEventId: expectedId, carried: 'native', seen: 'answer' });
      }
    };
    tell(start, { type: 'construct', kind: 'eventsource', url, withCredentials: false });
    tell(start, { type: 'connect', attempt: 1, lastEventId: '', carried: 'native', seen: 'start' });
    let from = start + 1;
    for (const { outcome, latency, open, redirect, events, secret, lag } of attempts) {
      const until = from + latency;
      const key = begin({ source: id, attempt: number, url, from, until, sentId, expectedId });
      if (redirect && outcome !== 'refused') {
        const target = `${urlOf(of)}/target`;
        facts.push({ type: 'redirect', request: key, time: from, status: 307, to: target });
        requests.at(-1)?.urls.push(target);
        url = target;
      }
      tellAttempt(until + lag);
      let over = until;
      if (outcome === 'refused') end(key, until, 'CONNECTION_REFUSED');
      else if (outcome === 'status') {
        answer(key, until, 503);
        end(key, until + 1);
        tell(until + lag, { type: 'fail', forced: false });
        return;
      } else {
        over = until + open;
        answer(key, until, 200);
        tell(until + lag, { type: 'announce' });
        for (let event = 1; event <= events; event++) {
          sentId = `${ownIds ? `${id}.` : ''}${number}.${event}`;
          if (secret && event === events) break;
          expectedId = sentId;
          const said = { event: 'message', data: '', size: 0, lastEventId: sentId, origin: '', heard: true };
          tell(until + lag, { type: 'dispatch', ...said });
        }
        end(key, over, outcome === 'RST' ? 'CONNECTION_RESET' : undefined);
      }
      tell(over + lag, { type: 'reestablish', lastEventId: expectedId, forced: false });
      number++;
      from = over + retry + 1;
    }
    finish();

    function finish(): void {
      // There is no attempt without a request.
      if (last === 'none' && number > 1) {
        const until = Number.POSITIVE_INFINITY;
        due.push({ key: '', source: id, urls: [url, urlOf(of)], from, until, sentId, expectedId });
        return;
      }
      const until = last === 'open' || last === 'close' || last === 'reset' ? from + 20 : Number.POSITIVE_INFINITY;
      const known = number === 1 || Number.isFinite(until) ? { attempt: number } : {};
      const key = begin({ source: id, ...known, url, from, until, sentId, expectedId });
      const over = from + 60;
      if (Number.isFinite(until)) {
        answer(key, until, 200);
        tellAttempt(until + 1);
        tell(until + 1, { type: 'announce' });
      }
      if (last === 'open' || last === 'silent' || last === 'none') return;
      end(key, over + 3, 'ABORTED');
      if (last === 'reset') reset(over);
      else tell(over, { type: 'close' });
    }

    function reset(over: number): void {
      tell(over, { type: 'reestablish', lastEventId: expectedId, forced: true });
      const marker = `${id}`.repeat(32);
      const again = { attempt: ++number, lastEventId: expectedId };
      tell(over + 400, { type: 'connect', ...again, carried: 'managed', seen: 'start', request: marker });
      const managed = { source: id, attempt: number, from: over + 410, until: over + 420, expectedId };
      const next = begin({ ...managed, marker, url: urlOf(of), sentId: expectedId });
      answer(next, over + 420, 200);
      tell(over + 421, { type: 'announce', status: 200 });
    }
  }
}

const urlOf = (url: number) => `https://app.test/${url}`;

/** After the document started. */
const shifted = (fact: NetworkFact, by: number): NetworkFact =>
  fact.type === 'request'
    ? { ...fact, time: fact.time + by, started: fact.started + by }
    : { ...fact, time: fact.time + by };
