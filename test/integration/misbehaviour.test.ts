import { describe, expect, test } from 'vitest';
import { eventOf, type Feed, feed } from '../lab/feed.ts';
import { type Misbehaviours, turnedTo } from '../lab/misbehaviour.ts';
import type { Client } from '../lab/raw-client.ts';
import { connect, lab } from '../support/fresh-lab.ts';

const FEED: Feed = { at: [10, 20, 30, 40, 50, 60, 70, 80], retry: 500 };
const event = (id: number) => eventOf(FEED, id);
const RETRY = 'retry: 500\n\n';
/** mulberry32's first numbers for seed 7, from its author's own code: below a half are the 1st, 2nd, 6th, 7th and 8th. */
const SEED = 7;

const ask = (id?: number) => connect('/feed', id === undefined ? {} : { headers: { 'Last-Event-ID': id } });
/** Resolves when the port is open again. */
const back = () =>
  expect
    .poll(() =>
      ask().then(
        ({ status }) => status,
        () => 'refused',
      ),
    )
    .toBe(200);

/** A client of a feed that misbehaves so. */
function misbehaving(misbehaviours: Misbehaviours, plan = FEED): Promise<Client> {
  lab.behave('/feed', feed(plan, misbehaviours, { lab }));
  return ask();
}

/** When each of so many events was there, from now. */
async function arrivals(client: Client, count: number): Promise<number[]> {
  const start = performance.now();
  const times: number[] = [];
  await client.until((c) => {
    while (times.length < c.ids().length) times.push(performance.now() - start);
    return times.length === count;
  });
  return times;
}

describe('a feed', () => {
  test('is the same bytes each time, and goes on after the id that it is told', async () => {
    const first = await misbehaving([]);
    await first.until((c) => c.ids().length === 8);
    expect(first.text()).toBe(RETRY + [1, 2, 3, 4, 5, 6, 7, 8].map(event).join(''));
    const next = await ask(41);
    await next.until((c) => c.ids().length === 8);
    expect(next.ids()[0]).toBe(42);
  });
});

describe('what is done to a connection', () => {
  test.each([
    ['reset', 'ECONNRESET'],
    ['end', 'end'],
    ['cut', 'ECONNRESET'],
  ] as const)('%s', async (type, how) => {
    const client = await misbehaving([{ type, at: 150, last: 1 }]);
    expect(await client.ended).toBe(how);
    expect(client.ids()).toHaveLength(8);
    expect(lab.connections[0]?.closed?.by).toBe('server');
    // The next attempt is spared.
    await (await ask()).until((c) => c.ids().length === 8);
  });

  test('the port is closed, for a time', async () => {
    const client = await misbehaving([{ type: 'down', at: 50, duration: 200, last: 1 }]);
    expect(await client.ended).toBe('ECONNRESET');
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await back();
  });

  test('the port is closed until attempts have failed', async () => {
    let failed = (): void => {};
    const enough = new Promise<void>((resolve) => {
      failed = resolve;
    });
    const counted: number[] = [];
    const surroundings = {
      lab,
      failed(attempts: number) {
        counted.push(attempts);
        return enough;
      },
    };
    lab.behave('/feed', feed(FEED, [{ type: 'down', at: 50, attempts: 2, last: 1 }], surroundings));
    await (await ask()).ended;
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    failed();
    await back();
    expect(counted).toEqual([2]);
  });

  test.each([503, 500, 429, 401, 404, 204, 200])('answers %i', async (status) => {
    const client = await misbehaving([{ type: 'answer', status, contentType: 'text/html' }]);
    await client.ended;
    expect([client.status, client.headers['content-type']]).toEqual([status, status === 204 ? undefined : 'text/html']);
  });

  test('holds headers back, and what happens meanwhile', async () => {
    const start = performance.now();
    const client = await misbehaving([{ type: 'hold', until: 300 }]);
    expect(performance.now() - start).toBeGreaterThan(250);
    await client.until((c) => c.ids().length === 8);
    expect(client.text().startsWith(RETRY)).toBe(true);
  });
});

describe('what is done to the bytes', () => {
  test.each([
    ['lost', [1, 2, 7, 8]],
    ['late', [1, 2, 3, 4, 5, 6, 7, 8]],
  ] as const)('silence, and what happens in it is %s', async (what, ids) => {
    const at = [10, 20, 300, 310, 320, 330, 700, 710];
    const client = await misbehaving([{ type: 'mute', from: 150, to: 500, what }], { at });
    const times = await arrivals(client, ids.length);
    expect(client.ids()).toHaveLength(ids.length);
    // Those at 20, and at 320 or later.
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThan(400);
    expect(lab.connections[0]?.closed).toBeUndefined();
  });

  test('late, in their order', async () => {
    const start = performance.now();
    const client = await misbehaving([{ type: 'late', delay: 200, jitter: 100, seed: SEED }]);
    await client.until((c) => c.ids().length === 8);
    expect(client.ids()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(performance.now() - start).toBeGreaterThan(100);
  });

  test('slow, so many bytes a second, also in the middle of a character', async () => {
    const start = performance.now();
    const client = await misbehaving([{ type: 'slow', rate: 200 }], { at: [0, 0] });
    await client.until((c) => c.ids().length === 2 && c.text().endsWith('more\n\n'));
    const bytes = Buffer.byteLength(event(1) + event(2));
    expect(client.text()).toBe(`:\n\n${event(1)}${event(2)}`);
    expect(performance.now() - start).toBeGreaterThan((bytes / 200) * 1000 - 100);
  });

  test('in bursts', async () => {
    const client = await misbehaving([{ type: 'buffered', every: 300 }]);
    const [first = 0] = await arrivals(client, 8);
    // The first one happened at 10.
    expect(first).toBeGreaterThan(200);
  });

  test.each([
    ['after 2 events', { after: 2, unit: 'events', inside: false }, RETRY + event(1) + event(2)],
    ['in the middle of the 3rd', { after: 2, unit: 'events', inside: true }, RETRY + event(1) + event(2)],
    ['before any', { after: 0, unit: 'events', inside: true }, RETRY],
  ] as const)('cut %s', async (_, how, whole) => {
    const client = await misbehaving([{ type: 'cut short', ...how }]);
    expect(await client.ended).toBe('ECONNRESET');
    expect(client.text().startsWith(whole)).toBe(true);
    const rest = client.text().slice(whole.length);
    expect(rest === '').toBe(!how.inside);
    expect(rest).not.toContain('\n\n');
  });

  test('cut in the middle of a character', async () => {
    const after = Buffer.byteLength(RETRY + event(1)) + Buffer.byteLength('id: 2\ndata: event 2 ☃') + 2;
    const client = await misbehaving([{ type: 'cut short', after, unit: 'bytes', inside: false }]);
    await client.ended;
    expect(client.text()).toBe(`${RETRY}${event(1)}id: 2\ndata: event 2 ☃`);
  });

  test('something is written between', async () => {
    const client = await misbehaving([turnedTo(150, '3')]);
    await client.until((c) => c.text().endsWith('unheard\ndata\n\n'));
    expect(client.text().endsWith(`${event(8)}id: 3\nevent: unheard\ndata\n\n`)).toBe(true);
  });
});

describe('what is done to the events, by seed', () => {
  test.each([
    ['lose', [3, 4, 5]],
    ['repeat', [1, 1, 2, 2, 3, 4, 5, 6, 6, 7, 7, 8, 8]],
    // The 8th waits for one to change places with.
    ['swap', [2, 1, 3, 4, 5, 7, 6]],
  ] as const)('%s', async (type, ids) => {
    const client = await misbehaving([{ type, probability: 0.5, seed: SEED }]);
    await client.until((c) => c.ids().length === ids.length);
    expect(client.ids()).toEqual(ids);
  });

  test('goes on in the next connection where the last one ended', async () => {
    const first = await misbehaving([{ type: 'lose', probability: 0.5, seed: SEED }], { at: [10, 20, 30] });
    await first.until((c) => c.ids().length === 1);
    const second = await ask(3);
    await second.until((c) => c.ids().length === 2);
    expect([first.ids(), second.ids()]).toEqual([[3], [4, 5]]);
  });
});
