import type { Milliseconds } from '../protocol/record.ts';
import { firstAfter } from './chronology.ts';
import type { Source } from './source.ts';

/** Long enough not to flicker, short enough to see a stream dry up. */
const WINDOW: Milliseconds = 5000;
const LEAST_WINDOW: Milliseconds = 1000;

/**
 * Events per second over the last five seconds, or since the source is open if that is shorter. `now` may be a little
 * before the newest facts: nothing after it counts. O(log events).
 */
export function rate({ events, changes }: Pick<Source, 'events' | 'changes'>, now: Milliseconds): number {
  const since = Math.min(now, Math.max(now - WINDOW, changes.at(-1)?.time ?? now));
  const seconds = Math.max(LEAST_WINDOW, now - since) / 1000;
  return (firstAfter(events, now) - firstAfter(events, since)) / seconds;
}
