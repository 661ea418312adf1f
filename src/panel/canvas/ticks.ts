import type { Range } from '../../model/timeline.ts';
import type { Milliseconds } from '../../protocol/record.ts';
import type { Pixels } from './scene.ts';

export interface Ticks {
  /** From one tick to the next. */
  step: Milliseconds;
  times: Milliseconds[];
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** 1-2-5, as far as clocks allow it: each step divides the next unit. */
const STEPS: readonly Milliseconds[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 30].map((count) => count * MINUTE),
  ...[1, 2, 6, 12].map((count) => count * HOUR),
];
/** How far ticks are apart at least, so that most of them have room for a label. */
const PITCH: Pixels = 80;

/** What ticks depend on: see Scene. */
interface Ruler {
  range: Range;
  width: Pixels;
  origin?: Milliseconds | undefined;
}

/** The ticks within `range`, at round local times, or at round times after `origin`. At most one per 80 pixels. */
export function ticks({ range, width, origin }: Ruler): Ticks {
  const least = ((range.to - range.from) / width) * PITCH;
  if (!(least > 0 && Number.isFinite(least))) return { step: DAY, times: [] };
  const step = STEPS.find((one) => one >= least) ?? Math.ceil(least / DAY) * DAY;
  // Hours begin where the user lives: zones are off UTC by up to 14 hours, some by a part of one.
  const zone = origin ?? (new Date(range.from).getTimezoneOffset() * MINUTE || 0);
  const times: Milliseconds[] = [];
  for (let index = Math.ceil((range.from - zone) / step); index * step + zone <= range.to; index++) {
    times.push(index * step + zone);
  }
  return { step, times };
}
