import { idOf, isEvent, type StreamItem, textOf } from './stream-item.ts';

const LATEST = 8.64e15;

/** What a stream brought, as JSON of its own: type, id, data, time; and how long the data were where they are cut. */
export function eventJson(item: StreamItem): string {
  const { type, time, size } = item;
  const text = textOf(item);
  const told = {
    type,
    ...(isEvent(item) ? { id: idOf(item), data: text } : { value: text }),
    // A clock that a page made up may be beyond all dates.
    time: Math.abs(time) <= LATEST ? new Date(time).toISOString() : time,
    ...(text.length < size && { size }),
  };
  return JSON.stringify(told, null, 2);
}
