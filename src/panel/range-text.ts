import type { Range } from '../model/timeline.ts';
import { tick } from './format.ts';

/** When a range begins and ends, as exactly as its length asks for: 10:42:10 and 10:42:20. */
export function rangeTimes({ from, to }: Range): { from: string; to: string } {
  const precision = (to - from) / 10;
  return { from: tick(from, precision), to: tick(to, precision) };
}
