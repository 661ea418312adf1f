import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { admits, type Filter, parseFilter } from '../../../src/model/filter.ts';
import { Search } from '../../../src/model/search.ts';
import type { Source } from '../../../src/model/source.ts';
import type { StreamEvent, StreamLine } from '../../../src/model/stream-event.ts';
import { countOf, slice } from '../../../src/model/stretch.ts';
import { sourceOf } from '../../support/story.ts';

const sources = (count: number): Source[] =>
  Array.from({ length: count }, (_, index) => ({ ...sourceOf('construct /'), key: `${index}`, events: [], lines: [] }));

const event = (seq: number, fields: Partial<StreamEvent> = {}): StreamEvent => ({
  seq,
  time: seq,
  attempt: 1,
  type: 'message',
  data: 'x',
  size: 1,
  lastEventId: '',
  heard: true,
  ...fields,
});
const comment = (seq: number, value: string): StreamLine => ({
  seq,
  time: seq,
  attempt: 1,
  type: 'comment',
  value,
  size: value.length,
});

function found(search: Search, list: readonly Source[], withLines = true): string[] {
  while (search.advance(list, withLines));
  return soFar(search, list, withLines);
}

function soFar(search: Search, list: readonly Source[], withLines = true): string[] {
  const stretches = search.stretches(list, withLines);
  return slice(stretches, 0, countOf(stretches)).map(({ item, lane }) => `${lane} ${item.seq}`);
}

/** The same by looking at everything at once. */
function naive(filter: Filter, list: readonly Source[], withLines: boolean): string[] {
  return list
    .flatMap(({ events, lines }, lane) => {
      const isDuplicate = ({ lastEventId, data, type }: StreamEvent, index: number) => {
        const before = events[index - 1];
        if (lastEventId === '') return false;
        if (before?.lastEventId === lastEventId) return before.data === data && before.type === type;
        return events.slice(0, index).some((other) => other.lastEventId === lastEventId);
      };
      const admitted = [
        ...events.filter((one, index) => admits(filter, one, isDuplicate(one, index))),
        ...(withLines ? lines.filter((one) => admits(filter, one, false)) : []),
      ];
      return admitted.map(({ seq }) => ({ seq, lane }));
    })
    .sort((a, b) => a.seq - b.seq)
    .map(({ lane, seq }) => `${lane} ${seq}`);
}

type Step =
  | { do: 'arrive'; lane: number; count: number; data: string; id: string }
  | { do: 'comment'; lane: number; value: string }
  | { do: 'look' | 'lines' }
  | { do: 'trim'; lane: number; count: number }
  | { do: 'clear'; lane: number }
  | { do: 'filter'; text: string };

const lane = fc.nat(2);
const data = fc.constantFrom('a', 'ab', 'abc', 'b');
const TEXTS = ['a', 'ab', 'abc', 'abcd', '-b', 'ab id:1', 'is:duplicate', 'is:duplicate a', '/^ab$/'];
const step: fc.Arbitrary<Step> = fc.oneof(
  // More than one turn, sometimes.
  fc.record({
    do: fc.constant('arrive' as const),
    lane,
    count: fc.constantFrom(1, 3, 300),
    data,
    id: fc.constantFrom('', '1', '2', '+'),
  }),
  fc.record({ do: fc.constant('comment' as const), lane, value: data }),
  fc.record({ do: fc.constantFrom('look' as const, 'look' as const, 'lines' as const) }),
  fc.record({ do: fc.constant('trim' as const), lane, count: fc.constantFrom(1, 2, 200) }),
  fc.record({ do: fc.constant('clear' as const), lane }),
  fc.record({ do: fc.constant('filter' as const), text: fc.constantFrom(...TEXTS) }),
);

describe('a search', () => {
  test('finds what one look at everything does, whatever arrives, is forgotten or written meanwhile', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const list = sources(3);
        let filter = parseFilter('a');
        let search = new Search(filter);
        let seq = 0;
        let withLines = false;
        for (const one of steps) {
          const source = 'lane' in one ? list[one.lane] : undefined;
          if (one.do === 'arrive') {
            for (let index = 0; index < one.count; index++) {
              seq += 1;
              source?.events.push(event(seq, { data: one.data, lastEventId: one.id === '+' ? `${seq}` : one.id }));
            }
          } else if (one.do === 'comment') source?.lines.push(comment(++seq, one.value));
          else if (one.do === 'trim') {
            source?.events.splice(0, one.count);
            source?.lines.splice(0, one.count);
          } else if (one.do === 'clear' && source) {
            source.events = [];
            source.lines = [];
          } else if (one.do === 'look') search.advance(list, withLines);
          else if (one.do === 'lines') withLines = !withLines;
          else if (one.do === 'filter') {
            filter = parseFilter(one.text);
            search = new Search(filter, search);
          }
          // What is shown on the way is true, if not all of it.
          const all = naive(filter, list, withLines);
          expect(soFar(search, list, withLines).filter((name) => !all.includes(name))).toEqual([]);
        }
        expect(found(search, list, withLines)).toEqual(naive(filter, list, withLines));
        expect(search.progress(list, withLines)).toBe(1);
      }),
      { numRuns: 300 },
    );
  });

  test('finds the newest first', () => {
    const list = sources(2);
    for (let seq = 1; seq <= 10_000; seq++) list[seq % 2]?.events.push(event(seq));
    const search = new Search(parseFilter('x'));
    search.advance(list, false);
    const first = soFar(search, list, false);
    expect(first.at(-1)).toBe('0 10000');
    expect(first.length).toBeLessThan(9000);
    // What comes now is found at once, although most of what was is not yet.
    list[1]?.events.push(event(10_001));
    search.advance(list, false);
    expect(soFar(search, list, false).at(-1)).toBe('1 10001');
  });

  test('looks only at what was found, while a word is being written', () => {
    const [source] = sources(1);
    if (!source) return;
    let looks = 0;
    for (let seq = 1; seq <= 5000; seq++) {
      const one = event(seq);
      const text = seq % 100 === 0 ? 'word' : 'another';
      Object.defineProperty(one, 'data', {
        get() {
          looks += 1;
          return text;
        },
        enumerable: true,
      });
      source.events.push(one);
    }
    const before = new Search(parseFilter('wor'));
    found(before, [source]);
    looks = 0;
    const search = new Search(parseFilter('word'), before);
    expect(found(search, [source])).toHaveLength(50);
    expect(looks).toBeLessThan(500);
  });

  test.each([
    ['an id that comes back', [['1'], ['2'], ['1']], ['0 3']],
    [
      'the last event once more',
      [
        ['1', 'x'],
        ['1', 'x'],
      ],
      ['0 2'],
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
  ])('knows duplicates: %s', (_, events, expected) => {
    const list = sources(1);
    events.forEach(([lastEventId = '', text = 'd'], index) => {
      list[0]?.events.push(event(index + 1, { lastEventId, data: text }));
    });
    expect(found(new Search(parseFilter('is:duplicate')), list)).toEqual(expected);
  });
});
