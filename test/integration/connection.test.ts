import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Passage } from '../../src/page/faults/passage.ts';
import { FIREFOX } from '../../src/page/managed/browser-profile.ts';
import { Connection } from '../../src/page/managed/connection.ts';
import { CLOSED, CONNECTING, OPEN } from '../../src/page/managed/ready-state.ts';
import { taskQueue } from '../../src/page/task-queue.ts';
import type { SourceRecord } from '../../src/protocol/record.ts';
import { ALONE, QUICK } from '../support/alone.ts';
import { openStream, type StreamServer, streamServer } from '../support/stream-server.ts';

let server: StreamServer | undefined;
let connection: Connection | undefined;
afterEach(async () => {
  connection?.close();
  await server?.close();
});

interface Page {
  target: EventTarget;
  connection: Connection;
  /** What listeners saw: the event's type and the readyState in the handler; data and id of messages. */
  seen: string[];
  records: SourceRecord[];
}

/** A source that lost its native connection after it had seen `lastEventId`: its next attempt is ours. */
function page(url: string, { profile = QUICK, lastEventId = '' } = {}): Page {
  const target = new EventTarget();
  const seen: string[] = [];
  const records: SourceRecord[] = [];
  const made = new Connection(
    {
      url,
      withCredentials: false,
      record: (record) => records.push(record),
      fire: (event) => target.dispatchEvent(event),
      heard: () => true,
      passage: () =>
        new Passage(
          profile,
          () => {},
          () => {},
        ),
      ended() {},
    },
    { profile, queue: taskQueue(), background: ALONE },
    { readyState: OPEN, lastEventId, attempt: 1 },
  );
  connection = made;
  for (const type of ['open', 'error']) target.addEventListener(type, () => seen.push(`${type} ${made.readyState}`));
  for (const type of ['message', 'tick']) {
    target.addEventListener(type, (event) => {
      const { data, lastEventId: id } = event as MessageEvent<string>;
      seen.push(`${type} ${data} #${id}`);
    });
  }
  return { target, connection: made, seen, records };
}

const write = (text: string | Buffer) => (response: ServerResponse) => {
  openStream(response);
  response.write(text);
};
const end = (text: string) => (response: ServerResponse) => {
  openStream(response);
  response.end(text);
};
const refuse =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, headers);
    response.end();
  };
/** One answer after another; the last one again and again. */
const inTurn =
  (...answers: ((response: ServerResponse) => void)[]) =>
  (response: ServerResponse, n: number) =>
    answers[Math.min(n, answers.length) - 1]?.(response);

describe('reset', () => {
  test('fires error with CONNECTING, waits, and reconnects with the last event ID', async () => {
    server = await streamServer(write('id: 8\ndata: eight\n\n'));
    const { connection, target, seen, records } = page(server.url, { lastEventId: '7' });
    const { served } = server;
    let requests: number | undefined;
    target.addEventListener('error', () => {
      requests = served.length;
    });
    connection.reset();
    await vi.waitFor(() => expect(seen[0]).toEqual(`error ${CONNECTING}`));
    expect(requests).toBe(0);
    const { request, lastEventId } = await server.request(1);
    expect(lastEventId).toBe('7');
    expect(request.headers).toMatchObject({ accept: 'text/event-stream', 'cache-control': 'no-cache' });
    await vi.waitFor(() => expect(seen).toEqual([`error ${CONNECTING}`, `open ${OPEN}`, 'message eight #8']));
    expect(records.map(({ type }) => type)).toEqual(['reestablish', 'connect', 'announce', 'dispatch']);
    expect(records[0]).toMatchObject({ forced: true, lastEventId: '7' });
    expect(records[1]).toMatchObject({ attempt: 2, carried: 'managed', lastEventId: '7' });
  });

  test('ends the request at the server, and a late answer to it changes nothing', async () => {
    let late: ServerResponse | undefined;
    server = await streamServer((response, n) => {
      if (n === 1) late = response;
      else write('data: second\n\n')(response);
    });
    const { connection, seen } = page(server.url);
    connection.reset();
    const first = await server.request(1);
    connection.reset();
    await first.gone;
    if (late) write('data: first\n\n')(late);
    await vi.waitFor(() => expect(seen.at(-1)).toBe('message second #'));
    expect(seen).toEqual([`error ${CONNECTING}`, `error ${CONNECTING}`, `open ${OPEN}`, 'message second #']);
    expect(server.served).toHaveLength(2);
  });

  test('sends an id of any characters as UTF-8, and no header for the empty id', async () => {
    server = await streamServer(inTurn(end('id: ünï☃💥\ndata: x\n\n'), end('id:\ndata: y\n\n'), openStream));
    const { connection } = page(server.url);
    connection.reset();
    const requests = [await server.request(1), await server.request(2), await server.request(3)];
    expect(requests.map(({ lastEventId }) => lastEventId)).toEqual([undefined, 'ünï☃💥', undefined]);
  });
});

describe('close()', () => {
  test('inside the error handler means that no attempt follows', async () => {
    server = await streamServer();
    const { connection, target, seen } = page(server.url);
    target.addEventListener('error', () => connection.close());
    connection.reset();
    await vi.waitFor(() => expect(connection.readyState).toBe(CLOSED));
    expect(connection.waiting).toBe(false);
    expect(seen).toEqual([`error ${CONNECTING}`]);
    expect(server.served).toHaveLength(0);
  });

  test('inside a message handler keeps the rest of the same chunk from the page, and ends the request', async () => {
    server = await streamServer(write('data: 1\n\ndata: 2\n\ndata: 3\n\n'));
    const { connection, target, seen } = page(server.url);
    target.addEventListener('message', () => connection.close());
    connection.reset();
    await (await server.request(1)).gone;
    expect(seen).toEqual([`error ${CONNECTING}`, `open ${OPEN}`, 'message 1 #']);
  });
});

describe('fails the connection', () => {
  test.each([
    ['204', refuse(204), { type: 'status', status: 204 }],
    ['500', refuse(500, { 'content-type': 'text/event-stream' }), { type: 'status', status: 500 }],
    ['201', refuse(201, { 'content-type': 'text/event-stream' }), { type: 'status', status: 201 }],
    ['text/html', refuse(200, { 'content-type': 'text/html' }), { type: 'content-type', contentType: 'text/html' }],
    ['no content type', refuse(200), { type: 'content-type', contentType: '' }],
    [
      'a type that only begins alike',
      refuse(200, { 'content-type': 'text/event-streams' }),
      { type: 'content-type', contentType: 'text/event-streams' },
    ],
  ])('at %s', async (_, answer, cause) => {
    server = await streamServer(answer);
    const { connection, seen, records } = page(server.url);
    connection.reset();
    await vi.waitFor(() => expect(seen).toEqual([`error ${CONNECTING}`, `error ${CLOSED}`]));
    expect(records.at(-1)).toEqual({ type: 'fail', forced: false, cause });
    expect(connection.waiting).toBe(false);
  });

  test('but not at a content type in other letters or with parameters', async () => {
    server = await streamServer((response) => {
      response.writeHead(200, { 'content-type': 'Text/Event-Stream ; charset=UTF-8' });
      response.flushHeaders();
    });
    const { connection, seen } = page(server.url);
    connection.reset();
    await vi.waitFor(() => expect(seen.at(-1)).toBe(`open ${OPEN}`));
  });
});

describe('reestablishes the connection', () => {
  test.each([
    ['a clean end', (response: ServerResponse) => response.end(), 'end'],
    ['a cut connection', (response: ServerResponse) => response.destroy(), 'network'],
  ])('after %s, without the unfinished block', async (_, drop, cause) => {
    server = await streamServer(write('id: 1\ndata: whole\n\nid: 2\ndata: half\n'));
    const { connection, seen, records } = page(server.url);
    connection.reset();
    await vi.waitFor(() => expect(seen.at(-1)).toBe('message whole #1'));
    drop((await server.request(1)).response);
    expect((await server.request(2)).lastEventId).toBe('1');
    expect(seen.slice(2)).toEqual(['message whole #1', `error ${CONNECTING}`]);
    expect(records.find((record) => record.type === 'reestablish' && !record.forced)).toMatchObject({
      cause: { type: cause },
    });
  });

  test('for ever while nobody listens at the port', async () => {
    const gone = await streamServer();
    await gone.close();
    const { connection, records } = page(gone.url);
    connection.reset();
    await vi.waitFor(() => expect(records.filter(({ type }) => type === 'connect').length).toBeGreaterThan(3));
    expect(connection.readyState).toBe(CONNECTING);
  });

  test('after the time that the server asked for', async () => {
    server = await streamServer(inTurn(end('retry: 400\n\n'), openStream));
    const { connection, records } = page(server.url);
    // Before it ended: a busy machine sees an end late, and the wait from there would look too short.
    const before = performance.now();
    connection.reset();
    await server.request(1);
    await vi.waitFor(() => expect(records.at(-1)).toMatchObject({ type: 'reestablish', forced: false }));
    await server.request(2);
    // A timer never fires early, but for the rounding of whole milliseconds.
    expect(performance.now() - before).toBeGreaterThan(399);
    expect(records).toContainEqual({ type: 'retry', value: '400', size: 3 });
  });
});

describe('reads the stream', () => {
  test('with characters torn between chunks, and strips one byte order mark only', async () => {
    const bytes = Buffer.from('\uFEFFdata: \uFEFF☃💥\n\n\uFEFFdata: no field\n\ndata: end\n\n');
    server = await streamServer();
    const { connection, seen } = page(server.url);
    connection.reset();
    const { response } = await server.request(1);
    // Each byte is a chunk of the response; the network may join them, but a character is torn somewhere.
    for (const byte of bytes) response.write(Buffer.of(byte));
    await vi.waitFor(() => expect(seen.at(-1)).toBe('message end #'));
    expect(seen.slice(2)).toEqual(['message \uFEFF☃💥 #', 'message end #']);
  });

  test('keeps the last event ID for events that carry none, and dispatches named types', async () => {
    server = await streamServer(write('id: 5\nevent: tick\ndata: a\n\ndata: b\n\ndata\n\nid: n\0ul\ndata: c\n\n'));
    const { connection, seen } = page(server.url);
    connection.reset();
    await vi.waitFor(() => expect(seen.slice(2)).toEqual(['tick a #5', 'message b #5', 'message  #5', 'message c #5']));
  });

  test('shows comments, retry and blocks that only set an id', async () => {
    server = await streamServer(write(': hello\nretry: 20\nid: 9\n\ndata: x\n\n'));
    const { connection, records } = page(server.url);
    connection.reset();
    await vi.waitFor(() => expect(records.at(-1)?.type).toBe('dispatch'));
    expect(records.slice(3)).toMatchObject([
      { type: 'comment', value: 'hello' },
      { type: 'retry', value: '20' },
      { type: 'id', value: '9' },
      { type: 'dispatch', data: 'x', lastEventId: '9' },
    ]);
  });

  test('as Firefox does where that differs: no id without data', async () => {
    server = await streamServer();
    const { connection, seen } = page(server.url, { profile: { ...FIREFOX, reconnectionTime: 10 } });
    connection.reset();
    const { response } = await server.request(1);
    response.write('id: 9\n\ndata: x\n\n');
    await vi.waitFor(() => expect(seen).toEqual([`error ${CONNECTING}`, `open ${OPEN}`, 'message x #']));
  });
});
