import type { StreamEvent, StreamLine } from './stream-event.ts';

/** What a stream brings, one after the other: events, and what it says without one. */
export type StreamItem = StreamEvent | StreamLine;

export const isEvent = (item: StreamItem): item is StreamEvent => 'data' in item;

/** The data of an event, the value of a line. */
export const textOf = (item: StreamItem): string => (isEvent(item) ? item.data : item.value);

/** What it leaves as the last event ID; '' where it says nothing of it. */
export function idOf(item: StreamItem): string {
  if (isEvent(item)) return item.lastEventId;
  return item.type === 'id' ? item.value : '';
}
