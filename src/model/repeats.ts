import type { StreamEvent } from './stream-event.ts';

/** Returns a function that is asked about each event of a source, in their order: was its id there before? */
export function repeats(): (event: StreamEvent) => boolean {
  const ids = new Set<string>();
  let before: StreamEvent | undefined;
  return (event) => {
    const { lastEventId } = event;
    const previous = before;
    before = event;
    if (lastEventId === '') return false;
    // A block without an id has that of the one before it: only one that comes back, or brings the same again, repeats.
    if (previous?.lastEventId === lastEventId) return previous.data === event.data && previous.type === event.type;
    const isKnown = ids.has(lastEventId);
    ids.add(lastEventId);
    return isKnown;
  };
}
