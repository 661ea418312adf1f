import { expect, test } from 'vitest';
import { clock } from '../../../src/page/clock.ts';

/** A machine whose two clocks can be moved. */
function machine(start: number) {
  const at = { monotonic: 0, wall: start };
  const now = clock(
    () => at.monotonic,
    () => Math.floor(at.wall),
    start,
  );
  const pass = (time: number, asleep = 0) => {
    at.monotonic += time;
    at.wall += time + asleep;
  };
  return { at, now, pass };
}

test('the fraction is kept while both clocks agree, also over the whole milliseconds of the other', () => {
  const { now, pass } = machine(1000.7);
  pass(0.25);
  expect(now()).toBeCloseTo(1000.95, 6);
  pass(5);
  expect(now()).toBeCloseTo(1005.95, 6);
});

test('a machine that slept woke at the time that its clock says', () => {
  const { now, pass, at } = machine(1000);
  pass(10, 3_600_000);
  expect(Math.abs(now() - at.wall)).toBeLessThan(1);
});

test('a slow drift is followed before it matters', () => {
  const { now, pass, at } = machine(1000);
  for (let hour = 0; hour < 24; hour++) {
    pass(3_600_000, 36);
    expect(Math.abs(now() - at.wall)).toBeLessThan(50);
  }
});

test('a process that had to wait between its looks at the two clocks does not take that for drift', () => {
  let time = 0;
  let held = 0;
  const now = clock(
    () => time,
    () => {
      time += held;
      return 1000 + time;
    },
    1000,
  );
  held = 400;
  expect(now()).toBe(1000);
  held = 0;
  expect(now()).toBe(1400);
});

test('a clock that is set back turns nothing back', () => {
  const { now, pass, at } = machine(10_000);
  pass(100);
  const before = now();
  at.wall -= 5000;
  pass(1);
  expect(now()).toBeCloseTo(before + 1, 6);
});
