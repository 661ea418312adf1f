import { boundariesOf, type EventRows, eventRows, NO_ROWS, reversed } from './event-rows.ts';
import type { Filter } from './filter.ts';
import { Search } from './search.ts';
import { type Sort, SortedRows } from './sorted-rows.ts';
import type { Source } from './source.ts';
import { countOf, groupsOf, type Stretch, within } from './stretch.ts';
import type { Range } from './timeline.ts';

/** What the user wants to see of what streams brought. */
export interface Wanted {
  /** One, or all of them. */
  sources: readonly Source[];
  filter: Filter;
  /** Only what happened in it. */
  range: Range | undefined;
  /** What the streams say without an event, too. */
  withLines: boolean;
  /** Undefined: in order of time. */
  sort: Sort | undefined;
}

/** What there is to see of it. */
export interface Listed {
  rows: EventRows;
  /** How many items are among the rows, or will be as soon as they are sorted. */
  found: number;
  /** How many there would be without filter and range. */
  all: number;
  /** What is not done yet, and how much of it is, from 0 to 1. */
  busy?: { with: 'search' | 'sort'; progress: number };
  /** They came after the rows were sorted, and are not among them. */
  newer: number;
}

/** A list of what streams brought. Nothing that it does at once takes longer than a frame may: see `advance`. */
export class EventList {
  #wanted: Wanted | undefined;
  #search: { filter: Filter; search: Search; isMore: boolean } | undefined;
  /** Sorted, or being sorted; of what was wanted then. */
  #sorted: { wanted: Wanted; rows: SortedRows } | undefined;
  /** What was sorted before, which is shown until this one is. */
  #before: SortedRows | undefined;

  /** What `show` is to show from now on. */
  want(wanted: Wanted): void {
    const { filter } = wanted;
    this.#wanted = wanted;
    if (filter.terms.length === 0) this.#search = undefined;
    else if (this.#search?.filter !== filter) {
      this.#search = { filter, search: new Search(filter, this.#search?.search), isMore: true };
    }
  }

  /** To be asked again whenever sources changed. O(sources · log items), and O(attempts) where one source is shown. */
  show(): Listed {
    const wanted = this.#wanted;
    if (!wanted) return { rows: NO_ROWS, found: 0, all: 0, newer: 0 };
    const { sources, filter, range, withLines, sort } = wanted;
    const isFiltered = filter.terms.length > 0;
    const whole = listsOf(sources, withLines);
    const found = this.#search?.search.stretches(sources, withLines) ?? whole;
    const shown = range ? within(found, range) : found;
    const all = countOf(whole);
    const [source] = sources;
    const boundaries = source && sources.length === 1 && !isFiltered ? boundariesOf(source, shown, range) : [];
    const inTime = eventRows(sources, shown, boundaries);
    const listed: Listed = { rows: inTime, found: countOf(shown), all, newer: 0 };
    if (this.#search?.isMore) {
      listed.busy = { with: 'search', progress: this.#search.search.progress(sources, withLines) };
    }
    if (sort?.column === 'time') return { ...listed, rows: sort.descending ? reversed(inTime) : inTime };
    // What is still being found is not worth sorting.
    if (sort && !listed.busy) return this.#sort(listed, wanted, sort, shown);
    if (!sort) this.#sorted = undefined;
    return listed;
  }

  /** Does a little more of what takes time, about a millisecond. Returns whether there is more to do. */
  advance(): boolean {
    if (!this.#wanted) return false;
    const { sources, withLines } = this.#wanted;
    const search = this.#search;
    if (search) {
      search.isMore = search.search.advance(sources, withLines);
      if (search.isMore) return true;
    }
    return this.#sorted?.rows.advance() ?? false;
  }

  /** Sorts also what came since. */
  sortAgain(): void {
    this.#before = this.#sorted?.rows;
    this.#sorted = undefined;
  }

  #sort(listed: Listed, wanted: Wanted, sort: Sort, shown: readonly Stretch[]): Listed {
    const { sources } = wanted;
    const known = this.#sorted;
    const isSame = known && isAlike(known.wanted, wanted);
    let newer = isSame ? known.rows.newer(sources, shown) : undefined;
    if (!isSame) this.#before = undefined;
    if (!known || newer === undefined) {
      this.#sorted = { wanted, rows: new SortedRows(sources, shown, sort) };
      newer = 0;
    }
    const rows = this.#sorted?.rows;
    if (rows?.isDone) {
      this.#before = undefined;
      return { ...listed, rows, newer };
    }
    return { ...listed, rows: this.#before ?? listed.rows, busy: { with: 'sort', progress: rows?.progress ?? 0 } };
  }
}

/** Do both want the same, sources aside? */
function isAlike(one: Wanted, other: Wanted): boolean {
  const isOneRange = one.range?.from === other.range?.from && one.range?.to === other.range?.to;
  return one.filter === other.filter && one.withLines === other.withLines && one.sort === other.sort && isOneRange;
}

function listsOf(sources: readonly Source[], withLines: boolean): Stretch[] {
  const groups = groupsOf(sources);
  return sources.flatMap(({ events, lines }, lane) =>
    (withLines ? [events, lines] : [events]).map((items) => {
      return { items, from: 0, to: items.length, lane, group: groups[lane] ?? lane };
    }),
  );
}
