import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attemptsWithin, eventsWithin } from '../../../src/model/range-content.ts';
import { attemptsOf } from '../../../src/model/source-state.ts';
import { sourceOf } from '../../support/story.ts';

const attempts = attemptsOf(
  sourceOf(`construct / · connect @1000 · announce @1200 · reestablish network @2000
    connect start @5000 · announce @5100 · reestablish end @6000 · connect start @9000`),
);
const numbers = (from: number, to: number) => {
  const { first, end } = attemptsWithin(attempts, { from, to });
  return attempts.slice(first, end).map(({ number }) => number);
};

describe('of three attempts, at 1 to 2 s, at 5 to 6 s and from 9 s on,', () => {
  test.each([
    ['none is before the first one', 0, 999, []],
    ['the first one is there from its beginning', 0, 1000, [1]],
    ['and in its middle', 1400, 1500, [1]],
    ['and at its end', 2000, 2100, [1]],
    ['none is in a wait', 2500, 4000, []],
    ['two overlap a range over their wait', 1500, 5500, [1, 2]],
    ['the last one lasts', 20_000, 30_000, [3]],
    ['all are in the whole session', 0, 30_000, [1, 2, 3]],
  ])('%s', (_, from, to, expected) => {
    expect(numbers(from, to)).toEqual(expected);
  });
});

test('without a range, all of them are shown', () => {
  expect(attemptsWithin(attempts, undefined)).toEqual({ first: 0, end: 3 });
});

test('whatever the page recorded, those are found that one finds by looking at each', () => {
  const step = fc.constantFrom('connect', 'connect start', 'announce', 'reestablish network', 'dispatch 1', 'drop 1');
  const steps = fc.array(fc.tuple(step, fc.integer({ min: 0, max: 50 })), { maxLength: 40 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 300 }), (list, from, length) => {
      let time = 0;
      const told = list.map(([what, later]) => {
        time += later;
        return `${what}${what.startsWith('drop') ? '' : ` @${time}`}`;
      });
      const all = attemptsOf(sourceOf(['construct / @0', ...told].join(' · ')));
      const range = { from, to: from + length };
      const one = all.filter((attempt, index) => {
        const end = attempt.ended?.time ?? all[index + 1]?.time ?? Number.POSITIVE_INFINITY;
        return attempt.time <= range.to && end >= range.from;
      });
      const { first, end } = attemptsWithin(all, range);
      expect(all.slice(first, end)).toEqual(one);
    }),
  );
});

test('events are counted over all sources, those at the edges too', () => {
  const one = sourceOf('construct / · connect · announce · dispatch 1 @1000 · dispatch 2 @2000 · dispatch 3 @2000');
  const other = sourceOf('construct / · connect · announce · dispatch 1 @1500 · dispatch 2 @3000');
  expect(eventsWithin([one, other], { from: 1000, to: 2000 })).toBe(4);
  expect(eventsWithin([one, other], { from: 2001, to: 2999 })).toBe(0);
});
