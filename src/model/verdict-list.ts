import type { Source } from './source.ts';
import type { Verdict } from './verdict.ts';

/**
 * One verdict for each reestablishment that is known: for each announced attempt after one that was. In order of attempts.
 * The same list again while nothing new is known.
 */
export function verdictsOf(_source: Source): readonly Verdict[] {
  return [];
}
