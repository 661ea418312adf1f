import { describe, expect, test } from 'vitest';
import { Log } from '../../../src/model/log.ts';
import { attemptsOf, stateOf } from '../../../src/model/source-state.ts';
import type { Header, NetworkFact } from '../../../src/protocol/network.ts';
import type { SourceRecord } from '../../../src/protocol/record.ts';

const HOME = 'H';
const URL = 'http://127.0.0.1/stream';

/** A log of one document with one source, which records and requests are told of at whole milliseconds. */
function told() {
  const log = new Log();
  const info = { id: 'a'.repeat(32), url: 'http://127.0.0.1/', top: true, entered: 'navigate', late: false } as const;
  log.hello({ ...info, started: 1000 }, 1000, HOME);
  let seq = 0;
  const page = (time: number, ...records: SourceRecord[]) =>
    log.append(
      info.id,
      records.map((record) => ({ seq: ++seq, time, source: 1, record })),
    );
  const network = (...facts: NetworkFact[]) => log.network(facts, 0);
  page(1010, { type: 'construct', kind: 'eventsource', url: URL, withCredentials: false });
  page(1010, { type: 'connect', attempt: 1, lastEventId: '', carried: 'native', seen: 'start' });
  return { log, page, network };
}

const request = (key: string, time: number, sent?: string): NetworkFact => ({
  type: 'request',
  request: key,
  time,
  started: time,
  sender: { frame: 0, document: HOME },
  initiator: 'http://127.0.0.1',
  url: URL,
  method: 'GET',
  headers: [['Accept', 'text/event-stream'], ...(sent === undefined ? [] : [['Last-Event-ID', sent] as Header])],
});
const response = (key: string, time: number): NetworkFact => ({
  type: 'response',
  request: key,
  time,
  status: 200,
  statusLine: 'HTTP/1.1 200 OK',
  headers: [['Content-Type', 'text/event-stream']],
  fromCache: false,
});
const end = (key: string, time: number, error?: string): NetworkFact =>
  error === undefined ? { type: 'end', request: key, time } : { type: 'end', request: key, time, error };
const ABORTED = 'net::ERR_ABORTED';
const lost = (forced: boolean): SourceRecord => ({ type: 'reestablish', forced, lastEventId: '7' });

describe('a request of a source of the page is not a source of its own', () => {
  test('after Clear', () => {
    const { log, page, network } = told();
    network(request('1', 1011), response('1', 1015));
    page(1016, { type: 'announce' });
    page(1100, { type: 'close' });
    network(end('1', 1101, ABORTED));
    log.claimed(1101);
    expect(log.sources).toHaveLength(1);
    log.clear();
    log.claimed(1101);
    expect(log.sources).toEqual([]);
  });

  test('when its answer was not told', () => {
    const { log, page, network } = told();
    network(request('1', 1011), end('1', 1100));
    page(1016, { type: 'announce' });
    page(1101, lost(false));
    log.claimed(1101);
    expect(log.sources.map(({ attempts }) => attempts.map((attempt) => attempt.request?.key))).toEqual([['1']]);
  });

  test('when the page closes the source while the browser reconnects: the reconnect is its last attempt', () => {
    const { log, page, network } = told();
    network(request('1', 1011), response('1', 1015), end('1', 1100));
    page(1016, { type: 'announce' });
    page(1101, lost(false));
    network(request('2', 1200, '7'));
    page(1300, { type: 'close' });
    network(end('2', 1301, ABORTED));
    log.claimed(1301);
    const [source, ...others] = log.sources;
    expect(others).toEqual([]);
    expect(source && stateOf(source)).toBe('closed');
    expect(source && attemptsOf(source).map(({ number, ended }) => [number, ended?.by])).toEqual([
      [1, 'reestablish'],
      [2, 'close'],
    ]);
  });

  test('when the source is reset while the browser reconnects: both attempts are its own, and it is managed', () => {
    const { log, page, network } = told();
    network(request('1', 1011), response('1', 1015), end('1', 1100));
    page(1016, { type: 'announce' });
    page(1101, lost(false));
    network(request('2', 1200, '7'));
    page(1300, lost(true));
    network(end('2', 1301, ABORTED));
    // The page knows of one attempt, and counts on from there.
    const marker = 'b'.repeat(32);
    page(1400, { type: 'connect', attempt: 2, lastEventId: '7', carried: 'managed', seen: 'start', request: marker });
    network({ ...request('3', 1401, '7'), marker } as NetworkFact, response('3', 1410));
    page(1411, { type: 'announce', status: 200 });
    log.claimed(1411);
    const [source, ...others] = log.sources;
    expect(others).toEqual([]);
    expect(source?.carried).toBe('managed');
    const shown = source?.attempts.map(({ number, carried, request }) => [number, carried, request?.key]);
    expect(shown).toEqual([
      [1, 'native', '1'],
      [2, 'native', '2'],
      [3, 'managed', '3'],
    ]);
  });
});

test('a request of a document that has more to tell is held back until it told it', () => {
  const { log, page, network } = told();
  network(request('1', 1011), response('1', 1015));
  page(1016, { type: 'announce' });
  network(request('2', 1200), response('2', 1205));
  expect(log.claimed(1205, () => 1100)).toBe(false);
  expect(log.sources).toHaveLength(1);
  expect(log.claimed(1205, () => 1206)).toBe(true);
  expect(log.sources.map(({ networkOnly }) => networkOnly)).toEqual([undefined, true]);
});
