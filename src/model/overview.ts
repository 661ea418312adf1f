import type { OverviewGrid } from './overview-grid.ts';
import type { Source } from './source.ts';
import { type OverviewColumns, Tally } from './tally.ts';

/**
 * What all sources did, by time. What is new is added; whenever something was forgotten or filtered, all is counted anew,
 * piece by piece, and until that is done it shows what it showed.
 */
export class Overview {
  #shown: Tally | undefined;
  /** That is to be shown once everything is counted. */
  #next: Tally | undefined;

  /** Looks at `most` events that it has not seen. Returns whether there are more. O(sources + what is new). */
  update(sources: readonly Source[], most: number): boolean {
    this.#shown ??= new Tally(sources);
    if (!this.#shown.holds(sources)) {
      if (!this.#next?.holds(sources)) this.#next = new Tally(sources);
    } else this.#next = undefined;
    const isMore = (this.#next ?? this.#shown).count(sources, most);
    if (isMore || !this.#next) return isMore;
    this.#shown = this.#next;
    this.#next = undefined;
    return false;
  }

  /** O(columns + sources). */
  columns(grid: OverviewGrid): OverviewColumns {
    return (this.#shown ?? new Tally([])).columns(grid);
  }
}
