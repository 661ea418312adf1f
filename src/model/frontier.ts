import type { Milliseconds } from '../protocol/record.ts';
import type { Attempt } from './attempt.ts';
import { partition } from './chronology.ts';
import type { Source } from './source.ts';

/** Facts about what is over for so long do not come any more, as a rule. */
const OLD: Milliseconds = 10_000;

/** Facts about it are not to be expected, at the time of `newest`. */
export const isOld = (attempt: Attempt | undefined, newest: Milliseconds): boolean =>
  attempt?.settled === true || (attempt?.ended?.time ?? newest) < newest - OLD;

/** Between the attempts of a source that stay as they are, and those of which facts may come yet. */
export class Frontier {
  #first: Attempt | undefined;
  #settled = 0;
  #open = 0;

  /**
   * Index of the first attempt that may be another one than when this was asked the last time; 0 where the past was
   * forgotten. What was only taken to be old is looked at again once it is settled. O(log attempts).
   */
  advance({ attempts, newest }: Pick<Source, 'attempts' | 'newest'>): number {
    // A document that went away may come back: the last attempt of its sources goes on then.
    const past = Math.max(0, attempts.length - 1);
    const settled = partition(0, past, (index) => attempts[index]?.settled === true);
    const old = partition(settled, past, (index) => isOld(attempts[index], newest));
    const isSame = attempts[0] === this.#first;
    const from = settled > this.#settled ? Math.min(this.#settled, this.#open) : this.#open;
    this.#first = attempts[0];
    this.#settled = settled;
    this.#open = old;
    return isSame ? Math.min(from, attempts.length) : 0;
  }
}
