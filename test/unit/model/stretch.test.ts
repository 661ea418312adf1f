import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StreamLine } from '../../../src/model/stream-event.ts';
import { countOf, inOrder, type Placed, placeOf, type Stretch, slice, within } from '../../../src/model/stretch.ts';

/** Lists of several sources, two of each, with gaps before and after the part that counts. */
const arrival = fc.array(
  fc.record({ lane: fc.nat(3), list: fc.nat(1), later: fc.constantFrom(0, 0, 0.125, 1, 1000) }),
  {
    maxLength: 60,
  },
);

function stretchesOf(arrivals: { lane: number; list: number; later: number }[]): Stretch[] {
  const lists = new Map<string, StreamLine[]>();
  for (let lane = 0; lane < 4; lane++) for (let list = 0; list < 2; list++) lists.set(`${lane} ${list}`, []);
  let time = 1.7e12;
  arrivals.forEach(({ lane, list, later }, index) => {
    time += later;
    lists.get(`${lane} ${list}`)?.push({ seq: index + 1, time, attempt: 1, type: 'comment', value: '', size: 0 });
  });
  return [...lists].map(([name, items]) => ({
    items: [undefined, ...items, undefined],
    from: 1,
    to: items.length + 1,
    lane: Number(name[0]),
    // Two documents, of two sources each.
    group: Number(name[0]) >> 1,
  }));
}

/** The same by putting them all together. */
function merged(stretches: Stretch[]): Placed[] {
  return stretches
    .flatMap(({ items, lane, group, from, to }) =>
      items.slice(from, to).map((item) => ({ item, lane, group }) as Placed),
    )
    .sort(inOrder);
}

describe('lists that are never merged', () => {
  test('have at each place what has it when they are', () => {
    fc.assert(
      fc.property(arrival, fc.nat(60), fc.nat(60), (arrivals, one, other) => {
        const stretches = stretchesOf(arrivals);
        const [first, last] = [Math.min(one, other), Math.max(one, other)];
        expect(slice(stretches, first, last)).toEqual(merged(stretches).slice(first, last));
      }),
    );
  });

  test('know the place of each', () => {
    fc.assert(
      fc.property(arrival, (arrivals) => {
        const stretches = stretchesOf(arrivals);
        const all = merged(stretches);
        expect(all.map(({ item, lane }) => placeOf(stretches, item, lane))).toEqual(all.map((_, index) => index));
        expect(countOf(stretches)).toBe(all.length);
      }),
    );
  });

  test('can be cut to a range of time, both ends included', () => {
    fc.assert(
      fc.property(arrival, fc.nat(2000), fc.nat(2000), (arrivals, from, span) => {
        const stretches = stretchesOf(arrivals);
        const range = { from: 1.7e12 + from, to: 1.7e12 + from + span };
        const cut = within(stretches, range);
        expect(slice(cut, 0, countOf(cut))).toEqual(
          merged(stretches).filter(({ item: { time } }) => time >= range.from && time <= range.to),
        );
      }),
    );
  });

  test('what was forgotten has no place', () => {
    const stretches = stretchesOf([{ lane: 0, list: 0, later: 1 }]);
    const [placed] = merged(stretches);
    expect(placed && placeOf([], placed.item, placed.lane)).toBeUndefined();
    expect(placed && placeOf(stretches, { ...placed.item }, placed.lane)).toBeUndefined();
  });
});
