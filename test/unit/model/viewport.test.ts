import { describe, expect, test } from 'vitest';
import { INITIAL_VIEW, onWholePixels, panned, visible, zoomed } from '../../../src/model/viewport.ts';

const MINUTE = 60_000;
const span = ({ from, to }: { from: number; to: number }) => to - from;

describe('visible', () => {
  test('a young session fills the picture, with a little room on both sides', () => {
    const { from, to } = visible(INITIAL_VIEW, { from: 0, to: 20_000 }, 20_000);
    expect(from).toBeLessThan(0);
    expect(to).toBeGreaterThan(20_000);
    expect(to - from).toBeLessThan(24_000);
  });

  test('a blink does not look like a stream', () => {
    expect(span(visible(INITIAL_VIEW, { from: 0, to: 20 }, 20))).toBeGreaterThanOrEqual(10_000);
  });

  test('an older one shows its last minute, now near the right edge', () => {
    const { from, to } = visible(INITIAL_VIEW, { from: 0, to: 600_000 }, 600_000);
    expect(to - from).toBe(MINUTE);
    expect(to).toBeGreaterThan(600_000);
    expect(to).toBeLessThan(600_000 + MINUTE / 10);
  });

  test('fit shows all of it, however long', () => {
    const { from, to } = visible({ mode: 'fit' }, { from: 0, to: 600_000 }, 600_000);
    expect(from).toBeLessThan(0);
    expect(to).toBeGreaterThan(600_000);
  });

  test('nothing known yet is a range all the same', () => {
    expect(span(visible(INITIAL_VIEW, undefined, 1000))).toBeGreaterThan(0);
  });
});

describe('zoomed', () => {
  test('what is at the pointer stays there', () => {
    const at = 2500;
    const next = zoomed({ from: 0, to: 10_000 }, at, 0.5);
    expect(span(next)).toBe(5000);
    expect((at - next.from) / span(next)).toBeCloseTo(0.25);
  });

  test('ends at a few milliseconds and at a week', () => {
    expect(span(zoomed({ from: 0, to: 1000 }, 500, 1e-9))).toBeGreaterThan(1);
    expect(span(zoomed({ from: 0, to: 1000 }, 500, 1e12))).toBeLessThan(1e9);
  });
});

describe('panned', () => {
  const session = { from: 0, to: 100_000 };

  test('moves', () => {
    expect(panned({ from: 10_000, to: 20_000 }, 5000, session)).toEqual({ from: 15_000, to: 25_000 });
  });

  test.each([-1e9, 1e9])('never leaves the session out of sight (%d)', (distance) => {
    const { from, to } = panned({ from: 10_000, to: 20_000 }, distance, session);
    expect(to).toBeGreaterThan(session.from);
    expect(from).toBeLessThan(session.to);
    expect(to - from).toBeCloseTo(10_000);
  });
});

test('onWholePixels: a range that moves by parts of a pixel stays where it is', () => {
  const at = (from: number) => onWholePixels({ from, to: from + 10_000 }, 1000).from;
  expect(at(50_001)).toBe(at(50_004));
  expect(at(50_016) - at(50_001)).toBeCloseTo(20);
});
