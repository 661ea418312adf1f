import { expect, test } from 'vitest';
import { Log } from '../../../src/model/log.ts';
import type { Resumption, Verdict } from '../../../src/model/verdict.ts';
import { verdictsOf } from '../../../src/model/verdict-list.ts';
import type { SourceRecord } from '../../../src/protocol/record.ts';
import { story } from '../../support/story.ts';

const { document } = story('');
const event = (data: string, more = {}): SourceRecord[] => [
  { type: 'dispatch', event: 'message', data, size: data.length, lastEventId: '', origin: '', heard: true, ...more },
];
const seen = (data: string, type = 'message'): SourceRecord[] => [
  { type: 'witnessed', event: type, data, size: data.length, lastEventId: '' },
];
const both = (data: string) => [...event(data), ...seen(data)];
const opened: SourceRecord[] = [{ type: 'witness', phase: 'open' }];
const begun: SourceRecord[] = [
  { type: 'construct', kind: 'eventsource', url: '/events', withCredentials: false },
  { type: 'connect', attempt: 1, lastEventId: '', carried: 'managed', seen: 'start' },
  { type: 'announce', status: 200 },
];
const cut: SourceRecord[] = [{ type: 'reestablish', lastEventId: '', forced: true, fault: 'reset' }];
const again: SourceRecord[] = [
  { type: 'connect', attempt: 2, lastEventId: '', carried: 'managed', seen: 'start' },
  { type: 'announce', status: 200 },
];

function verdictOf(...records: SourceRecord[]): Verdict | undefined {
  const log = new Log();
  log.hello(document, 0);
  log.append(
    'A',
    records.map((record, index) => ({ seq: index + 1, time: index * 400, source: 1, record })),
  );
  const [source] = log.sources;
  return source && verdictsOf(source).at(-1);
}
const told = (...records: SourceRecord[]): Resumption | undefined => verdictOf(...records)?.resumption;

const before = [...begun, ...event('a'), ...event('b'), ...opened, ...both('c'), ...both('d'), ...both('e')];

test('a witness tells what was lost and what came again of a stream without ids', () => {
  expect(
    told(...before, ...cut, ...seen('f'), ...seen('g'), ...again, ...both('h'), ...both('i'), ...both('j')),
  ).toEqual({
    type: 'lost',
    count: 2,
    by: 'witness',
  });
  expect(told(...before, ...cut, ...seen('f'), ...again, ...event('f'), ...both('g'))).toEqual({
    type: 'exact',
    by: 'witness',
  });
  expect(told(...before, ...cut, ...again, ...event('d'), ...event('e'), ...both('f'))).toEqual({
    type: 'repeated',
    count: 2,
    by: 'witness',
  });
});

test('a witness that was refused, or ended before the app was connected again, has seen nothing', () => {
  const rest = [...again, ...event('h'), ...event('i')];
  const none = { type: 'unknown', why: 'no witness' };
  expect(told(...begun, ...event('a'), { type: 'witness', phase: 'refused', status: 429 }, ...cut, ...rest)).toEqual(
    none,
  );
  expect(told(...before, ...cut, ...seen('f'), { type: 'witness', phase: 'end' }, ...rest)).toEqual(none);
});

test('what only the witness is told is not lost: a greeting, a type that nobody listens for', () => {
  const greeted = [
    ...begun,
    ...event('a'),
    ...event('b'),
    ...opened,
    ...seen('hello'),
    ...both('c'),
    ...both('d'),
    ...both('e'),
  ];
  expect(told(...greeted, ...cut, ...again, ...both('f'), ...both('g'))).toEqual({ type: 'exact', by: 'witness' });
  expect(
    told(...before, ...cut, ...seen('x', 'tick'), ...seen('y', 'tick'), ...again, ...both('f'), ...both('g')),
  ).toEqual({
    type: 'exact',
    by: 'witness',
  });
});

test('an event that the user made is none of the server', () => {
  const injected = event('mine', { injected: true });
  expect(told(...before, ...injected, ...cut, ...again, ...injected, ...both('f'), ...both('g'))).toEqual({
    type: 'exact',
    by: 'witness',
  });
});

test('what our own fault took away is lost, and the evidence says whose fault it was', () => {
  const fault = (phase: 'begin' | 'act' | 'end'): SourceRecord[] => [
    { type: 'fault', phase, order: 1, fault: 'drop', ...(phase === 'act' && { count: 1 }) },
  ];
  const verdict = verdictOf(
    ...before,
    ...cut,
    ...again,
    ...fault('begin'),
    ...seen('f'),
    ...fault('act'),
    ...both('g'),
    ...both('h'),
    ...both('i'),
  );
  expect(verdict?.resumption).toEqual({ type: 'lost', count: 1, by: 'witness' });
  expect(verdict?.evidence.flatMap((one) => (one.type === 'fault' ? one.fault : []))).toEqual(['drop', 'reset']);
});

test('data that the journal cut is not compared', () => {
  const long = (more: { size: number }): SourceRecord[] => [...event('f', more), ...seen('f')];
  expect(told(...before, ...cut, ...again, ...long({ size: 100_000 }), ...both('g'))).toEqual({
    type: 'unknown',
    why: 'no ids',
  });
});
