import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LabelRequest, layoutLabels } from '../../../src/panel/canvas/label-layout.ts';
import { cutMiddle } from '../../../src/panel/canvas/labels.ts';

/** 6 px a character; glyphs are 12 px, 3 px before the text. */
const rules = { start: 2, end: 1000, measure: (text: string) => text.length * 6, count: (marks: number) => `${marks}` };

const KINDS = {
  error: { glyphs: ['error'], ink: 'failInk', strong: false, priority: 3 },
  id: { glyphs: ['flag'], ink: 'connectInk', strong: false, priority: 2 },
  fault: { glyphs: ['bolt'], ink: 'forcedInk', strong: false, priority: 1 },
  gaveUp: { glyphs: ['error'], ink: 'failInk', strong: true, priority: 0 },
} as const;

function label(kind: keyof typeof KINDS, x: number, text = ''): LabelRequest {
  const mark = { type: 'end', time: x, by: 'close', attempt: 1 } as const;
  return { ...KINDS[kind], time: x, x, text, marks: [mark] };
}
const places = (...requests: LabelRequest[]) =>
  layoutLabels(requests, rules).map(({ glyphs, left, text }) => [glyphs.join(), left, text].join(' ').trim());

describe('labels', () => {
  test('stand where they belong if there is room', () => {
    expect(places(label('error', 10, 'RST'), label('id', 100, '7'))).toEqual(['error 10 RST', 'flag 100 7']);
  });

  test('flow to the right: 7 px after a text, 3 px after a bare glyph', () => {
    expect(places(label('error', 10, 'RST'), label('id', 20, '7'))).toEqual(['error 10 RST', 'flag 50 7']);
    expect(places(label('error', 10), label('id', 20, '7'))).toEqual(['error 10', 'flag 25 7']);
  });

  test('are not pushed further than 48 px: what pushes them loses its text, the least important first', () => {
    expect(places(label('fault', 10, 'Go'), label('error', 20, 'refused'), label('id', 50, '7'))).toEqual([
      'bolt 10 Go',
      'error 44',
      'flag 59 7',
    ]);
    expect(places(label('fault', 10, 'Reset'), label('error', 12, 'refused'), label('id', 14, '7'))).toEqual([
      'bolt 10',
      'error 25',
      'flag 40 7',
    ]);
  });

  test('that repeat what was said before them lose their text first', () => {
    const same = Array.from({ length: 8 }, (_, index) => label('error', 10 + index * 50, 'network'));
    expect(places(...same)).toEqual([
      'error 10 network',
      ...['error 74', 'error 110', 'error 160', 'error 210'],
      ...['error 260 network', 'error 324 network', 'error 388 network'],
    ]);
  });

  test('merge into a count where not even glyphs have room', () => {
    const crowd = [0, 1, 2].flatMap((index) => [label('error', 10 + index, 'RST'), label('id', 10 + index, '7')]);
    const found = layoutLabels(crowd, rules);
    expect(found.flatMap(({ marks }) => marks)).toHaveLength(6);
    expect(found.some(({ marks, text }) => marks.length > 1 && text === `${marks.length}`)).toBe(true);
  });

  test('say how many marks they stand for, whichever way those came together', () => {
    const crowd = { count: 40, until: 12 };
    const [first] = [label('error', 10)].map((one) => ({
      ...one,
      marks: one.marks.map((mark) => ({ ...mark, crowd })),
    }));
    if (!first) throw new Error('no label');
    expect(places(first)).toEqual(['error 10 40']);
    expect(places(first, label('error', 12), label('error', 14))).toEqual(['error 10 42']);
  });

  test('that are a text alone go where there is no room, and push nobody away', () => {
    const wait = (x: number): LabelRequest => ({
      ...label('error', x, '300 ms'),
      goes: true,
      glyphs: [],
      marks: [],
      priority: 5,
    });
    expect(places(label('error', 10, 'RST'), wait(20), label('id', 100, '7'))).toEqual([
      'error 10 RST',
      '50 300 ms',
      'flag 100 7',
    ]);
    expect(places(label('error', 10, 'RST'), wait(20), label('id', 30, '7'))).toEqual(['error 10 RST', 'flag 50 7']);
  });

  test('of a storm are one', () => {
    const storm = Array.from({ length: 5000 }, (_, index) => label('error', 10 + index / 10, 'network'));
    expect(places(...storm)).toEqual(['error 10 5000']);
  });

  test('"gave up" keeps its text', () => {
    const crowd = [label('error', 10, 'refused'), label('id', 11, '7'), label('gaveUp', 12, 'Gave up: HTTP 503')];
    expect(places(...crowd).at(-1)).toMatch(/Gave up: HTTP 503$/);
  });

  test('at the right edge move to the left if there is room', () => {
    expect(places(label('error', 10), label('gaveUp', 990, 'Gave up'))).toEqual(['error 10', 'error 943 Gave up']);
  });

  test('never overlap and are never far from where they belong, whatever comes', () => {
    const requests = fc
      .array(
        fc.tuple(
          fc.constantFrom('error', 'id', 'fault', 'gaveUp'),
          fc.integer({ min: -10, max: 990 }),
          fc.string({ maxLength: 20 }),
        ),
        { maxLength: 60 },
      )
      .map((list) => list.map(([kind, x, text]) => label(kind, x, text)).sort((a, b) => a.x - b.x));
    fc.assert(
      fc.property(requests, (list) => {
        const found = layoutLabels(list, rules);
        for (const [index, one] of found.entries()) {
          const before = found[index - 1];
          expect(one.left).toBeGreaterThanOrEqual(before ? before.left + before.width + 3 : 2);
          expect(one.left - Math.max(one.x, 2)).toBeLessThanOrEqual(48);
        }
        expect(list.length === 0 || found.length > 0).toBe(true);
      }),
    );
  });
});

describe('a long id', () => {
  test('is cut in the middle, to 20 characters', () => {
    expect(cutMiddle('01HV8Z4Q9W2M7K3N5P6R8T0XYZ', 20)).toBe('01HV8Z4Q9W…P6R8T0XYZ');
    expect(cutMiddle('12345678901234567890', 20)).toBe('12345678901234567890');
  });

  test('never cuts through a character, and may be very long', () => {
    expect(cutMiddle('🦊'.repeat(30), 20)).toBe(`${'🦊'.repeat(10)}…${'🦊'.repeat(9)}`);
    expect(cutMiddle('🦊'.repeat(15), 20)).toBe('🦊'.repeat(15));
    expect(cutMiddle('x'.repeat(1_000_000), 20)).toHaveLength(20);
  });
});
