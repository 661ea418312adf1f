import { describe, expect, test } from 'vitest';
import { sortedBy } from '../../../src/panel/listing.ts';

describe('a click on the head of a column', () => {
  test('sorts up, then down, then not', () => {
    const up = sortedBy(undefined, 'size');
    const down = sortedBy(up, 'size');
    expect([up, down, sortedBy(down, 'size')]).toEqual([
      { column: 'size', descending: false },
      { column: 'size', descending: true },
      undefined,
    ]);
  });

  test('of the time only turns the order round: up is the order of the stream', () => {
    const down = sortedBy({ column: 'size', descending: true }, 'time');
    expect([down, sortedBy(down, 'time')]).toEqual([{ column: 'time', descending: true }, undefined]);
  });

  test('that cannot sort changes nothing', () => {
    const sort = { column: 'size', descending: true } as const;
    expect(sortedBy(sort, 'verdict')).toBe(sort);
  });
});
