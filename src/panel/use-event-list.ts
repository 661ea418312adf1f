import { useEffect, useRef, useState } from 'preact/hooks';
import { EventList, type Listed } from '../model/event-list.ts';
import type { Source } from '../model/source.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { stopwatch } from './stopwatch.ts';
import { useStore } from './store.ts';

/** So long does a search or a sort keep the document busy at once. */
const SLICE: Milliseconds = 8;

/** What the list of events shows now; searches and sorts on, between frames, until it is done. */
export function useEventList(sources: readonly Source[]): Listed & { sortAgain(): void } {
  const { filter, navigation, listing, revision } = useStore();
  const [, drawAgain] = useState(0);
  const [list] = useState(() => new EventList());
  const work = useRef<{ timer?: ReturnType<typeof setTimeout> | undefined; frame?: number | undefined }>({});
  revision.value;
  list.want({
    sources,
    filter: filter.value,
    range: navigation.chosen.value,
    withLines: listing.lines.value,
    sort: listing.sort.value,
  });
  // What was written into the filter has its first answer in the same frame.
  advance(list);
  const listed = list.show();
  const draw = () => drawAgain((count) => count + 1);
  const goOn = () => {
    const { current } = work;
    const isMore = advance(list);
    current.timer = isMore ? setTimeout(goOn) : undefined;
    current.frame ??= requestAnimationFrame(() => {
      current.frame = undefined;
      draw();
    });
  };
  useEffect(() => {
    if (listed.busy) work.current.timer ??= setTimeout(goOn);
  });
  useEffect(
    () => () => {
      clearTimeout(work.current.timer);
      cancelAnimationFrame(work.current.frame ?? 0);
    },
    [],
  );
  const { found, all, busy } = listed;
  const isDone = busy?.with !== 'search';
  useEffect(() => {
    listing.found.value = { items: found, all, isDone };
  }, [found, all, isDone]);
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
