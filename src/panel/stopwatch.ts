import type { Milliseconds } from '../protocol/record.ts';

/** Returns a function that says whether `time` has passed since now. For work that is cut into pieces; facts carry their time. */
export function stopwatch(time: Milliseconds): () => boolean {
  const end = performance.now() + time;
  return () => performance.now() >= end;
}
