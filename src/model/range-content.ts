import { type Attempt, startOf } from './attempt.ts';
import { firstAfter, firstAt, partition } from './chronology.ts';
import type { Source } from './source.ts';
import type { Range } from './timeline.ts';

/**
 * Which of a source's attempts overlap `range`: from index `first` to before `end`. One that lasts overlaps whatever is
 * after its beginning, and so does one whose end is not known, until the next one begins. O(log n).
 */
export function attemptsWithin(attempts: readonly Attempt[], range: Range | undefined): { first: number; end: number } {
  if (!range) return { first: 0, end: attempts.length };
  const began = (index: number) => {
    const attempt = attempts[index];
    return attempt && (startOf(attempt) ?? attempt.time);
  };
  const ended = (index: number) => attempts[index]?.ended?.time ?? began(index + 1) ?? Number.POSITIVE_INFINITY;
  const first = partition(0, attempts.length, (index) => ended(index) < range.from);
  return { first, end: partition(first, attempts.length, (index) => (began(index) ?? 0) <= range.to) };
}

/** How many events of these sources were dispatched within `range`. O(sources · log events). */
export function eventsWithin(sources: readonly Pick<Source, 'events'>[], { from, to }: Range): number {
  return sources.reduce((sum, { events }) => sum + Math.max(0, firstAfter(events, to) - firstAt(events, from)), 0);
}
