import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Ask } from '../../../src/protocol/ask.ts';
import { FAULTS, type FaultType } from '../../../src/protocol/command.ts';
import { PROTOCOL_VERSION } from '../../../src/protocol/message.ts';
import { type ParsedMessage, parseAsk, parseUp } from '../../../src/protocol/parse.ts';
import { LATEST, MAX_DATA } from '../../../src/protocol/record.ts';

const id = fc.stringMatching(/^[0-9a-f]{32}$/);
const time = fc.double({ min: 0, max: LATEST, noNaN: true }).map((value) => value + 0);
const cause = fc.option(
  fc.oneof(
    fc.record({ type: fc.constantFrom('end', 'network', 'cors', 'blocked', 'stopped') }),
    fc.record({ type: fc.constant('status' as const), status: fc.nat() }),
    fc.record({ type: fc.constant('content-type' as const), contentType: fc.string() }),
  ),
  { nil: undefined },
);
const fault = fc.constantFrom(...(Object.keys(FAULTS) as FaultType[]));
const withoutUndefined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
const record = fc
  .oneof(
    fc.record({
      type: fc.constant('construct'),
      kind: fc.constant('eventsource'),
      url: fc.string(),
      withCredentials: fc.boolean(),
    }),
    fc.record({
      type: fc.constant('connect'),
      attempt: fc.nat(),
      lastEventId: fc.string(),
      carried: fc.constantFrom('native', 'managed'),
      seen: fc.constantFrom('start', 'answer'),
    }),
    fc.record({ type: fc.constant('announce'), status: fc.option(fc.nat(), { nil: undefined }) }),
    fc.record({
      type: fc.constant('dispatch'),
      event: fc.string(),
      data: fc.string(),
      size: fc.nat(),
      lastEventId: fc.string(),
      origin: fc.string(),
      heard: fc.boolean(),
      injected: fc.constantFrom(undefined, true),
    }),
    fc.record({
      type: fc.constant('witnessed'),
      event: fc.string(),
      data: fc.string(),
      size: fc.nat(),
      lastEventId: fc.string(),
    }),
    fc.record({
      type: fc.constant('witness'),
      phase: fc.constantFrom('open', 'refused', 'end'),
      status: fc.option(fc.nat(), { nil: undefined }),
    }),
    fc.record({ type: fc.constant('witness'), phase: fc.constant('ask'), request: id }),
    fc.record({
      type: fc.constant('fault'),
      phase: fc.constantFrom('begin', 'act', 'end'),
      order: fc.nat(),
      fault,
      count: fc.option(fc.nat(), { nil: undefined }),
    }),
    fc.record({
      type: fc.constant('fault'),
      phase: fc.constant('left'),
      order: fc.nat(),
      fault,
      used: fc.option(fc.nat(), { nil: undefined }),
      until: fc.option(fc.nat(), { nil: undefined }),
    }),
    fc.record({ type: fc.constantFrom('comment', 'retry', 'id'), value: fc.string(), size: fc.nat() }),
    fc.record({
      type: fc.constant('reestablish'),
      lastEventId: fc.string(),
      forced: fc.boolean(),
      cause,
      fault: fc.option(fault, { nil: undefined }),
    }),
    fc.record({
      type: fc.constant('fail'),
      forced: fc.boolean(),
      cause,
      fault: fc.option(fault, { nil: undefined }),
    }),
    fc.record({ type: fc.constant('close') }),
    fc.record({ type: fc.constant('listen'), event: fc.string() }),
  )
  .map(withoutUndefined);
const message = fc
  .oneof(
    fc.record({
      type: fc.constant('hello'),
      version: fc.constant(PROTOCOL_VERSION),
      document: fc.record({
        id,
        url: fc.string(),
        top: fc.boolean(),
        started: time,
        appeared: fc.option(time, { nil: undefined }),
        entered: fc.constantFrom('navigate', 'reload', 'back_forward'),
        late: fc.boolean(),
      }),
      time,
      last: fc.nat(),
    }),
    fc.record({
      type: fc.constant('entries'),
      document: id,
      after: fc.nat(),
      entries: fc.array(fc.record({ seq: fc.integer({ min: 1 }), time, source: fc.nat(), record })),
    }),
    fc.record({ type: fc.constant('bye'), document: id, time }),
    fc.record({ type: fc.constant('in-force'), document: id, orders: fc.array(fc.nat()) }),
    fc.record({ type: fc.constant('uncaught'), document: id, time, count: fc.nat(), message: fc.string() }),
    fc.record({
      type: fc.constant('outcome'),
      document: id,
      command: fc.nat(),
      ok: fc.boolean(),
      reason: fc.constantFrom(undefined, 'gone', 'closed', 'waiting'),
    }),
  )
  .map(withoutUndefined) as fc.Arbitrary<ParsedMessage>;

/** As it is sent: entries are one text. */
const sent = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'entries' in value
    ? { ...value, entries: JSON.stringify(value.entries) }
    : value;

/** Replaces one value somewhere inside by something of another type. */
function damage(value: unknown, path: number[], by: unknown): unknown {
  if (typeof value !== 'object' || value === null) return by;
  const keys = Object.keys(value);
  const key = keys[(path[0] ?? 0) % Math.max(1, keys.length)];
  if (key === undefined) return value;
  const changed = damage((value as Record<string, unknown>)[key], path.slice(1), by);
  return Array.isArray(value) ? Object.assign([...value], { [key]: changed }) : { ...value, [key]: changed };
}

describe('parseUp', () => {
  test('gives every message of the protocol back as it was', () => {
    fc.assert(fc.property(message, (value) => void expect(parseUp(sent(value))).toEqual(value)));
  });

  test('refuses a message in which any one value is of a type that the protocol nowhere has', () => {
    fc.assert(
      fc.property(message, fc.array(fc.nat(), { maxLength: 5, minLength: 5 }), (value, path) => {
        const damaged = damage(value, path, {});
        // An empty list or a record without fields has nothing to damage.
        if (JSON.stringify(damaged) !== JSON.stringify(value)) expect(parseUp(sent(damaged))).toBeUndefined();
      }),
    );
  });

  test.each([LATEST + 1, 1e300, Number.POSITIVE_INFINITY, -1, Number.NaN])('refuses %d, which is no time', (time) => {
    expect(parseUp({ type: 'bye', document: 'd'.repeat(32), time })).toBeUndefined();
    expect(parseUp({ type: 'bye', document: 'd'.repeat(32), time: LATEST })).toBeDefined();
  });

  test('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.anything(), (value) => void expect(parseUp(value)).toBeUndefined()));
  });

  test.each([
    ['a text longer than any journal sends', { type: 'comment', value: 'x'.repeat(MAX_DATA + 1), size: 1 }],
    [
      'an attempt that is no count',
      { type: 'connect', attempt: 1.5, lastEventId: '', carried: 'native', seen: 'start' },
    ],
    ['a fault of an unknown kind', { type: 'fault', phase: 'begin', order: 1, fault: 'earthquake' }],
    ['a fault that only objects have', { type: 'fail', forced: true, fault: 'toString' }],
    ['a fault whose order is no count', { type: 'fault', phase: 'begin', order: -1, fault: 'delay' }],
    ['a fault that changed less than nothing', { type: 'fault', phase: 'act', order: 1, fault: 'delay', count: -1 }],
    ['a fault in no phase', { type: 'fault', phase: 'rest', order: 1, fault: 'delay' }],
    ['a witness in no phase', { type: 'witness', phase: 'lie' }],
    ['a witness whose request has no name', { type: 'witness', phase: 'ask' }],
    ['a witness whose request has any name', { type: 'witness', phase: 'ask', request: 'sse-lifeline-witness' }],
    [
      'an event that is only half injected',
      { type: 'dispatch', event: 'a', data: '', size: 0, lastEventId: '', origin: '', heard: true, injected: false },
    ],
    ['a record of an unknown kind', { type: 'explode' }],
    ['a cause of an unknown kind', { type: 'fail', forced: true, cause: { type: 'aliens' } }],
  ])('refuses %s', (_, damaged) => {
    const entries = [{ seq: 1, time: 0, source: 1, record: damaged }];
    expect(
      parseUp({ type: 'entries', document: '0'.repeat(32), after: 0, entries: JSON.stringify(entries) }),
    ).toBeUndefined();
  });

  test.each([[[-1]], [[1.5]], [['1']], [[null]], [{ length: 1 }], ['12'], [undefined]])(
    'refuses orders in force that are %j',
    (orders) => {
      expect(parseUp({ type: 'in-force', document: '0'.repeat(32), orders })).toBeUndefined();
    },
  );

  test.each(['', '{', '[', 'null', '{"length":1}', '[{}]', '"[]"'])('refuses entries that are %j', (entries) => {
    expect(parseUp({ type: 'entries', document: '0'.repeat(32), after: 0, entries })).toBeUndefined();
  });

  test('takes a hello of another version for what it is, whatever else it says', () => {
    expect(parseUp({ type: 'hello', version: PROTOCOL_VERSION + 1, who: 'knows' })).toEqual({ type: 'outdated' });
  });

  test('passes on only the fields that it knows', () => {
    const document = '0'.repeat(32);
    expect(parseUp({ type: 'bye', document, time: 1, extra: 'x' })).toEqual({ type: 'bye', document, time: 1 });
  });
});

describe('parseAsk', () => {
  const ask = fc
    .oneof(
      fc.record({
        type: fc.constant('expect'),
        request: id,
        url: fc.webUrl(),
        lastEventId: fc.option(fc.string(), { nil: undefined }),
      }),
      fc.record({ type: fc.constantFrom('answered', 'fate', 'forget'), request: id }),
    )
    .map(withoutUndefined) as fc.Arbitrary<Ask>;

  test('gives every question back as it was', () => {
    fc.assert(fc.property(ask, (value) => void expect(parseAsk(value)).toEqual(value)));
  });

  test('refuses a question in which any one value is of another type', () => {
    fc.assert(
      fc.property(ask, fc.nat(), (value, path) => {
        expect(parseAsk(damage(value, [path], Symbol.iterator))).toBeUndefined();
      }),
    );
  });

  test('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.anything(), (value) => void expect(parseAsk(value)).toBeUndefined()));
  });

  // It becomes part of a rule's pattern, in which these have a meaning.
  test.each(['*', '^', '|', '', '0'.repeat(31), '0'.repeat(33), 'G'.repeat(32)])(
    'refuses the id "%s", which is not 32 hex digits',
    (request) => {
      expect(parseAsk({ type: 'expect', request, url: 'http://127.0.0.1/', lastEventId: '1' })).toBeUndefined();
    },
  );
});
