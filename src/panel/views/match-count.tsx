import { useRef } from 'preact/hooks';
import type { Filter } from '../../model/filter.ts';
import { number } from '../format.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { useFiltered } from '../use-filtered.ts';

/** How much of the list below the filter admits: events of the selected source, or sources if it speaks of them only. */
export function MatchCount() {
  const { filter, selection, lanes, session } = useStore();
  const source = selection.source.value;
  const filtered = useFiltered(source);
  const announced = useRef<{ filter: Filter; words: string }>(undefined);
  const { terms } = filter.value;
  if (terms.length === 0) return null;
  const isOfEvents = source !== undefined && terms.some(({ field }) => field !== 'source');
  const found = isOfEvents ? (filtered?.admitted.length ?? 0) : lanes.value.length;
  const all = isOfEvents ? source.events.length : session.log.sources.length;
  const words = text(isOfEvents ? 'matchingEvents' : 'matchingSources', number(found), number(all));
  // Once for each filter, when all is found: who listens need not hear of every event that comes after that.
  const isDone = !isOfEvents || filtered?.isDone === true;
  if (isDone && announced.current?.filter !== filter.value) announced.current = { filter: filter.value, words };
  return (
    <>
      <span class="filter-count number" data-testid="filter-count" title={words} aria-hidden="true">
        {text('matchCount', number(found), number(all))}
      </span>
      <span class="unseen" role="status">
        {announced.current?.words}
      </span>
    </>
  );
}
