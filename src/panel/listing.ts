import { type Signal, signal } from '@preact/signals';
import type { Filter } from '../model/filter.ts';
import type { Sort } from '../model/sorted-rows.ts';

/** What the list of events shows, and how. Lasts as long as DevTools: what suits one stream may not suit the next page's. */
export interface Listing {
  /** Events of all sources, not only of the one that is selected. */
  readonly all: Signal<boolean>;
  /** Comments, reconnection times and ids without data, too. */
  readonly lines: Signal<boolean>;
  /** Undefined: in the order of the stream. */
  readonly sort: Signal<Sort | undefined>;
  /** What came of the search; undefined while the list is not shown. */
  readonly found: Signal<Found | undefined>;
}

/** How many items of how many, as far as it is done. */
export interface Found {
  filter: Filter;
  items: number;
  all: number;
  isDone: boolean;
}

export function createListing(): Listing {
  return { all: signal(false), lines: signal(true), sort: signal<Sort>(), found: signal<Found>() };
}

const SORTABLE: readonly Sort['column'][] = ['time', 'source', 'type', 'id', 'size', 'data'];

/** What a click on the head of a column does: up, down, and back to the order of the stream, which is up in time. */
export function sortedBy(sort: Sort | undefined, name: string): Sort | undefined {
  const column = SORTABLE.find((one) => one === name);
  if (!column) return sort;
  if (sort?.column !== column) return { column, descending: column === 'time' };
  return sort.descending ? undefined : { column, descending: true };
}
