import { useEffect, useRef, useState } from 'preact/hooks';
import { EventList, type Listed } from '../model/event-list.ts';
import type { Source } from '../model/source.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { stopwatch } from './stopwatch.ts';
import { useStore } from './store.ts';

/** So much of a frame goes to searching and sorting; the rest is for drawing. */
const SLICE: Milliseconds = 8;

/** What the list of events shows now; searches and sorts on in every frame until it is done. */
export function useEventList(sources: readonly Source[]): Listed & { sortAgain(): void } {
  const { filter, navigation, listing, revision } = useStore();
  const [, goOn] = useState(0);
  const list = useRef(new EventList());
  revision.value;
  const wanted = {
    sources,
    filter: filter.value,
    range: navigation.chosen.value,
    withLines: listing.lines.value,
    sort: listing.sort.value,
  };
  list.current.show(wanted);
  const isOver = stopwatch(SLICE);
  let isMore = list.current.advance();
  while (isMore && !isOver()) isMore = list.current.advance();
  const listed = list.current.show(wanted);
  useEffect(() => {
    if (!listed.busy) return;
    const frame = requestAnimationFrame(() => goOn((count) => count + 1));
    return () => cancelAnimationFrame(frame);
  });
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
      list.current.sortAgain();
      goOn((count) => count + 1);
    },
  };
}
