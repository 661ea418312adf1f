import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeSort } from '../../../src/model/merge-sort.ts';
import { type Sort, SortedRows } from '../../../src/model/sorted-rows.ts';
import type { Source } from '../../../src/model/source.ts';
import type { StreamEvent } from '../../../src/model/stream-event.ts';
import type { Stretch } from '../../../src/model/stretch.ts';
import { logOf } from '../../support/story.ts';

const stretchesOf = (sources: readonly Source[]): Stretch[] =>
  sources.map(({ events: items }, lane) => ({ items, from: 0, to: items.length, lane, group: 0 }));

function sorted(sources: readonly Source[], column: Sort['column'], descending = false): SortedRows {
  const rows = new SortedRows(sources, stretchesOf(sources), { column, descending });
  while (rows.advance());
  return rows;
}
const read = (rows: SortedRows) =>
  Array.from({ length: rows.count }, (_, row) => {
    const found = rows.at(row);
    return found?.type === 'item' ? (found.item as StreamEvent).lastEventId : '';
  });

describe('sorted rows', () => {
  const log = logOf(`#1 construct /a · connect · announce · dispatch 10 tick data=b · dispatch 9 tock data=ccc
    dispatch x tick data=a · #2 construct /b · connect · announce · dispatch 9.5 tick data=aa · dispatch 100 tock data=b`);
  const { sources } = log;

  test.each([
    ['id', false, ['9', '10', '100', '9.5', 'x']],
    ['id', true, ['x', '9.5', '100', '10', '9']],
    ['size', false, ['10', 'x', '100', '9.5', '9']],
    ['size', true, ['9', '9.5', '10', 'x', '100']],
    ['type', false, ['10', 'x', '9.5', '9', '100']],
    ['data', false, ['x', '9.5', '10', '100', '9']],
    ['source', true, ['9.5', '100', '10', '9', 'x']],
    ['time', true, ['100', '9.5', 'x', '9', '10']],
  ] as const)('by %s, descending: %s; what is equal stays in its order', (column, descending, expected) => {
    expect(read(sorted(sources, column, descending))).toEqual(expected);
  });

  test('know the row of each event', () => {
    const rows = sorted(sources, 'id');
    for (const source of sources) {
      for (const event of source.events) {
        expect(rows.at(rows.rowOf(source, event) ?? -1)).toEqual({ type: 'item', item: event, source });
      }
    }
  });

  test('say how many are newer, and when what they have is gone', () => {
    const [first, second] = sources;
    if (!first || !second) throw new Error('no sources');
    const grown = [{ ...first, events: [...first.events] }, second];
    const rows = sorted(grown, 'size');
    expect(rows.newer(grown, stretchesOf(grown))).toBe(0);
    grown[0]?.events.push({ ...(first.events[0] as StreamEvent), seq: 99 });
    expect(rows.newer(grown, stretchesOf(grown))).toBe(1);
    expect(rows.count).toBe(5);
    const reordered = [second, first];
    expect(rows.newer(reordered, stretchesOf(reordered))).toBeUndefined();
    grown[0]?.events.shift();
    expect(rows.newer(grown, stretchesOf(grown))).toBeUndefined();
    expect(rows.newer([], [])).toBeUndefined();
  });
});

test('mergeSort is the browser’s sort, however many there are', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50), { maxLength: 5000, size: 'max' }), (keys) => {
      const compare = (a: number, b: number) => (keys[a] ?? 0) - (keys[b] ?? 0);
      const work = mergeSort(keys.length, compare);
      let step = work.next();
      while (!step.done) {
        expect(step.value).toBeGreaterThanOrEqual(0);
        expect(step.value).toBeLessThanOrEqual(1);
        step = work.next();
      }
      expect([...step.value]).toEqual(keys.map((_, index) => index).sort(compare));
    }),
    { numRuns: 50 },
  );
});
