import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boxHeight, type Extent, HIGHEST, pushed, type Scroll, scrolled, scrollTo } from '../../../src/model/scroll.ts';

const ROW = 20;
const extent: fc.Arbitrary<Extent> = fc.record({
  total: fc.oneof(
    fc.integer({ min: 0, max: HIGHEST }),
    fc.integer({ min: HIGHEST - 1000, max: HIGHEST + 1000 }),
    fc.integer({ min: HIGHEST, max: 5_000_000 * ROW }),
  ),
  seen: fc.integer({ min: 40, max: 2000 }),
});

/** A browser: its box scrolls between 0 and what is not seen of it. */
function scroll(state: Scroll, by: number, extent: Extent): Scroll {
  const most = Math.max(0, boxHeight(extent) - extent.seen);
  return scrolled(state, Math.min(most, Math.max(0, state.boxTop + by)), extent);
}

describe('scrolling more rows than a browser can draw', () => {
  test('the box is never too high', () => {
    fc.assert(fc.property(extent, (one) => boxHeight(one) <= HIGHEST));
  });

  test('a turn of the wheel moves the rows as far as the box, or to their end', () => {
    fc.assert(
      fc.property(
        extent,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.integer({ min: -600, max: 600 })),
        (one, part, turns) => {
          const most = Math.max(0, one.total - one.seen);
          let state = scrollTo(part * most, one);
          for (const turn of turns.filter((each) => Math.abs(each) <= 2 * one.seen)) {
            const before = state.top;
            state = scroll(state, turn, one);
            expect(state.top).toBeCloseTo(Math.min(most, Math.max(0, before + turn)), 3);
          }
        },
      ),
    );
  });

  test('the wheel comes to either end from wherever one is', () => {
    for (const total of [HIGHEST + 1, 20_000_000, 100_000_000]) {
      const one = { total, seen: 600 };
      for (const part of [0.002, 0.5, 0.998]) {
        for (const turn of [-1000, 1000]) {
          let state = scrollTo(part * total, one);
          for (let turns = 0; turns <= total / 1000; turns++) state = scroll(state, turn, one);
          expect(state.top).toBe(turn < 0 ? 0 : total - 600);
          expect(state.boxTop).toBe(turn < 0 ? 0 : HIGHEST - 600);
        }
      }
    }
  });

  test('what comes before the rows in sight leaves them there, and the box as well where it can', () => {
    fc.assert(
      fc.property(extent, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(50), (one, part, rows) => {
        const before = scrollTo(part * Math.max(0, one.total - one.seen), one);
        const grown = { ...one, total: one.total + rows * ROW };
        const after = pushed(before, rows * ROW, grown);
        expect(after.top).toBeCloseTo(Math.min(before.top + rows * ROW, Math.max(0, grown.total - grown.seen)), 3);
        // Nothing that the user did.
        expect(scrolled(after, after.boxTop, grown).top).toBeCloseTo(after.top, 3);
      }),
    );
    const middle = scrollTo(10_000_000, { total: 20_000_000, seen: 600 });
    expect(pushed(middle, 20, { total: 20_000_020, seen: 600 })).toEqual({
      top: middle.top + 20,
      boxTop: middle.boxTop,
    });
  });

  test('drawing the scroll bar goes everywhere, in its order, from the first row to the last', () => {
    fc.assert(
      fc.property(extent, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2 }), (one, parts) => {
        const boxMost = Math.max(0, boxHeight(one) - one.seen);
        const tops = [0, ...parts.sort((a, b) => a - b), 1].map((part) => {
          const away: Scroll = { top: 0, boxTop: part * boxMost + (part < 0.5 ? 1e9 : -1e9) };
          return scrolled(away, part * boxMost, one).top;
        });
        expect(tops[0]).toBe(0);
        expect(tops.at(-1)).toBeCloseTo(Math.max(0, one.total - one.seen), 3);
        expect(tops).toEqual([...tops].sort((a, b) => a - b));
      }),
    );
  });

  test('every row can be gone to, and is in sight then', () => {
    fc.assert(
      fc.property(extent, fc.double({ min: 0, max: 1, noNaN: true }), (one, part) => {
        const row = Math.floor(part * (one.total / ROW - 1));
        const { top, boxTop } = scrollTo(row * ROW, one);
        expect(row * ROW - top).toBeLessThanOrEqual(one.seen);
        expect(boxTop).toBeLessThanOrEqual(Math.max(0, boxHeight(one) - one.seen));
        // Being there is no step of the user's.
        expect(scrolled({ top, boxTop }, boxTop, one)).toEqual({ top, boxTop });
      }),
    );
  });
});
