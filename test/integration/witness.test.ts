import { afterEach, describe, expect, test, vi } from 'vitest';
import { CHROMIUM } from '../../src/page/managed/browser-profile.ts';
import { witnesses } from '../../src/page/witness.ts';
import type { SourceRecord } from '../../src/protocol/record.ts';
import { ALONE } from '../support/alone.ts';
import { openStream, type StreamServer, streamServer } from '../support/stream-server.ts';

let server: StreamServer | undefined;
const made = witnesses({ profile: CHROMIUM, background: ALONE });
afterEach(async () => {
  made.closeAll();
  await server?.close();
});

/** A witness of source 1 at this server, and what it records. */
function attend(url: string) {
  const records: SourceRecord[] = [];
  made.open({ id: 1, url, withCredentials: false, record: (record) => records.push(record) });
  return records;
}
/** Without what it called its request. */
const told = (records: SourceRecord[]) =>
  records.filter((record) => record.type !== 'witness' || record.phase !== 'ask');
const phases = (records: SourceRecord[]) =>
  told(records).flatMap((record) => (record.type === 'witness' ? record.phase : []));
const SOON = { timeout: 6000, interval: 5 };

describe('a witness', () => {
  test('asks as a source without a past, and tells what the server sends', async () => {
    server = await streamServer();
    const records = attend(`${server.url}?a=b#c`);
    const { request, response, lastEventId } = await server.request(1);
    expect(request.url).toBe('/events?a=b');
    expect(request.headers).toMatchObject({ accept: 'text/event-stream', 'cache-control': 'no-cache' });
    expect(lastEventId).toBeUndefined();
    response.write('id: 7\ndata: one\n\nevent: tick\ndata: two\ndata: lines\n\n: comment\n\nid: 8\n\ndata: three\n\n');
    await vi.waitFor(() => expect(told(records)).toHaveLength(4), SOON);
    expect(told(records)).toEqual([
      { type: 'witness', phase: 'open', status: 200 },
      { type: 'witnessed', event: 'message', data: 'one', size: 3, lastEventId: '7' },
      { type: 'witnessed', event: 'tick', data: 'two\nlines', size: 9, lastEventId: '7' },
      // [spec] A block without data sets the last event ID too.
      { type: 'witnessed', event: 'message', data: 'three', size: 5, lastEventId: '8' },
    ]);
  });

  test('says which request it makes before it makes it, each under a name that nobody can guess', async () => {
    server = await streamServer();
    const [first, second] = [attend(server.url), attend(server.url)];
    const names = [...first, ...second].flatMap((record) =>
      record.type === 'witness' && record.phase === 'ask' ? record.request : [],
    );
    expect(names.map((name) => /^[0-9a-f]{32}$/.test(name))).toEqual([true, true]);
    expect(new Set(names).size).toBe(2);
    const { request } = await server.request(1);
    // What is behind a # never leaves the browser.
    for (const name of names) expect(request.url).not.toContain(name);
  });

  test('leaves when it is told to: the server sees it go, and nothing is told after that', async () => {
    server = await streamServer();
    const records = attend(server.url);
    const { gone } = await server.request(1);
    await vi.waitFor(() => expect(phases(records)).toEqual(['open']), SOON);
    made.close(1);
    made.close(1);
    await gone;
    expect(phases(records)).toEqual(['open', 'end']);
  });

  test('is over when its server ends it', async () => {
    server = await streamServer((response) => {
      openStream(response);
      response.end('data: last\n\ndata: not whole');
    });
    const records = attend(server.url);
    await vi.waitFor(() => expect(phases(records)).toEqual(['open', 'end']), SOON);
    expect(records.filter(({ type }) => type === 'witnessed')).toHaveLength(1);
  });

  test('gives way to a second one of the same source', async () => {
    server = await streamServer();
    const first = attend(server.url);
    const { gone } = await server.request(1);
    await vi.waitFor(() => expect(phases(first)).toEqual(['open']), SOON);
    const second = attend(server.url);
    await gone;
    await vi.waitFor(() => expect(phases(second)).toEqual(['open']), SOON);
    expect(phases(first)).toEqual(['open', 'end']);
    made.close(1);
    expect(phases(second)).toEqual(['open', 'end']);
  });

  test.each([
    ['a status', 503, 'text/event-stream'],
    ['no content', 204, 'text/event-stream'],
    ['a page', 200, 'text/html'],
  ])('is refused by %s, and says with which status', async (_, status, type) => {
    server = await streamServer((response) => {
      response.writeHead(status, { 'content-type': type });
      response.end();
    });
    const records = attend(server.url);
    await vi.waitFor(() => expect(told(records)).toEqual([{ type: 'witness', phase: 'refused', status }]), SOON);
  });

  test('is refused where nobody is', async () => {
    server = await streamServer();
    const { url } = server;
    await server.close();
    const records = attend(url);
    await vi.waitFor(() => expect(told(records)).toEqual([{ type: 'witness', phase: 'refused' }]), SOON);
  });

  test('is refused by silence: six connections to a host are all there are', async () => {
    server = await streamServer(() => {});
    const records = attend(server.url);
    const { gone } = await server.request(1);
    await vi.waitFor(() => expect(told(records)).toEqual([{ type: 'witness', phase: 'refused' }]), SOON);
    await gone;
  });

  test('ends by itself after ten thousand events', async () => {
    server = await streamServer((response) => {
      openStream(response);
      response.write('data: x\n\n'.repeat(10_050));
    });
    const records = attend(server.url);
    const { gone } = await server.request(1);
    await gone;
    expect(phases(records)).toEqual(['open', 'end']);
    expect(told(records)).toHaveLength(10_002);
    expect(records.at(-1)).toEqual({ type: 'witness', phase: 'end' });
  });
});
