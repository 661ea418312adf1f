import { describe, expect, test } from 'vitest';
import { faults } from '../../bench/faults.ts';
import { quantile } from '../../bench/report.ts';

describe('faults', () => {
  const cases: [what: string, numbers: number[], expected: number][] = [
    ['everything once, in order', [1, 2, 3, 4], 0],
    ['nothing', [], 4],
    ['one lost', [1, 2, 4], 1],
    ['the end lost', [1, 2], 2],
    ['one twice', [1, 2, 2, 3, 4], 1],
    ['one more than were sent', [1, 2, 3, 4, 5], 1],
    ['one of no event is one that is missing, and one that is too much', [1, 2, 0, 4], 2],
    ['one astray is missing in its place, and too much in another', [1, 3, 2, 4], 2],
  ];
  test.each(cases)('%s', (_, numbers, expected) => expect(faults(numbers, 4)).toBe(expected));
});

describe('quantile', () => {
  test('is the value that so many are not above', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect([0, 0.5, 0.95, 1].map((part) => quantile(values, part))).toEqual([1, 50, 95, 100]);
  });
  test('of nothing is no number', () => expect(quantile([], 0.5)).toBeNaN());
});
