import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admitsEvent, admitsSource, parseFilter } from '../../../src/model/filter.ts';
import { FilteredEvents } from '../../../src/model/filtered-events.ts';
import type { Source, StreamEvent } from '../../../src/model/source.ts';
import { sourceOf } from '../../support/story.ts';

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
  admitsEvent(parseFilter(text), event(fields), isDuplicate);

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
    expect([1, 2, 3].map(() => admitsEvent(filter, event({ data: 'a' }), false))).toEqual([true, true, true]);
  });
});

describe('filtered events', () => {
  const source = (events: StreamEvent[]): Source => ({ ...sourceOf('construct /'), events });
  const seqs = (filtered: FilteredEvents) => filtered.admitted.map(({ seq }) => seq);
  const all = (filtered: FilteredEvents) => {
    while (filtered.advance(3));
    return seqs(filtered);
  };

  test('are the same however many are looked at at once, and whenever they arrive', () => {
    const arrival = fc.array(fc.record({ id: fc.constantFrom('', '1', '2', '3'), data: fc.constantFrom('x', 'y') }));
    fc.assert(
      fc.property(
        arrival,
        fc.constantFrom('x', 'is:duplicate', '-id:2'),
        fc.infiniteStream(fc.nat(4)),
        (list, text, steps) => {
          const events = list.map(({ id, data }, index) => event({ seq: index + 1, lastEventId: id, data }));
          const grown = source([]);
          const piecemeal = new FilteredEvents(grown, parseFilter(text));
          for (const one of events) {
            grown.events.push(one);
            piecemeal.advance(steps.next().value ?? 0);
          }
          const whole = all(new FilteredEvents(source(events), parseFilter(text)));
          expect(all(piecemeal)).toEqual(whole);
          expect(piecemeal.isDone).toBe(true);
        },
      ),
    );
  });

  test('of a source that forgot its oldest ones have those no more', () => {
    const events = [1, 2, 3, 4].map((seq) => event({ seq, lastEventId: `${seq}` }));
    const trimmed = source([...events]);
    const filtered = new FilteredEvents(trimmed, parseFilter('tick'));
    expect(all(filtered)).toEqual([1, 2, 3, 4]);
    trimmed.events.splice(0, 2);
    trimmed.events.push(event({ seq: 5, lastEventId: '5' }));
    expect(all(filtered)).toEqual([3, 4, 5]);
    trimmed.events = [];
    expect(all(filtered)).toEqual([]);
  });

  test.each([
    ['an id that comes back', [['1'], ['2'], ['1']], [3]],
    [
      'the last event once more',
      [
        ['1', 'x'],
        ['1', 'x'],
      ],
      [2],
    ],
    [
      'blocks without an id of their own',
      [
        ['1', 'x'],
        ['1', 'y'],
        ['1', 'z'],
      ],
      [],
    ],
    [
      'no ids at all',
      [
        ['', 'x'],
        ['', 'x'],
      ],
      [],
    ],
  ])('that are duplicates: %s', (_, list, expected) => {
    const events = list.map(([id = '', data = 'd'], index) => event({ seq: index + 1, lastEventId: id, data }));
    expect(all(new FilteredEvents(source(events), parseFilter('is:duplicate')))).toEqual(expected);
  });
});
