import type { ServerResponse } from 'node:http';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { randomFrom } from '../../src/page/faults/random.ts';
import { FIREFOX } from '../../src/page/managed/browser-profile.ts';
import { browse, endings, faults, opened, page, server, until } from '../support/greeted.ts';

describe('on a stream that is there', () => {
  test('a cut loses the connection after so many events, as a lost network does, at the server too', async () => {
    const { source, response } = await opened();
    page.order({ type: 'cut', after: 2, unit: 'events', inside: false }, { times: 1 });
    response.write('id: a\ndata: a\n\n: comment\n\nid: b\ndata: b\n\nid: c\ndata: c\n\n');
    await (await server.request(1)).gone;
    await until(source, 'message 2 #e2');
    expect(source.seen.slice(1)).toEqual([
      'message 1 #e1',
      'message a #a',
      'message b #b',
      'error 0',
      'open 1',
      'message 2 #e2',
    ]);
    expect((await server.request(2)).lastEventId).toBe('b');
    expect(endings(source.records)).toEqual([
      { type: 'reestablish', forced: true, fault: 'cut', cause: { type: 'network' }, lastEventId: 'b' },
    ]);
    expect(faults(source.records)).toEqual(['cut begin', 'cut act 1', 'cut end']);
    expect(page.inForce).toEqual([]);
  });

  test('a cut in the middle of an event: the page never sees that one', async () => {
    const { source, response } = await opened();
    page.order({ type: 'cut', after: 0, unit: 'events', inside: true }, { times: 1 });
    response.write('id: a\ndata: a\n\n');
    await until(source, 'message 2 #e2');
    expect((await server.request(2)).lastEventId).toBe('e1');
    expect(source.seen).not.toContain('message a #a');
  });

  test('a cut after nothing, for as many connections as were ordered', async () => {
    const { source } = await opened();
    page.order({ type: 'cut', after: 0, unit: 'bytes', inside: false }, { times: 3 });
    await until(source, 'message 4 #e4');
    expect(source.seen.slice(2)).toEqual([
      'error 0',
      'open 1',
      'error 0',
      'open 1',
      'error 0',
      'open 1',
      'message 4 #e4',
    ]);
    expect(page.inForce).toEqual([]);
  });

  test('silence: OPEN, and nothing arrives, not even the end; then all of it', async () => {
    const { source, response } = await opened();
    page.order({ type: 'silence', duration: 250, arrives: 'late' });
    response.end('id: a\ndata: a\n\ndata: b\n\n');
    await until(source, 'message 2 #e2');
    const acted = source.records.findIndex((record) => record.type === 'fault' && record.phase === 'act');
    const arrived = source.records.findIndex((record) => record.type === 'dispatch' && record.data === 'a');
    expect(source.records[acted]).toMatchObject({ fault: 'silence', count: 2 });
    expect(acted).toBeLessThan(arrived);
    expect(source.seen.slice(2)).toEqual(['message a #a', 'message b #a', 'error 0', 'open 1', 'message 2 #e2']);
    expect(endings(source.records)).toMatchObject([{ forced: false, cause: { type: 'end' } }]);
    expect(faults(source.records).at(-1)).toBe('silence end');
    expect(page.inForce).toEqual([]);
  });

  test('silence for good: what was sent meanwhile is lost', async () => {
    const { source, response } = await opened();
    const order = page.order({ type: 'silence', duration: 1e9, arrives: 'never' });
    response.write('id: a\ndata: a\n\n');
    await vi.waitFor(() => expect(faults(source.records)).toEqual(['silence begin', 'silence act 1']));
    page.undo(order);
    response.write('data: b\n\n');
    await until(source, 'message b #e1');
    expect(source.seen).not.toContain('message a #a');
  });

  test('the same damage in the same order for one seed, over several connections', async () => {
    const { source, response } = await opened();
    page.order({ type: 'drop', probability: 0.5 }, { seed: 7 });
    const write = (to: ServerResponse, from: number) => {
      for (let n = from; n < from + 20; n++) to.write(`data: n${n}\n\n`);
    };
    write(response, 0);
    response.end('data: n20\n\n');
    const second = await server.request(2);
    write(second.response, 22);
    second.response.end();
    await server.request(3);
    const random = randomFrom(7);
    // n21 is the greeting of the second connection.
    const kept = Array.from({ length: 42 }, (_, n) => n).filter(() => random() >= 0.5);
    const expected = kept.map((n) => (n === 21 ? 'message 2 #e2' : `message n${n} `));
    const first = source.seen.indexOf('message 1 #e1') + 1;
    const seen = source.seen
      .slice(first)
      .filter((line) => line.startsWith('message ') && !line.startsWith('message 3'));
    expect(seen.map((line) => (line.includes(' n') ? line.replace(/#.*/, '') : line))).toEqual(expected);
  });

  test('several at once, and everything is whole again when they are undone', async () => {
    const { source, response } = await opened();
    const orders = [
      page.order({ type: 'delay', delay: 1e8, jitter: 0 }),
      page.order({ type: 'burst', every: 1e8 }),
      page.order({ type: 'reorder', probability: 1 }),
    ];
    response.write('data: a\n\ndata: b\n\ndata: c\n\n');
    await vi.waitFor(() => expect(faults(source.records)).toContain('delay act 3'));
    for (const order of orders) page.undo(order);
    await until(source, 'message c #e1');
    expect(source.seen.slice(2)).toEqual(['message a #e1', 'message b #e1', 'message c #e1']);
    expect(page.inForce).toEqual([]);
    response.write('data: d\n\n');
    await until(source, 'message d #e1');
  });

  test('a close() lets go of what is held back, and none of it arrives', async () => {
    const { source, response } = await opened();
    page.order({ type: 'delay', delay: 1e8, jitter: 0 });
    response.write('data: a\n\n');
    await vi.waitFor(() => expect(faults(source.records)).toContain('delay act 1'));
    source.connection.close();
    await (await server.request(1)).gone;
    expect(faults(source.records).at(-1)).toBe('delay end');
    expect(source.seen.at(-1)).toBe('message 1 #e1');
  });
});

describe('as Firefox has it, where a connection opens at its first byte', () => {
  beforeEach(() => browse({ ...FIREFOX, reconnectionTime: 30 }));

  test('one that is lost before that never opens', async () => {
    page.order({ type: 'cut', after: 0, unit: 'bytes', inside: false }, { times: 1 });
    const source = page.open(server.url);
    await until(source, 'message 2 #e2');
    expect(source.seen).toEqual(['error 0', 'open 1', 'message 2 #e2']);
  });

  test('one whose first byte is late opens late', async () => {
    const order = page.order({ type: 'delay', delay: 1e8, jitter: 0 });
    const source = page.open(server.url);
    await vi.waitFor(() => expect(faults(source.records)).toContain('delay act 1'));
    expect(source.seen).toEqual([]);
    page.undo(order);
    await until(source, 'message 1 #e1');
    expect(source.seen).toEqual(['open 1', 'message 1 #e1']);
  });

  test('an answer without a byte opens when it ends', async () => {
    page.order({ type: 'respond', status: 200, contentType: 'text/event-stream' }, { times: 1 });
    const source = page.open(server.url);
    await until(source, 'message 2 #e2');
    expect(source.seen).toEqual(['open 1', 'error 0', 'open 1', 'message 2 #e2']);
  });
});

test('an order that comes twice is one', async () => {
  const { source } = await opened();
  const order = { id: 5, fault: { type: 'refuse' }, scope: { type: 'all' }, seed: 1 } as const;
  page.do({ type: 'order', order });
  page.do({ type: 'order', order });
  expect(faults(source.records)).toEqual(['refuse begin']);
  page.undo(5);
  expect(faults(source.records)).toEqual(['refuse begin', 'refuse end']);
});

test('a dismissed document has no faults', async () => {
  const { source, response } = await opened();
  page.order({ type: 'silence', duration: 1e9, arrives: 'late' });
  page.order({ type: 'refuse' });
  response.write('data: a\n\n');
  page.ground.orders.removeAll();
  await until(source, 'message a #e1');
  expect(page.inForce).toEqual([]);
  response.end();
  await until(source, 'message 2 #e2');
});

test('chaos resets at the moments that its seed gives, until it is undone', async () => {
  const { source } = await opened();
  const begin = performance.now();
  const order = page.order({ type: 'chaos', least: 100, most: 300 }, { seed: 3 });
  source.target.addEventListener('message', (event) => {
    if ((event as MessageEvent).data === '3') page.undo(order);
  });
  await until(source, 'message 3 #e3');
  const random = randomFrom(3);
  const second = 200 + 200 * (random() + random());
  expect(performance.now() - begin).toBeGreaterThan(second - 20);
  const forced = endings(source.records);
  expect(forced).toMatchObject(forced.map(() => ({ forced: true, fault: 'chaos', cause: { type: 'network' } })));
  expect(forced).toHaveLength(2);
  expect(faults(source.records)).toEqual(['chaos begin', 'chaos act 1', 'chaos act 1', 'chaos end']);
});

describe('an event of the user’s own', () => {
  test('comes between two blocks, with its id and retry, as if the server had sent it', async () => {
    const { source, response } = await opened();
    response.write('id: half\nda');
    page.order({ type: 'inject', event: 'tick', id: 'mine', data: 'one\ntwo', retry: 40 });
    await until(source, 'tick one\ntwo #mine');
    response.write('ta: whole\n\ndata: next\n\n');
    await until(source, 'message next #half');
    expect(source.seen.at(-2)).toBe('message whole #half');
    expect(source.records.filter(({ type }) => type === 'dispatch' || type === 'retry')).toMatchObject([
      { data: '1' },
      { type: 'retry', value: '40' },
      { data: 'one\ntwo', event: 'tick', lastEventId: 'mine', injected: true, origin: new URL(server.url).origin },
      { data: 'whole', lastEventId: 'half' },
      { data: 'next' },
    ]);
    expect(source.records.filter((record) => record.type === 'dispatch' && record.injected)).toHaveLength(1);
  });

  test('is what the next attempt resumes from', async () => {
    const { response, source } = await opened();
    page.order({ type: 'inject', id: 'mine', data: '' });
    await until(source, 'message  #mine');
    response.end();
    expect((await server.request(2)).lastEventId).toBe('mine');
  });

  test('waits for the next stream where there is none', async () => {
    const { source } = await opened();
    source.target.addEventListener('error', () => page.order({ type: 'inject', data: 'first' }), { once: true });
    page.order({ type: 'reset', resume: { type: 'kept' } });
    await until(source, 'message 2 #e2');
    expect(source.seen.slice(-3)).toEqual(['open 1', 'message first #e1', 'message 2 #e2']);
  });
});
