import { useEffect, useRef, useState } from 'preact/hooks';
import { EventList, type Listed } from '../model/event-list.ts';
import type { Source } from '../model/source.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { stopwatch } from './stopwatch.ts';
import { useStore } from './store.ts';

/** So long does a search or a sort keep the document busy at once. */
const SLICE: Milliseconds = 8;
/** So often is what it found meanwhile drawn: drawing takes longer than that. */
const REDRAW: Milliseconds = 100;

/** What the list of events shows now; searches and sorts on, between frames, until it is done. */
export function useEventList(sources: readonly Source[]): Listed & { sortAgain(): void } {
  const { filter, navigation, listing, revision } = useStore();
  const [, drawAgain] = useState(0);
  const [list] = useState(() => new EventList());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  revision.value;
  // An effect runs later, when the user may have written on.
  const { value: shown } = filter;
  list.want({
    sources,
    filter: shown,
    range: navigation.chosen.value,
    withLines: listing.lines.value,
    sort: listing.sort.value,
  });
  // What was written into the filter has its first answer in the same frame.
  advance(list);
  const listed = list.show();
  const draw = () => drawAgain((count) => count + 1);
  useEffect(() => {
    if (!listed.busy || timer.current !== undefined) return;
    let isDue = stopwatch(REDRAW);
    const goOn = () => {
      const isMore = advance(list);
      timer.current = isMore ? setTimeout(goOn) : undefined;
      if (isMore && !isDue()) return;
      isDue = stopwatch(REDRAW);
      draw();
    };
    timer.current = setTimeout(goOn);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  const { found, all, busy } = listed;
  const isDone = busy?.with !== 'search';
  useEffect(() => {
    listing.found.value = { filter: shown, items: found, all, isDone };
  }, [shown, found, all, isDone]);
  useEffect(
    () => () => {
      listing.found.value = undefined;
    },
    [listing],
  );
  return {
    ...listed,
    sortAgain() {
      list.sortAgain();
      draw();
    },
  };
}

/** Returns whether there is more to do. */
function advance(list: EventList): boolean {
  const isOver = stopwatch(SLICE);
  while (list.advance()) if (isOver()) return true;
  return false;
}
