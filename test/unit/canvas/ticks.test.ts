import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ticks } from '../../../src/panel/canvas/ticks.ts';

const at = (from: number, length: number, width = 1000) => ticks({ range: { from, to: from + length }, width });

describe('ticks', () => {
  test('are at round times within the range', () => {
    expect(at(4500, 63_000, 1116)).toEqual({ step: 5000, times: Array.from({ length: 13 }, (_, i) => 5000 * (i + 1)) });
  });

  test('are at round times after an origin, and before it', () => {
    const origin = 1234.5;
    const { step, times } = ticks({ range: { from: 0, to: 10_000 }, width: 1000, origin });
    expect(step).toBe(1000);
    expect(times.map((time) => time - origin)).toEqual([-1, 0, 1, 2, 3, 4, 5, 6, 7, 8].map((second) => second * 1000));
  });

  test.each([
    [10, 1],
    [500, 50],
    [5000, 500],
    [120_000, 10_000],
    [300_000, 30_000],
    [3_600_000, 300_000],
    [12 * 3_600_000, 3_600_000],
    [40 * 86_400_000, 4 * 86_400_000],
  ])('of %d ms on 1000 px are %d ms apart', (length, step) => {
    expect(at(0, length).step).toBe(step);
  });

  test('are never nearer than 80 px, in any range', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 2e12 }), fc.integer({ min: 1, max: 1e12 }), (from, length) => {
        const { times, step } = at(from, length);
        expect(times.length).toBeLessThanOrEqual(14);
        for (const time of times) expect(time >= from && time <= from + length).toBe(true);
        expect((step / length) * 1000).toBeGreaterThanOrEqual(80);
      }),
    );
  });

  test('of a range that is none: none', () => {
    for (const length of [0, -5, Number.NaN, Number.POSITIVE_INFINITY]) expect(at(0, length).times).toEqual([]);
    expect(at(0, 1000, 0).times).toEqual([]);
  });
});
