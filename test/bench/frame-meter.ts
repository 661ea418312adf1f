import type { Milliseconds } from '../../src/protocol/record.ts';

/** These run in a document, as text: they can use nothing of this module but types. */

/** What the frames of a document took of its thread. */
export interface Frames {
  /**
   * Of each frame that the user's wheel, pointer, keys or scrolling had a part in: its event handlers, animation
   * callbacks, style, layout and paint, and what was handled between it and the frame before it.
   */
  used: Milliseconds[];
  /** The longest of all frames, measured in the same way. */
  longest: Milliseconds;
  /** The longest time from the beginning of one frame to that of the next: what other processes took is in it. */
  gap: Milliseconds;
  /** The longest stretch that the browser itself calls a long animation frame or a long task; 0: none, of 50 ms or more. */
  long: Milliseconds;
  /** What the longest of the frames among them did, as the browser says it: for whoever wants to know where time went. */
  why: string;
}

declare global {
  interface Window {
    /** Measures until it is called; see {@link meterFrames}. */
    endOfFrames?: () => Frames;
  }
}

/**
 * Measures frames from now on. A callback that asks for itself again in each frame is the first of the next one; only
 * the events that the browser hands out at the frame's beginning come before it. The message that is posted then comes
 * when the thread is free again: after style, layout and paint. What is done outside of frames, such as the handling of
 * a key, counts for the next one.
 */
export function meterFrames(): void {
  window.endOfFrames?.();
  const used: number[] = [];
  let [longest, gap, long] = [0, 0, 0];
  let why = '';
  /** When the thread began with what it does now. */
  let start: number | undefined;
  let [work, last] = [0, 0];
  let [isFrame, isUsed] = [false, false];
  const { port1, port2 } = new MessageChannel();
  const begin = () => {
    if (start !== undefined) return;
    start = performance.now();
    port2.postMessage(null);
  };
  port1.onmessage = () => {
    work += performance.now() - (start ?? Number.NaN);
    start = undefined;
    if (!isFrame) return;
    longest = Math.max(longest, work);
    if (isUsed) used.push(work);
    work = 0;
    isFrame = false;
    isUsed = false;
  };
  const onFrame = () => {
    begin();
    const now = performance.now();
    if (last > 0) gap = Math.max(gap, now - last);
    last = now;
    isFrame = true;
    asked = requestAnimationFrame(onFrame);
  };
  let asked = requestAnimationFrame(onFrame);
  const onUse = () => {
    begin();
    isUsed = true;
  };
  const types = ['wheel', 'pointerdown', 'pointermove', 'pointerup', 'keydown', 'input', 'scroll'];
  const how = { capture: true, passive: true };
  for (const type of types) addEventListener(type, onUse, how);
  /** [chrome] TypeScript does not know it yet. */
  interface LongFrame extends PerformanceEntry {
    renderStart: Milliseconds;
    styleAndLayoutStart: Milliseconds;
    scripts: { invoker: string; duration: Milliseconds }[];
  }
  let longestFrame = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      long = Math.max(long, entry.duration);
      if (entry.entryType === 'longtask' || entry.duration <= longestFrame) continue;
      longestFrame = entry.duration;
      const { startTime, renderStart, styleAndLayoutStart, scripts } = entry as LongFrame;
      const parts = {
        'before rendering': renderStart - startTime,
        callbacks: styleAndLayoutStart - renderStart,
        'style, layout, paint': startTime + entry.duration - styleAndLayoutStart,
      };
      const said = [...Object.entries(parts), ...scripts.map(({ invoker, duration }) => [invoker, duration] as const)];
      why = said.map(([what, time]) => `${what} ${Math.round(time)}`).join(', ');
    }
  });
  for (const type of ['long-animation-frame', 'longtask']) observer.observe({ type });
  window.endOfFrames = () => {
    cancelAnimationFrame(asked);
    for (const type of types) removeEventListener(type, onUse, how);
    observer.disconnect();
    port1.close();
    delete window.endOfFrames;
    return { used, longest, gap, long, why };
  };
}

/** Ends what {@link meterFrames} began. */
export function framesSoFar(): Frames {
  const frames = window.endOfFrames?.();
  if (!frames) throw new Error('Nobody measured frames.');
  return frames;
}
