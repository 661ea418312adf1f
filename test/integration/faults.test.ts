import { describe, expect, test, vi } from 'vitest';
import { CHROMIUM, FIREFOX } from '../../src/page/managed/browser-profile.ts';
import type { FaultType } from '../../src/protocol/command.ts';
import { browse, endings, faults, opened, page, serve, server, until } from '../support/greeted.ts';
import type { ManagedSource } from '../support/managed-source.ts';
import { openStream } from '../support/stream-server.ts';

describe('resumes after a reset', () => {
  const written = 'id: a\ndata: a\n\ndata: b\n\nid: c\ndata: c\n\nid: d\ndata: d\n\n';
  test.each([
    ['with the id kept', { type: 'kept' }, 'd'],
    ['without an id', { type: 'dropped' }, undefined],
    ['with the id of the event before', { type: 'old', events: 1 }, 'c'],
    ['with the id that an event without one had', { type: 'old', events: 2 }, 'a'],
    ['with the oldest where there are not so many', { type: 'old', events: 99 }, 'e1'],
    ['with a given id', { type: 'given', id: 'ünï☃' }, 'ünï☃'],
  ] as const)('%s', async (_, resume, sent) => {
    const { source } = await opened();
    (await server.request(1)).response.write(written);
    await until(source, 'message d #d');
    page.order({ type: 'reset', resume });
    expect((await server.request(2)).lastEventId).toBe(sent);
    expect(endings(source.records)).toEqual([
      { type: 'reestablish', forced: true, fault: 'reset', cause: { type: 'network' }, lastEventId: sent ?? '' },
    ]);
  });

  test('and an event without an id then has the one that was sent, as if the server had set it', async () => {
    await serve((response, n) => {
      openStream(response);
      response.write(n === 1 ? 'id: 1\ndata: x\n\n' : 'data: y\n\n');
    });
    const source = page.open(server.url);
    await until(source, 'message x #1');
    page.order({ type: 'reset', resume: { type: 'given', id: 'g' } });
    await until(source, 'message y #g');
  });
});

describe('attempts', () => {
  test('refused so often, and no request reaches the server meanwhile', async () => {
    const { source } = await opened();
    page.order({ type: 'refuse' }, { times: 2 });
    expect(page.inForce).toEqual([1]);
    page.order({ type: 'reset', resume: { type: 'kept' } });
    await until(source, 'message 2 #e2');
    expect(source.seen.slice(2)).toEqual(['error 0', 'error 0', 'error 0', 'open 1', 'message 2 #e2']);
    expect(server.served).toHaveLength(2);
    expect((await server.request(2)).lastEventId).toBe('e1');
    expect(source.records.filter(({ type }) => type === 'connect')).toHaveLength(4);
    expect(endings(source.records).slice(1)).toMatchObject(
      [1, 2].map(() => ({ type: 'reestablish', forced: true, fault: 'refuse', cause: { type: 'network' } })),
    );
    expect(faults(source.records)).toEqual(['refuse begin', 'refuse act 1', 'refuse act 1', 'refuse end']);
    expect(page.inForce).toEqual([]);
  });

  test.each([
    ['chromium, at another origin', CHROMIUM, 'error 0'],
    ['firefox, at another origin', FIREFOX, 'error 2'],
  ])('refused as the browser has it: %s', async (_, profile, last) => {
    browse({ ...profile, reconnectionTime: 30 });
    page.order({ type: 'refuse' });
    await until(page.open(server.url), last);
    expect(server.served).toHaveLength(0);
  });

  test.each([
    [503, 'text/event-stream', { type: 'status', status: 503 }],
    [204, '', { type: 'status', status: 204 }],
    [200, 'text/html', { type: 'content-type', contentType: 'text/html' }],
  ])('answered with %i %s', async (status, contentType, cause) => {
    const { source } = await opened();
    page.order({ type: 'respond', status, contentType }, { times: 1 });
    page.order({ type: 'reset', resume: { type: 'kept' } });
    await until(source, 'error 2');
    // The request was made, and ended.
    await (await server.request(2)).gone;
    expect(endings(source.records).at(-1)).toEqual({ type: 'fail', forced: true, fault: 'respond', cause });
    expect(faults(source.records)).toEqual(['respond begin', 'respond act 1', 'respond end']);
    expect(page.inForce).toEqual([]);
  });

  test('answered with an event stream that ends at once', async () => {
    const source = page.open(server.url);
    await until(source, 'message 1 #e1');
    page.order({ type: 'respond', status: 200, contentType: 'text/event-stream' }, { times: 1 });
    page.order({ type: 'reset', resume: { type: 'kept' } });
    await until(source, 'message 3 #e3');
    expect(source.seen.slice(2)).toEqual(['error 0', 'open 1', 'error 0', 'open 1', 'message 3 #e3']);
  });

  test('left hanging: the request is there, its answer only when the fault is undone', async () => {
    const { source } = await opened();
    const order = page.order({ type: 'hang', duration: 1e9 }, { times: 1 });
    page.order({ type: 'reset', resume: { type: 'kept' } });
    await server.request(2);
    await vi.waitFor(() => expect(faults(source.records)).toEqual(['hang begin', 'hang act 1']));
    expect(source.seen.slice(2)).toEqual(['error 0']);
    page.undo(order);
    await until(source, 'message 2 #e2');
    expect(faults(source.records).at(-1)).toBe('hang end');
  });

  test('left hanging for a time', async () => {
    const { source } = await opened();
    page.order({ type: 'hang', duration: 300 }, { times: 1 });
    page.order({ type: 'reset', resume: { type: 'kept' } });
    await server.request(2);
    const asked = performance.now();
    await until(source, 'message 2 #e2');
    expect(performance.now() - asked).toBeGreaterThan(200);
  });

  test('a close() while one hangs ends it at the server', async () => {
    const { source } = await opened();
    page.order({ type: 'hang', duration: 1e9 });
    page.order({ type: 'reset', resume: { type: 'kept' } });
    const { gone } = await server.request(2);
    source.connection.close();
    await gone;
    expect(faults(source.records).at(-1)).toBe('hang end');
  });
});

test('an outage loses the connection and fails attempts until its time is over', async () => {
  const { source } = await opened();
  page.order({ type: 'outage', duration: 600, resume: { type: 'dropped' } });
  const { gone } = await server.request(1);
  await gone;
  await until(source, 'message 2 #e2');
  expect((await server.request(2)).lastEventId).toBeUndefined();
  const forced = endings(source.records);
  expect(forced.length).toBeGreaterThan(1);
  expect(new Set(forced.map(({ fault }) => fault))).toEqual(new Set<FaultType>(['outage']));
  expect(faults(source.records)).toEqual(['outage begin', ...forced.slice(1).map(() => 'outage act 1'), 'outage end']);
  expect(page.inForce).toEqual([]);
});

test('an outage that begins while a source waits resumes as it is told to, too', async () => {
  const { source } = await opened();
  source.target.addEventListener(
    'error',
    () => page.order({ type: 'outage', duration: 1, resume: { type: 'given', id: 'g' } }),
    { once: true },
  );
  page.order({ type: 'reset', resume: { type: 'kept' } });
  expect((await server.request(2)).lastEventId).toBe('g');
});

test('an outage is over when it is undone', async () => {
  const { source } = await opened();
  const order = page.order({ type: 'outage', duration: 1e9, resume: { type: 'kept' } });
  await vi.waitFor(() => expect(endings(source.records).length).toBeGreaterThan(2));
  page.undo(order);
  await until(source, 'message 2 #e2');
});

test('fail: error with CLOSED, and nothing follows', async () => {
  const { source } = await opened();
  page.order({ type: 'fail' });
  await until(source, 'error 2');
  await (await server.request(1)).gone;
  expect(endings(source.records)).toEqual([{ type: 'fail', forced: true, fault: 'fail' }]);
  expect(page.order({ type: 'fail' }, { scope: { type: 'source', source: 1 } })).toBe('closed');
});

describe('what is left of a fault is told', () => {
  const left = ({ records }: ManagedSource) =>
    records.flatMap((record) =>
      record.type === 'fault' && record.phase === 'left' ? [record.used ?? record.until ?? Number.NaN] : [],
    );

  test('by attempts, with each that it had', async () => {
    page.order({ type: 'refuse' }, { times: 3 });
    const source = page.open(server.url);
    await until(source, 'message 1 #e1');
    expect(left(source)).toEqual([1, 2, 3]);
  });

  test('by connections, whatever the fault changed on them', async () => {
    const { source } = await opened();
    page.order({ type: 'drop', probability: 1 }, { times: 2 });
    expect(left(source)).toEqual([1]);
    page.order({ type: 'reset', resume: { type: 'kept' } });
    await vi.waitFor(() => expect(left(source)).toEqual([1, 2]));
  });

  test('not where there is no end to it', async () => {
    const { source } = await opened();
    page.order({ type: 'drop', probability: 1 });
    page.order({ type: 'reset', resume: { type: 'kept' } });
    await server.request(2);
    await vi.waitFor(() => expect(source.seen.filter((one) => one === 'open 1')).toHaveLength(2));
    expect(left(source)).toEqual([]);
  });

  test('by time, to all sources, also to one that is made while it runs', async () => {
    const { source } = await opened();
    const before = Date.now();
    page.order({ type: 'outage', duration: 60_000, resume: { type: 'kept' } });
    const after = Date.now();
    const late = page.open(`${server.url}?late`);
    const [time = 0] = left(source);
    expect(left(late)).toEqual([time]);
    // The page's clock has a fraction, and is another one by some milliseconds.
    expect(time).toBeGreaterThan(before + 60_000 - 50);
    expect(time).toBeLessThan(after + 60_000 + 50);
  });

  test('by time that begins with a connection, where it does', async () => {
    const { source } = await opened();
    const waiting = vi.fn(() => {
      page.order({ type: 'silence', duration: 60_000, arrives: 'late' });
      return [faults(source.records), left(source)];
    });
    source.target.addEventListener('error', waiting, { once: true });
    page.order({ type: 'reset', resume: { type: 'kept' } });
    await vi.waitFor(() => expect(left(source)).toHaveLength(1));
    expect(waiting).toHaveReturnedWith([['silence begin'], []]);
  });
});

describe('whom an order is for', () => {
  test('one source, and the next one of its URL when it has ended', async () => {
    const { source: first } = await opened();
    const other = page.open(`${server.url}?other`);
    page.order({ type: 'respond', status: 503, contentType: '' }, { scope: { type: 'source', source: 1 } });
    expect(page.ground.orders.want(`${server.url}?since=4`)).toBe(false);
    first.connection.close();
    expect(page.ground.orders.want(`${server.url}?since=4`)).toBe(true);
    expect(page.ground.orders.want(`${server.url}/elsewhere`)).toBe(false);
    const next = page.open(`${server.url}?since=4`);
    await until(next, 'error 2');
    expect(faults(other.records)).toEqual([]);
    expect(faults(first.records)).toEqual(['respond begin', 'respond end']);
    expect(page.inForce).toEqual([1]);
  });

  test('a part of the URL, with anything where a star is', async () => {
    const { orders } = page.ground;
    page.order({ type: 'refuse' }, { scope: { type: 'pattern', pattern: '/a*z?' }, times: 1 });
    expect(orders.want('http://x/a/b/z?1')).toBe(true);
    expect(orders.want('http://x/az?')).toBe(true);
    expect(orders.want('http://x/az')).toBe(false);
    expect(orders.want('http://x/z?/a')).toBe(false);
  });

  test('a pattern stays in force when a stream has used it up: other streams may come', async () => {
    page.order({ type: 'refuse' }, { scope: { type: 'pattern', pattern: '/events' }, times: 1 });
    const source = page.open(server.url);
    await until(source, 'message 1 #e1');
    expect(source.seen).toEqual(['error 0', 'open 1', 'message 1 #e1']);
    expect(faults(source.records)).toEqual(['refuse begin', 'refuse act 1', 'refuse end']);
    expect(page.inForce).toEqual([1]);
    expect(page.ground.orders.want(`${server.url}?again`)).toBe(false);
    expect(page.ground.orders.want(`${server.url}/more`)).toBe(true);
  });

  test('two sources of one stream together have the attempts that were ordered', async () => {
    const { source: one } = await opened();
    const other = page.open(`${server.url}?other`);
    await until(other, 'message 2 #e2');
    page.order({ type: 'refuse' }, { times: 1 });
    page.order({ type: 'reset', resume: { type: 'kept' } }, { scope: { type: 'source', source: 2 } });
    await until(other, 'message 3 #e3');
    expect(faults(other.records)).toEqual(['refuse begin', 'refuse act 1', 'refuse end']);
    expect(faults(one.records)).toEqual(['refuse begin', 'refuse end']);
    expect(page.inForce).toEqual([]);
  });

  test('of several of a kind the first one acts, then the next', async () => {
    page.order({ type: 'refuse' }, { times: 1 });
    page.order({ type: 'refuse' }, { times: 1 });
    const source = page.open(server.url);
    await until(source, 'message 1 #e1');
    const acted = source.records.filter((record) => record.type === 'fault' && record.phase === 'act');
    expect(acted).toMatchObject([{ order: 1 }, { order: 2 }]);
  });

  test('no source that is gone, closed, or has nothing to lose', async () => {
    const { source } = await opened();
    const scope = { type: 'source', source: 1 } as const;
    expect(page.order({ type: 'fail' }, { scope: { type: 'source', source: 9 } })).toBe('gone');
    const refusals: unknown[] = [];
    // The wait has begun when the event is fired.
    source.target.addEventListener('error', () =>
      refusals.push(page.order({ type: 'reset', resume: { type: 'kept' } }, { scope })),
    );
    page.order({ type: 'reset', resume: { type: 'kept' } });
    await until(source, 'message 2 #e2');
    expect(refusals).toEqual(['waiting']);
    source.connection.close();
    expect(page.order({ type: 'silence', duration: 1, arrives: 'late' }, { scope })).toBe('closed');
  });
});
