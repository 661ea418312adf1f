import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { frames, present } from '../../../src/panel/frames.ts';

describe('present', () => {
  test('goes on with the frames', () => {
    const now = present(1_000_000);
    expect([now(0, undefined), now(16, 900_000)]).toEqual([1_000_000, 1_000_016]);
  });

  test('is at the newest fact where no frame says more, and does not run ahead after that', () => {
    const now = present(1_000_000);
    expect([now(0, undefined), now(undefined, 1_060_000), now(60_010, 1_060_000)]).toEqual([
      1_000_000, 1_060_000, 1_060_010,
    ]);
  });

  test('is never before the newest fact, and goes on from it', () => {
    const now = present(1_000_000);
    expect([now(0, 1_000_500), now(16, 1_000_500)]).toEqual([1_000_500, 1_000_516]);
  });
});

describe('frames', () => {
  let callbacks: ((time: number) => void)[] = [];
  const runFrame = () => {
    for (const callback of callbacks.splice(0)) callback(0);
  };
  beforeEach(() => {
    callbacks = [];
    vi.useFakeTimers();
    vi.stubGlobal('cancelAnimationFrame', () => {
      callbacks = [];
    });
    vi.stubGlobal('requestAnimationFrame', (callback: (time: number) => void) => callbacks.push(callback));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test('draws once, however often it is asked', () => {
    const draw = vi.fn(() => undefined);
    const request = frames(draw);
    for (let i = 0; i < 1000; i++) request();
    runFrame();
    runFrame();
    expect(draw).toHaveBeenCalledTimes(1);
  });

  test('draws a document that gets no frames once a second, and only when it is asked', () => {
    const draw = vi.fn(() => 10);
    const request = frames(draw);
    request();
    vi.advanceTimersByTime(999);
    expect(draw).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    expect(draw.mock.calls).toEqual([[undefined]]);
  });

  test('draws again after the time that draw asks for, and not twice if it is asked meanwhile', () => {
    const draw = vi.fn(() => 1000);
    const request = frames(draw);
    request();
    runFrame();
    vi.advanceTimersByTime(500);
    request();
    runFrame();
    vi.advanceTimersByTime(999);
    expect(callbacks).toHaveLength(0);
    vi.advanceTimersByTime(1);
    expect(callbacks).toHaveLength(1);
    expect(draw).toHaveBeenCalledTimes(2);
  });
});
