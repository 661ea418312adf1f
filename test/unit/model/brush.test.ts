import { describe, expect, test } from 'vitest';
import { centred, clipped, dragged, gripOf, nudged } from '../../../src/model/brush.ts';

const bounds = { from: 0, to: 100_000 };
const window = { from: 20_000, to: 30_000 };

describe('a drag', () => {
  test.each([
    ['beside the window draws one, to the right', 'ground', 50_000, 60_000, { from: 50_000, to: 60_000 }],
    ['and to the left', 'ground', 50_000, 40_000, { from: 40_000, to: 50_000 }],
    ['and no farther than there is something', 'ground', 50_000, 999_999, { from: 50_000, to: 100_000 }],
    ['of the window moves it, by where it was taken', 'window', 22_000, 52_000, { from: 50_000, to: 60_000 }],
    ['of the window ends where it is at the end', 'window', 22_000, -9000, { from: 0, to: 10_000 }],
    ['of an edge moves it alone', 'from', 20_500, 10_500, { from: 10_000, to: 30_000 }],
    ['of an edge may pass the other one', 'from', 20_000, 45_000, { from: 30_000, to: 45_000 }],
    ['of the other edge, too', 'to', 29_000, 49_000, { from: 20_000, to: 50_000 }],
  ] as const)('%s', (_, part, taken, at, expected) => {
    expect(dragged(gripOf(part, window, taken), at, bounds)).toEqual(expected);
  });

  test('never makes a window too short to be seen, not even at the end', () => {
    for (const at of [50_000, 100_000]) {
      const { from, to } = dragged(gripOf('ground', window, at), at, bounds);
      expect(to - from).toBeGreaterThan(0);
      expect(to).toBeLessThanOrEqual(bounds.to);
    }
  });
});

test('a click puts the middle of the window there, as far as it goes', () => {
  expect(centred(50_000, window, bounds)).toEqual({ from: 45_000, to: 55_000 });
  expect(centred(99_000, window, bounds)).toEqual({ from: 90_000, to: 100_000 });
});

describe('keys', () => {
  test('move one edge, inside of what there is', () => {
    expect(nudged(window, 'from', -5000, bounds)).toEqual({ from: 15_000, to: 30_000 });
    expect(nudged(window, 'to', Number.POSITIVE_INFINITY, bounds)).toEqual({ from: 20_000, to: 100_000 });
    expect(nudged(window, 'from', Number.NEGATIVE_INFINITY, bounds)).toEqual({ from: 0, to: 30_000 });
  });

  test('never move it past the other one', () => {
    const { from, to } = nudged(window, 'from', 50_000, bounds);
    expect(from).toBeLessThan(to);
    expect(to).toBe(window.to);
  });
});

test('what is visible beyond the session is not on the overview', () => {
  expect(clipped({ from: -500, to: 200_000 }, bounds)).toEqual(bounds);
});
