import { useRef } from 'preact/hooks';
import type { Filter } from '../../model/filter.ts';
import { number } from '../format.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';

/** How much the filter admits: events of the list below, or sources if it speaks of them only. */
export function MatchCount() {
  const { filter, lanes, listing, session } = useStore();
  const announced = useRef<{ filter: Filter; words: string }>(undefined);
  const { terms } = filter.value;
  const isOfEvents = terms.some(({ field }) => field !== 'source');
  const found = isOfEvents
    ? listing.found.value
    : { filter: filter.value, items: lanes.value.length, all: session.log.sources.length, isDone: true };
  // What came of another filter says nothing about this one.
  if (terms.length === 0 || found?.filter !== filter.value) return null;
  const { items, all, isDone } = found;
  const words = text(isOfEvents ? 'matchingEvents' : 'matchingSources', number(items), number(all));
  // Once for each filter, when all is found: who listens need not hear of every event that comes after that.
  if (isDone && announced.current?.filter !== filter.value) announced.current = { filter: filter.value, words };
  return (
    <>
      <span class="filter-count number" data-testid="filter-count" title={words} aria-hidden="true">
        {text('matchCount', number(items), number(all))}
      </span>
      <span class="unseen" role="status">
        {announced.current?.words}
      </span>
    </>
  );
}
