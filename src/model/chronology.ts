import type { Milliseconds } from '../protocol/record.ts';

/** Anything that happened at a moment. Lists of them are kept in order of time. */
export interface Timed {
  time: Milliseconds;
}

/**
 * `time`, but never before `floor`: a list stays in order (so that it can be searched) even if the clock of the page
 * was set back, or if the page lies. NaN and infinities count as `floor`.
 */
export function notBefore(floor: Milliseconds, time: Milliseconds): Milliseconds {
  return Number.isFinite(time) && time > floor ? time : floor;
}

/** The later one; a moment that is none counts for nothing. */
export function latest(known: Milliseconds | undefined, time: Milliseconds): Milliseconds | undefined {
  if (known !== undefined) return notBefore(known, time);
  return Number.isFinite(time) ? time : undefined;
}

/** How many of the indices from `low` on satisfy `isBefore`, plus `low`; none may after the first that does not. O(log n). */
export function partition(low: number, high: number, isBefore: (index: number) => boolean): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the first item after the one with this `seq`, by which they are in order; their number if there is none. O(log n). */
export function firstBehind(items: readonly { seq: number }[], seq: number): number {
  return partition(0, items.length, (index) => (items[index]?.seq ?? 0) <= seq);
}

/** Index of the first item at or after `time` within `[low, high)`; `high` if there is none. O(log n). */
export function firstAt(items: readonly Timed[], time: Milliseconds, low = 0, high = items.length): number {
  return partition(low, high, (index) => (items[index]?.time ?? time) < time);
}

/** Index of the first item after `time` within `[low, high)`; `high` if there is none. O(log n). */
export function firstAfter(items: readonly Timed[], time: Milliseconds, low = 0, high = items.length): number {
  return partition(low, high, (index) => (items[index]?.time ?? Number.POSITIVE_INFINITY) <= time);
}
