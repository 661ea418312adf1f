import { notBefore, partition } from './chronology.ts';
import type { Source } from './source.ts';
import type { StreamLine } from './stream-event.ts';
import { isEvent, type StreamItem } from './stream-item.ts';

/** Index of the first item of an attempt, or of those after it. O(log items). */
export function firstOf(items: readonly StreamItem[], attempt: number): number {
  return partition(0, items.length, (index) => (items[index]?.attempt ?? 0) < attempt);
}

/** So many numbers are between those of two entries. */
const BETWEEN = 2 ** 26;

/** Where something is put into a list: at index `at`, between two items; `after` is undefined at its end. */
interface Spot {
  at: number;
  before: StreamItem | undefined;
  after: StreamItem | undefined;
}

/**
 * Adds what the page of `source` did not tell to its events and lines: `items` of one attempt, in the order of the stream,
 * numbered by a count that rises, whatever it is of.
 *
 * - Network and page are timed by different clocks, and what they tell comes by different ways: no time is before that of
 *   what is before it in its list, as with entries, nor before that of the item before it.
 * - They have no number of the page's journal: they get that of the newest entry in the lists, and a fraction.
 * - Of an attempt before the last one, which we hear of late, they come behind what else is known of that attempt. The list
 *   is another one then; else it grows at its end, in O(items).
 */
export function addItems(source: Source, attempt: number, items: readonly StreamItem[]): void {
  const { events, lines } = source;
  const spots = { events: spotOf(events, attempt), lines: spotOf(lines, attempt) };
  const entry = Math.max(wholeOf(spots.events.before), wholeOf(spots.lines.before));
  let floor = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    const spot = isEvent(item) ? spots.events : spots.lines;
    floor = notBefore(Math.max(floor, spot.before?.time ?? floor), item.time);
    item.time = Math.min(floor, spot.after?.time ?? floor);
    item.seq = numberAt(spot, entry, item.seq);
    spot.before = item;
  }
  source.events = withItems(events, spots.events, items.filter(isEvent));
  source.lines = withItems(
    lines,
    spots.lines,
    items.filter((item): item is StreamLine => !isEvent(item)),
  );
}

function spotOf(list: readonly StreamItem[], attempt: number): Spot {
  const last = list.at(-1);
  const at = last && last.attempt > attempt ? firstOf(list, attempt + 1) : list.length;
  return { at, before: list[at - 1], after: list[at] };
}

function withItems<Item extends StreamItem>(list: Item[], { at }: Spot, items: readonly Item[]): Item[] {
  if (at < list.length && items.length > 0) return [...list.slice(0, at), ...items, ...list.slice(at)];
  for (const item of items) list.push(item);
  return list;
}

const wholeOf = (item: StreamItem | undefined): number => Math.floor(item?.seq ?? 0);

function numberAt({ before, after }: Spot, entry: number, count: number): number {
  const least = before?.seq ?? 0;
  const most = after?.seq ?? Number.POSITIVE_INFINITY;
  const fraction = (1 + (count % (BETWEEN - 1))) / BETWEEN;
  const fits = (number: number) => number > least && number < most;
  const number = [entry + fraction, wholeOf(before) + fraction].find(fits);
  return number ?? least + (Math.min(most, wholeOf(before) + 1) - least) / 2;
}
