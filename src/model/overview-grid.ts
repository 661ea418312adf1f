import type { Milliseconds } from '../protocol/record.ts';
import type { Range } from './timeline.ts';

/** Equal columns, at whole multiples of `step`. */
export interface OverviewGrid {
  range: Range;
  step: Milliseconds;
  columns: number;
}

/** A session shorter than this does not fill the overview. */
const SHORTEST: Milliseconds = 10_000;
/** For what the timeline shows after the present. */
const ROOM = 1.05;
/** Columns are so many times a power of two long. */
const MULTIPLES = [4, 5, 6, 7];
/** More of them could be finer than what is counted: see model/buckets.ts. */
const MOST_COLUMNS = 2048;

/**
 * Columns for the whole of `session`. While it grows they stay the same, and then get longer by a fifth or so at once:
 * a picture that is stretched a little with every frame would flicker.
 */
export function overviewGrid({ from, to }: Range, columns: number): OverviewGrid {
  const count = Math.min(MOST_COLUMNS, Math.max(1, Math.floor(columns)));
  const end = from + Math.max(to - from, SHORTEST) * ROOM;
  const power = Math.floor(Math.log2((end - from) / count)) - 3;
  for (let unit = 2 ** power; ; unit *= 2) {
    for (const multiple of MULTIPLES) {
      const step = unit * multiple;
      const start = Math.floor(from / step) * step;
      if (start + count * step > end) return { range: { from: start, to: start + count * step }, step, columns: count };
    }
  }
}
