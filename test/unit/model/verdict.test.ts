import { expect, test } from 'vitest';
import type { Resumption, Verdict } from '../../../src/model/verdict.ts';
import { verdictsOf } from '../../../src/model/verdict-list.ts';
import { logWith } from '../../support/network-story.ts';
import { sourceOf, story } from '../../support/story.ts';

/** What became of each reconnect of the one source of a story. */
const told = (text: string): Resumption[] => verdictsOf(sourceOf(text)).map(({ resumption }) => resumption);

function verdictOf(text: string): Verdict {
  const verdict = verdictsOf(sourceOf(text)).at(-1);
  if (!verdict) throw new Error('No verdict');
  return verdict;
}

/** Events with these ids; the data is that of the id, as of a server that sends an event again. */
const events = (...ids: (string | number)[]) => ids.map((id) => `dispatch ${id} data=of-${id}`).join(' · ');
const again = 'reestablish network · +3000 connect · announce';
const begun = 'construct /events · connect · announce';
const managed = 'reestablish forced · +3000 connect managed · announce 200';

const UNKNOWN = (why: string) => [{ type: 'unknown', why }];
const LIKE_NUMBERS = UNKNOWN('ids do not count');

test('there is no verdict before a connection is made anew', () => {
  expect(told('construct /events')).toEqual([]);
  expect(told(`${begun} · ${events(1, 2, 3)}`)).toEqual([]);
  expect(told(`${begun} · ${events(1, 2, 3)} · reestablish network`)).toEqual([]);
  expect(told(`${begun} · ${events(1, 2, 3)} · reestablish network · +3000 connect`)).toEqual([]);
  expect(told('construct /events · connect · reestablish network · +3000 connect · announce · dispatch 1')).toEqual([]);
});

test('says how long it took, after how many attempts, and with which id', () => {
  const verdict = verdictOf(`${begun} · retry 2500 · ${events(1, 2, 3, 4)} · @2000 reestablish network
    @5000 connect · @5001 reestablish network · @8000 connect managed · @8100 announce 200 · ${events(5, 6)}`);
  expect(verdict).toMatchObject({
    source: 'A:1',
    attempt: 3,
    lost: 2000,
    downtime: 6100,
    attempts: 2,
    observedDelay: 3000,
    reconnectionTime: 2500,
    sentId: '4',
    firstId: '5',
    resumption: { type: 'exact', by: 'integers' },
  });
  expect(verdict.evidence.map((one) => [one.type, 'seq' in one ? one.seq : 0])).toEqual([
    ['attempt', 0],
    ['event', 8],
    ['attempt', 0],
    ['event', 14],
  ]);
});

test('the id that was sent is the one that the network saw', () => {
  const page = story(
    `${begun} @200 · ${events(1, 2, 3, 4)} · @900 reestablish · @4000 connect · announce · ${events(5)}`,
  );
  const log = logWith(
    page,
    `request /events @100 · response 200 @200 · end RST @900
    request /events id=7 @3900 · response 200 @4000`,
  );
  const [source] = log.sources;
  expect(source && verdictsOf(source).map(({ sentId }) => sentId)).toEqual(['7']);
});

test('numbers that follow each other tell what is missing and what came again', () => {
  expect(told(`${begun} · ${events(1, 2, 3, 4)} · ${managed} · ${events(5, 6)}`)).toEqual([
    { type: 'exact', by: 'integers' },
  ]);
  expect(told(`${begun} · ${events(1, 2, 3, 4)} · ${managed} · ${events(8, 9)}`)).toEqual([
    { type: 'lost', count: 3, by: 'integers', from: '5', to: '7' },
  ]);
  expect(told(`${begun} · ${events(1, 2, 3, 4)} · ${managed} · ${events(3, 4, 5, 6)}`)).toEqual([
    { type: 'repeated', count: 2, by: 'integers' },
  ]);
  expect(told(`${begun} · ${events(1, 2, 3, 4)} · ${managed} · ${events(3, 4, 9, 10, 11)}`)).toEqual([
    { type: 'lost and repeated', lost: 4, repeated: 2, by: 'integers' },
  ]);
  expect(told(`${begun} · ${events(1, 2, 3, 4)} · ${managed} · ${events(1, 2, 3, 4, 5, 6)}`)).toEqual([
    { type: 'restarted', repeated: 4 },
  ]);
});

test('numbers may stand behind what is the same in all ids, and have a width', () => {
  expect(told(`${begun} · ${events('a-7', 'a-8', 'a-9', 'a-10')} · ${managed} · ${events('a-12', 'a-13')}`)).toEqual([
    { type: 'lost', count: 1, by: 'integers', from: 'a-11', to: 'a-11' },
  ]);
  expect(told(`${begun} · ${events('007', '008', '009', '010')} · ${managed} · ${events('013', '014')}`)).toEqual([
    { type: 'lost', count: 2, by: 'integers', from: '011', to: '012' },
  ]);
});

test('each reconnect has its own', () => {
  const text = `${begun} · ${events(1, 2, 3, 4)} · ${managed} · ${events(5, 6)} · ${managed} · ${managed} · ${events(9)}`;
  expect(told(text)).toEqual([
    { type: 'exact', by: 'integers' },
    { type: 'unknown', why: 'nothing came yet' },
    { type: 'lost', count: 2, by: 'integers', from: '7', to: '8' },
  ]);
});

test.each([
  ['steps that are not 1', events(10, 20, 30, 40, 50), events(90, 100)],
  ['a filter that leaves numbers out', events(1, 2, 4, 5, 6, 7), events(9, 10)],
  ['a filter that shows only afterwards', events(1, 2, 3, 4), events(7, 9, 12)],
  ['ids that go backwards', events(9, 8, 7, 6, 5), events(2, 1)],
  ['several events with one id', events(1, 2, 2, 3, 3), events(5, 5)],
  ['an id that never changes', events('x', 'x', 'x', 'x'), events('x', 'x')],
  ['random ids', events('f3', '9a', 'c07', 'x11'), events('b2')],
  ['too few to tell', events(1, 2), events(7)],
  ['numbers of another count', events(1, 2, 3, 4), events(5_000_001, 5_000_002)],
  ['numbers that begin anew with other events', events(1, 2, 3, 4), 'dispatch 1 data=x · dispatch 2 data=y'],
  ['events that are all alike', 'dispatch 1 data=t · dispatch 2 data=t · dispatch 3 data=t', 'dispatch 1 data=t'],
  ['events without ids between those with', 'dispatch 1 · dispatch 2 · dispatch - · dispatch 3', 'dispatch 6'],
])('says nothing by ids that mean something else: %s', (_, before, after) => {
  expect(told(`${begun} · ${before} · ${managed} · ${after}`)).toEqual(LIKE_NUMBERS);
});

test('moments are no numbers: where nothing happened, nothing is missing', () => {
  const second = (n: number) => `@${n * 1000} dispatch ${1_700_000_000 + n}`;
  const document = { started: 1_700_000_000_000 };
  const text = `${begun} · ${[1, 2, 3, 4, 5].map(second).join(' · ')} · ${managed} · ${second(20)}`;
  const log = logWith(story(text, document), '');
  expect(log.sources.flatMap(verdictsOf).map(({ resumption }) => resumption)).toEqual(LIKE_NUMBERS);
});

test('an event that nobody listens for may have had the number: a native connection has to show more', () => {
  expect(told(`${begun} · ${events(1, 2, 3, 4)} · ${again} · ${events(7, 8)}`)).toEqual(LIKE_NUMBERS);
  expect(told(`${begun} · ${events(1, 2, 3, 4, 5, 6, 7, 8, 9)} · ${again} · ${events(12)}`)).toEqual([
    { type: 'lost', count: 2, by: 'integers', from: '10', to: '11' },
  ]);
});

test('ids that are no numbers tell what came again, and never what is missing', () => {
  expect(told(`${begun} · ${events('f', 'q', 'b', 'z')} · ${managed} · ${events('b', 'z', 'k')}`)).toEqual([
    { type: 'repeated', count: 2, by: 'ids' },
  ]);
  expect(told(`${begun} · ${events('f', 'q', 'b', 'z')} · ${managed} · ${events('f', 'q')}`)).toEqual([
    { type: 'restarted', repeated: 2 },
  ]);
});

test('a server that counts on from whatever it is told has lost nothing', () => {
  expect(
    told(`${begun} · ${events(1, 2, 3, 4)} · reestablish forced id=50 · +3000 connect managed · announce 200
    ${events(51, 52)}`),
  ).toEqual(LIKE_NUMBERS);
});

test('a server that is asked for older events and goes on with the next has ignored the id', () => {
  const old = 'reestablish forced id=2 · +3000 connect managed · announce 200';
  expect(told(`${begun} · ${events(1, 2, 3, 4)} · ${old} · ${events(5, 6, 7)}`)).toEqual([{ type: 'ignored' }]);
  expect(told(`${begun} · ${events(1, 2, 3, 4)} · ${old} · ${events(3, 4, 5, 6)}`)).toEqual([
    { type: 'repeated', count: 2, by: 'integers' },
  ]);
});

test('no ids tell nothing', () => {
  expect(told(`${begun} · dispatch · dispatch · ${managed} · dispatch`)).toEqual(UNKNOWN('no ids'));
});

test('what is not known in whole is not judged', () => {
  expect(told(`${begun} · ${events(1, 2, 3, 4)} · drop 3 · announce · dispatch 8 · ${managed} · ${events(9)}`)).toEqual(
    LIKE_NUMBERS,
  );
  expect(
    told(`${begun} · ${events(1, 2, 3, 4)} · drop 2 · +3000 connect managed · announce 200 · ${events(9)}`),
  ).toEqual(UNKNOWN('incomplete'));
});

test('the same list again while nothing new is known', () => {
  const source = sourceOf(`${begun} · ${events(1, 2, 3, 4)} · ${managed} · ${events(5, 6)}`);
  expect(verdictsOf(source)).toBe(verdictsOf(source));
});
