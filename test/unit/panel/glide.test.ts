import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { glideTo } from '../../../src/panel/glide.ts';
import { createNavigation, type Navigation } from '../../../src/panel/navigation.ts';

let wantsStillness = false;
let callbacks: FrameRequestCallback[] = [];
let navigation: Navigation;

/** One frame is drawn at `time`. */
function frame(time: number): void {
  const due = callbacks;
  callbacks = [];
  for (const callback of due) callback(time);
}
const isInSight = (time: number) => navigation.range.value.from < time && time < navigation.range.value.to;

beforeEach(() => {
  callbacks = [];
  wantsStillness = false;
  vi.stubGlobal('matchMedia', () => ({ matches: wantsStillness }));
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => callbacks.push(callback));
  navigation = createNavigation(signal({ from: 0, to: 600_000 }), signal(600_000));
});

describe('a glide', () => {
  test('brings a moment into sight within 160 ms, slower and slower', () => {
    const { from: start } = navigation.range.value;
    glideTo(navigation, 300_000);
    const places = [0, 40, 80, 120, 160].map((time) => {
      frame(1000 + time);
      return navigation.range.value.from;
    });
    const steps = places.slice(1).map((place, index) => Math.abs(place - (places[index] ?? 0)));
    expect(places[0]).toBe(start);
    expect(steps).toEqual(steps.toSorted((a, b) => b - a));
    expect(isInSight(300_000)).toBe(true);
    expect(callbacks).toEqual([]);
  });

  test('is none where nothing shall move', () => {
    wantsStillness = true;
    glideTo(navigation, 300_000);
    expect(isInSight(300_000)).toBe(true);
    expect(callbacks).toEqual([]);
  });

  test('moves nothing if the moment is in sight', () => {
    const before = navigation.range.value;
    glideTo(navigation, (before.from + before.to) / 2);
    expect(callbacks).toEqual([]);
    expect(navigation.range.value).toBe(before);
  });

  test('ends where the user moves the picture, or another one begins', () => {
    glideTo(navigation, 300_000);
    frame(1000);
    frame(1040);
    navigation.pan(0.1);
    const { from } = navigation.range.value;
    frame(1080);
    expect(navigation.range.value.from).toBe(from);
    expect(callbacks).toEqual([]);
    glideTo(navigation, 300_000);
    frame(2000);
    glideTo(navigation, 500_000);
    for (let time = 2040; time < 2400; time += 40) frame(time);
    expect(isInSight(500_000)).toBe(true);
  });
});
