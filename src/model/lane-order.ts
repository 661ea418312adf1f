import { isUnload } from './attempt.ts';
import type { Source } from './source.ts';

/**
 * In which order lanes are shown: what belongs to the page that is there now, in order of construction; below it, what
 * went away with an earlier document, the newest document first. A reload must not push what lives out of sight.
 */
export function laneOrder(sources: readonly Source[]): readonly Source[] {
  const past = sources.filter(isPast);
  if (past.length === 0) return sources;
  past.sort((a, b) => b.document.started - a.document.started || a.constructed - b.constructed);
  return [...sources.filter((source) => !isPast(source)), ...past];
}

/** Its document went away. */
export function isPast(source: Source): boolean {
  return source.ended !== undefined && isUnload(source.ended);
}
