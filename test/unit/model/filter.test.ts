import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admits as admitsItem, admitsSource, narrows, parseFilter } from '../../../src/model/filter.ts';
import type { StreamEvent, StreamLine } from '../../../src/model/stream-event.ts';

const event = (fields: Partial<StreamEvent> = {}): StreamEvent => ({
  seq: 1,
  time: 0,
  attempt: 1,
  type: 'tick',
  data: '{"price": 101.25, "city": "Zürich"}',
  size: 0,
  lastEventId: 'a-42',
  heard: true,
  ...fields,
});
const admits = (text: string, fields: Partial<StreamEvent> = {}, isDuplicate = false) =>
  admitsItem(parseFilter(text), event(fields), isDuplicate);

describe('a filter', () => {
  test.each([
    ['', true],
    ['price', true],
    ['PRICE', true],
    ['zürich', true],
    ['tick', true],
    ['a-42', true],
    ['prices', false],
    ['price 101', true],
    ['price 102', false],
    ['"price": 101', true],
    ['"city": "', true],
    ['-price', false],
    ['-prices', true],
    ['/1\\d1\\.2/', true],
    ['/^\\{"PRICE/', true],
    ['/PRICE/u', false],
    ['-/x+/', true],
    ['type:tick', true],
    ['type:tock', false],
    ['TYPE:tick', true],
    ['-type:tick', false],
    ['id:42', true],
    ['id:/^a-\\d+$/', true],
    ['id:43', false],
    ['is:unheard', false],
    ['-is:unheard', true],
    ['is:duplicate', false],
    // Half of a word filters nothing yet.
    ['is:un', true],
    ['is:', true],
    ['type:', true],
    ['source:prices', true],
    // An address is text, and so is what only looks like a field.
    ['http://x', false],
    ['size:3', false],
  ])('%s', (text, expected) => expect(admits(text)).toBe(expected));

  test('of what nobody listens to, and of what comes again', () => {
    expect(admits('is:unheard', { heard: false })).toBe(true);
    expect(admits('is:duplicate', {}, true)).toBe(true);
    expect(admits('-is:duplicate', {}, true)).toBe(false);
  });

  test('looks for what is written like a regular expression and is none as text, and says so', () => {
    expect(parseFilter('/(/ x').broken).toBe('/(/');
    expect(admits('/(/', { data: 'a /(/ b' })).toBe(true);
    expect(parseFilter('/a+/').broken).toBeUndefined();
  });

  test('of sources looks at their URL', () => {
    const source = { url: 'https://app.test/prices?room=1' };
    expect(admitsSource(parseFilter('source:PRICES'), source)).toBe(true);
    expect(admitsSource(parseFilter('-source:prices'), source)).toBe(false);
    expect(admitsSource(parseFilter('source:/room=\\d/ other'), source)).toBe(true);
  });

  test('never fails, whatever is written, and never remembers where it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(admits(text)).toBe(admits(text));
      }),
    );
    const filter = parseFilter('/a/g');
    expect([1, 2, 3].map(() => admitsItem(filter, event({ data: 'a' }), false))).toEqual([true, true, true]);
  });
});

describe('a filter of lines', () => {
  const line = (type: StreamLine['type'], value: string): StreamLine => ({
    seq: 1,
    time: 0,
    attempt: 1,
    type,
    value,
    size: value.length,
  });
  test.each([
    ['beat', line('comment', 'heartbeat'), true],
    ['type:comment', line('comment', 'heartbeat'), true],
    ['type:retry', line('comment', 'retry'), false],
    ['2500', line('retry', '2500'), true],
    ['id:7', line('id', '17'), true],
    // Only what sets the last event ID has one.
    ['id:7', line('comment', '17'), false],
    ['is:unheard', line('comment', ''), false],
    ['-is:unheard', line('comment', ''), true],
    ['is:duplicate', line('id', '7'), false],
  ])('%s', (text, item, expected) => expect(admitsItem(parseFilter(text), item, false)).toBe(expected));
});

describe('a filter that narrows another', () => {
  test.each([
    ['tick', 'tic', true],
    ['tick now', 'tick', true],
    ['xtick', 'tick', true],
    ['TICK', 'tick', true],
    ['tic', 'tick', false],
    ['-tic', '-tick', true],
    ['-tick', '-tic', false],
    ['tick', '-tick', false],
    ['type:tick', 'tick', false],
    ['type:tick', 'type:t', true],
    ['/tick/', '/tick/', true],
    ['/tick/', '/tick/s', false],
    ['/ticks/', '/tick/', false],
    ['tick', '/tick/', false],
    ['is:unheard tick', 'is:unheard', true],
    ['is:unheard', '-is:unheard', false],
    ['anything', '', true],
  ])('%s within %s: %s', (text, wider, expected) => {
    expect(narrows(parseFilter(text), parseFilter(wider))).toBe(expected);
  });

  test('admits nothing that the other does not', () => {
    const text = fc.constantFrom(
      'a',
      'ab',
      'ba',
      '-a',
      '-ab',
      '/a/',
      '/A/i',
      'type:a',
      '-type:b',
      'id:a',
      'is:unheard',
    );
    const filter = fc.array(text, { maxLength: 3 }).map((terms) => parseFilter(terms.join(' ')));
    const item = fc.record({
      data: fc.constantFrom('a', 'AB', 'b', 'bab'),
      type: fc.constantFrom('a', 'b', 'ab'),
      lastEventId: fc.constantFrom('', 'a'),
      heard: fc.boolean(),
    });
    fc.assert(
      fc.property(filter, filter, item, (one, other, fields) => {
        fc.pre(narrows(one, other));
        expect(!admitsItem(one, event(fields), false) || admitsItem(other, event(fields), false)).toBe(true);
      }),
    );
  });
});
