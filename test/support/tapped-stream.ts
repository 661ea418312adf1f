/**
 * Streams of one document, which a tap in the network and the page told of, each what it sees: the tap, everything but
 * `message` events, when it passes; the page, what it listens for, when its main thread comes to it.
 */
import fc from 'fast-check';
import type { NetworkFact } from '../../src/protocol/network.ts';
import type { Entry, SourceRecord, StreamRecord } from '../../src/protocol/record.ts';
import { HOME } from './network-story.ts';

type Part =
  | { type: 'comment' | 'retry' | 'id'; value: string }
  | { type: 'event'; event: string; id: string; data: string };

export interface StreamPlan {
  /** How far the page's clock is ahead of the network's. */
  skew: number;
  sources: {
    attempts: {
      part: Part /** After the one before it. */;
      after: number /** Later, the page hears of it. */;
      lag: number;
    }[][];
    /** When the page adds its first listener for a type. */
    listeners: { event: string; time: number }[];
  }[];
}

const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ type: fc.constantFrom('comment', 'retry', 'id'), value: fc.constantFrom('1', '2') }),
  fc.record({
    type: fc.constant('event' as const),
    event: fc.constantFrom('a', 'b', 'b', 'message', 'error'),
    // Many are alike.
    id: fc.constantFrom('', '1', '2'),
    data: fc.constantFrom('x', 'y'),
  }),
);

const attempt = fc.array(
  fc.record({ part, after: fc.oneof(fc.constant(0), fc.nat(200)), lag: fc.oneof(fc.nat(5), fc.nat(300)) }),
  { minLength: 1, maxLength: 12 },
);

export const streamPlan: fc.Arbitrary<StreamPlan> = fc.record({
  skew: fc.integer({ min: -20, max: 20 }),
  sources: fc.array(
    fc.record({
      attempts: fc.array(attempt, { minLength: 1, maxLength: 3 }),
      listeners: fc.array(fc.record({ event: fc.constantFrom('a', 'b'), time: fc.nat(5000) }), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});

export interface StreamTruth {
  entries: Entry[];
  facts: NetworkFact[];
  /** What there is to be listed, in any order. */
  events: string[];
  lines: string[];
}

const FIRST = 1000;

export function stream({ skew, sources }: StreamPlan): StreamTruth {
  const told: { time: number; source: number; record: SourceRecord }[] = [];
  const facts: NetworkFact[] = [];
  const truth = { events: [] as string[], lines: [] as string[] };
  let requests = 0;
  for (const [index, plan] of sources.entries()) live(index + 1, plan);
  const entries = told
    .sort((a, b) => a.time - b.time)
    .map(({ time, source, record }, at): Entry => ({ seq: at + 1, time: time + skew, source, record }));
  return { entries, facts: facts.sort((a, b) => a.time - b.time), ...truth };

  function live(source: number, { attempts, listeners }: StreamPlan['sources'][number]): void {
    const url = `https://app.test/${source}`;
    const say = (time: number, record: SourceRecord) => told.push({ time, source, record });
    say(FIRST, { type: 'construct', kind: 'eventsource', url, withCredentials: false });
    say(FIRST, { type: 'connect', attempt: 1, lastEventId: '', carried: 'native', seen: 'start' });
    const since = new Map<string, number>();
    for (const { event, time } of listeners) {
      since.set(event, Math.min(FIRST + time, since.get(event) ?? Number.POSITIVE_INFINITY));
    }
    for (const [event, time] of since) say(time, { type: 'listen', event });
    let time = FIRST + 1;
    /** The page comes to one thing after the other. */
    let heard = time;
    let lastEventId = '';
    for (const [index, parts] of attempts.entries()) {
      const number = index + 1;
      const request = `${++requests}`;
      const at = { request, time };
      const sender = { frame: 0, document: HOME };
      facts.push({
        type: 'request',
        ...at,
        started: time,
        sender,
        url,
        method: 'GET',
        headers: [['Accept', 'text/event-stream']],
      });
      time += 20;
      const headers: [string, string][] = [['Content-Type', 'text/event-stream']];
      facts.push({ type: 'response', request, time, status: 200, statusLine: '', headers, fromCache: false });
      facts.push({ type: 'tapped', request, time });
      heard = Math.max(heard, time + (parts[0]?.lag ?? 0));
      if (number > 1) say(heard, { type: 'connect', attempt: number, lastEventId, carried: 'native', seen: 'answer' });
      say(heard, { type: 'announce' });
      for (const { part, after, lag } of parts) {
        time += after;
        heard = Math.max(heard, time + lag);
        bring(source, number, request, part, heard);
      }
      facts.push({ type: 'end', request, time });
      heard = Math.max(heard, time);
      say(heard, { type: 'reestablish', lastEventId, forced: false });
      time = heard + 500;
    }

    function bring(source: number, attempt: number, request: string, part: Part, heard: number): void {
      const see = (record: StreamRecord) => facts.push({ type: 'parts', request, time, parts: [record], lost: 0 });
      if (part.type !== 'event') {
        see({ ...part, size: part.value.length });
        truth.lines.push(`${source}.${attempt} ${part.type} ${part.value}`);
        return;
      }
      const { event, data, id } = part;
      if (id !== '') lastEventId = id;
      const record = { type: 'dispatch', event, data, size: data.length, lastEventId, origin: '' } as const;
      if (event !== 'message') see({ ...record, heard: false });
      const listens = event === 'message' || (since.get(event) ?? Number.POSITIVE_INFINITY) <= heard;
      // It fires nothing that anybody would see; its page tells an event `error` all the same.
      if (listens || event === 'error') say(heard, { ...record, heard: listens });
      truth.events.push(`${source}.${attempt} ${event} ${data} ${lastEventId} ${listens}`);
    }
  }
}
