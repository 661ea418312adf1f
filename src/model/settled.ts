import type { Attempt } from './attempt.ts';
import { partition } from './chronology.ts';

/**
 * Index of the first attempt of which facts may come yet: all before it stay as they are. The last one is never among
 * those, as a document that went away may come back. O(log attempts).
 */
export function firstUnsettled(attempts: readonly Attempt[]): number {
  return partition(0, Math.max(0, attempts.length - 1), (index) => attempts[index]?.settled === true);
}
