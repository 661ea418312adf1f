import { expect, test } from 'vitest';
import { findings } from '../../../src/model/findings.ts';
import type { Log } from '../../../src/model/log.ts';
import { logWith } from '../../support/network-story.ts';
import { logOf } from '../../support/story.ts';

const END = 1_000_000;
const of = (log: Log, now = log.newest ?? 0) => findings(log.sources, now);
const types = (text: string, now?: number) => of(logOf(text), now).map(({ type }) => type);
const values = (text: string, now?: number) => of(logOf(text), now).map((one) => ({ type: one.type, ...one.values }));

const begun = 'construct /events · connect · announce';
const repeat = (count: number, step: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => step(index + 1)).join(' · ');

test('nothing is found where nothing is wrong', () => {
  expect(types('')).toEqual([]);
  expect(types(`${begun} · ${repeat(30, (n) => `dispatch ${n}`)}`)).toEqual([]);
  const reconnects = `${begun} · ${repeat(4, (n) => `dispatch ${n}`)} · reestablish end · +3000 connect managed · announce 200 · dispatch 5`;
  expect(types(reconnects)).toEqual([]);
});

test('what was lost or came again is a finding, with all its reconnects', () => {
  const reconnect = 'reestablish network · +3000 connect managed · announce 200';
  const text = `${begun} · ${repeat(5, (n) => `dispatch ${n}`)} · ${reconnect} · dispatch 8 · dispatch 9
    ${reconnect} · dispatch 12`;
  expect(values(text)).toEqual([{ type: 'lost', count: 4, reconnects: 2 }]);
});

test('a source that gave up says why; one that went with its page, or was closed, did not', () => {
  expect(values(`${begun} · reestablish network · connect · fail status=503`)).toEqual([
    { type: 'gave-up', cause: 'status', status: 503 },
  ]);
  expect(types(`${begun} · close`)).toEqual([]);
  expect(types(`${begun} · fail · +5 bye`)).toEqual([]);
  const [forced] = of(logOf(`${begun} · fail forced`));
  expect(forced).toMatchObject({ type: 'gave-up', severity: 'notice' });
  expect(forced?.evidence.map(({ type }) => type)).toEqual(['attempt', 'fault']);
});

test('who makes a new one for the same stream has not given up; a new one for another stream says nothing', () => {
  const failed = '#1 construct https://app.test/events · connect · fail status=503';
  const made = (url: string) => `${failed} · #2 @2000 construct https://app.test${url} · connect · announce`;
  expect(types(made('/events?lastEventId'))).toEqual([]);
  expect(types(made('/events?room-2'))).toEqual(['gave-up']);
  expect(types(made('/other'))).toEqual(['gave-up']);
});

test('reconnects in a row that bring nothing are a loop; with a longer wait each time, or with events, they are not', () => {
  const again = (wait: (n: number) => number) =>
    repeat(7, (n) => `reestablish network · +${wait(n)} connect managed start`);
  expect(types(`${begun} · ${again(() => 300)}`)).toEqual(['loop']);
  expect(types(`${begun} · ${again((n) => 200 * 2 ** n)}`)).toEqual([]);
  expect(types(`${begun} · ${again(() => 3000)}`)).toEqual([]);
  expect(
    types(`${begun} · ${repeat(7, (n) => `dispatch ${n} · reestablish end · +300 connect managed · announce`)}`),
  ).toEqual([]);
  expect(types(`${begun} · ${repeat(7, () => 'reestablish forced · +300 connect managed · announce')}`)).toEqual([]);
});

test('several sources that try again at once are a storm; two are none', () => {
  const story = (count: number) =>
    `${repeat(count, (n) => `#${n} construct https://app.test/${n} · connect · announce`)}
     ${repeat(count, (n) => `#${n} @${5000 + n} reestablish network`)}
     ${repeat(count, (n) => `#${n} @${8000 + n * 10} connect managed start`)}`;
  expect(values(story(4))).toEqual([{ type: 'storm', count: 4, duration: 30, host: 'https://app.test' }]);
  expect(types(story(2))).toEqual([]);
});

test('a source that is made while the one before it tries again is a fight, if both live on', () => {
  const first = '#1 construct https://app.test/events · connect · announce · dispatch 1 · @1000 reestablish network';
  const second = '#2 @1010 construct https://app.test/events?lastEventId · connect · announce';
  expect(types(`${first} · ${second} · #1 @4000 connect managed`)).toEqual(['fighting']);
  // The app closes the old one when it has made the new one, as it should.
  expect(types(`${first} · ${second} · #1 @1020 close · #2 @4000 dispatch 2`)).toEqual([]);
  // Two sources for one stream, and nothing was wrong with the first.
  expect(
    types(`#1 construct https://app.test/events · connect · announce · #2 construct https://app.test/events
    connect · announce · @9000 dispatch 1`),
  ).toEqual([]);
  // Another stream of the same server.
  expect(
    types(`${first} · #2 @1010 construct https://app.test/events?room-2 · connect · announce · #1 @4000 connect`),
  ).toEqual([]);
});

test('types that nobody listens for are named; not those that were heard once, or came only once', () => {
  expect(values(`${begun} · dispatch 1 message · dispatch 2 tick unheard · dispatch 3 tick unheard`)).toEqual([
    { type: 'unheard', event: 'tick', count: 2 },
  ]);
  expect(types(`${begun} · dispatch 1 message · dispatch 2 tick unheard`)).toEqual([]);
  expect(types(`${begun} · dispatch 1 tick unheard · dispatch 2 tick unheard · listen tick · dispatch 3 tick`)).toEqual(
    [],
  );
});

test('an event with the name of an error is no error', () => {
  expect(types(`${begun} · dispatch 1 error · dispatch 2`)).toEqual(['error-event']);
  expect(types(`${begun} · reestablish network`)).toEqual([]);
});

test('a stream without ids is told when there was enough of it', () => {
  expect(types(`${begun} · ${repeat(9, () => 'dispatch')}`)).toEqual([]);
  expect(types(`${begun} · ${repeat(10, () => 'dispatch')}`)).toEqual(['no-ids']);
  expect(types(`${begun} · ${repeat(10, () => 'dispatch')} · id 7`)).toEqual([]);
});

test('ids that come back are told; one id for several events in a row, or after a reconnect, is not', () => {
  expect(values(`${begun} · dispatch a · dispatch b · dispatch a`)).toEqual([{ type: 'ids-repeated', id: 'a' }]);
  expect(types(`${begun} · dispatch a · dispatch a · dispatch a · dispatch b · dispatch b`)).toEqual([]);
  expect(types(`${begun} · dispatch a · dispatch b · reestablish end · +3000 connect · announce · dispatch a`)).toEqual(
    [],
  );
});

test('ids that go back once among many that rise are told; ids that fall, or are random, are not', () => {
  const rising = repeat(12, (n) => `dispatch ${n * 10}`);
  expect(values(`${begun} · ${rising} · dispatch 85`)).toEqual([{ type: 'ids-backwards', id: '85' }]);
  expect(types(`${begun} · ${repeat(20, (n) => `dispatch ${900 - n}`)}`)).toEqual([]);
  expect(types(`${begun} · ${[5, 17, 3, 40, 12, 8, 33, 21, 2, 60].map((id) => `dispatch ${id}`).join(' · ')}`)).toEqual(
    [],
  );
});

test('a silence is much longer than the longest pause before it; a stream that comes in bursts has long pauses', () => {
  const steady = `${begun} · ${repeat(25, (n) => `+1000 dispatch ${n}`)}`;
  expect(types(steady, 25_000 + 8000)).toEqual([]);
  expect(values(steady, 25_200 + 30_000)).toEqual([{ type: 'silence', duration: 30_000, usual: 1000 }]);
  expect(types(`${steady} · +30000 dispatch 26`)).toEqual(['silence']);
  const bursty = repeat(30, (n) => `+${n % 5 === 0 ? 8000 : 100} dispatch ${n}`);
  expect(types(`${begun} · ${bursty}`, 30 * 100 + 6 * 8000 + 20_000)).toEqual([]);
  // Comments are signs of life.
  expect(types(`${steady} · +5000 comment · +5000 comment · +5000 comment`, 25_200 + 16_000)).toEqual([]);
});

test('bursts are told where seldom anything else comes; not what a reconnect brings at first', () => {
  const burst = (n: number) => repeat(12, (k) => `+${k === 1 ? 2000 : 1} dispatch ${n * 100 + k}`);
  expect(values(`${begun} · ${repeat(8, burst)}`)).toEqual([{ type: 'bursts', count: 12 }]);
  expect(types(`${begun} · ${repeat(40, (n) => `dispatch ${n}`)}`)).toEqual([]);
  const caught = (n: number) => `reestablish end · +3000 connect · announce · ${burst(n)}`;
  expect(types(`${begun} · dispatch 1 · ${repeat(8, caught)}`)).not.toContain('bursts');
});

test('a source that is open for long, and whose events nobody hears, is leaked', () => {
  const unheard = `${begun} · ${repeat(8, (n) => `+1000 dispatch ${n} message unheard`)}`;
  expect(values(unheard, 75_000)).toEqual([{ type: 'leaked', duration: 70_000 }]);
  expect(types(unheard, 20_000)).toEqual(['unheard']);
});

test('the seventh stream to a host waits: the host is named', () => {
  const log = logWith(
    repeat(
      7,
      (n) =>
        `#${n} @${n * 100} construct https://app.test/${n} · connect ${n < 7 ? `· @${n * 100 + 30} announce` : ''}`,
    ),
    `${repeat(6, (n) => `request https://app.test/${n} @${n * 100} · response 200 @${n * 100 + 20}`)} · request https://app.test/7 @700`,
    END,
  );
  expect(of(log, 5000)).toMatchObject([{ type: 'six-connections', values: { host: 'app.test', count: 1 } }]);
});

test('the same list again while nothing new is found; bad ones first', () => {
  const log = logOf(`${begun} · dispatch a · dispatch b · dispatch a · fail status=500`);
  const list = of(log);
  expect(list.map(({ type }) => type)).toEqual(['gave-up', 'ids-repeated']);
  expect(of(log)).toBe(list);
  for (const { evidence } of list) expect(evidence.length).toBeGreaterThan(0);
});
