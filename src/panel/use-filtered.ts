import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Filter } from '../model/filter.ts';
import { FilteredEvents } from '../model/filtered-events.ts';
import type { Source } from '../model/source.ts';
import { useStore } from './store.ts';

/** Events that are looked at in one frame: about ten milliseconds. */
const AT_ONCE = 50_000;

/** Whoever asks for the same gets the same: it is found once. */
const known = new WeakMap<Filter, WeakMap<Source, FilteredEvents>>();

function filteredEvents(source: Source, filter: Filter): FilteredEvents {
  const ofFilter = known.get(filter) ?? new WeakMap<Source, FilteredEvents>();
  known.set(filter, ofFilter);
  const filtered = ofFilter.get(source) ?? new FilteredEvents(source, filter);
  ofFilter.set(source, filtered);
  return filtered;
}

/** The events of `source` that the filter admits, as far as they were found; undefined while there is no filter. */
export function useFiltered(source: Source | undefined): FilteredEvents | undefined {
  const { filter, revision } = useStore();
  const [, goOn] = useState(0);
  const { terms } = filter.value;
  const filtered = useMemo(
    () => (source && terms.length > 0 ? filteredEvents(source, filter.value) : undefined),
    [source, filter.value],
  );
  revision.value;
  const isMore = filtered?.advance(AT_ONCE) ?? false;
  useEffect(() => {
    if (!isMore) return;
    const frame = requestAnimationFrame(() => goOn((count) => count + 1));
    return () => cancelAnimationFrame(frame);
  });
  return filtered;
}
