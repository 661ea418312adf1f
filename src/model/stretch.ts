import type { DocumentId } from '../protocol/record.ts';
import { firstAfter, firstAt, partition } from './chronology.ts';
import type { Source } from './source.ts';
import type { StreamItem } from './stream-item.ts';
import type { Range } from './timeline.ts';

/**
 * A part of a list of what one source brought: `[from, to)`, in order of seq, and so of time. Many of them together are in
 * order of time, then of `group`, then of seq, without ever being merged: what is at a place is found by halving.
 */
export interface Stretch {
  /** Nothing is missing within the part. */
  items: readonly (StreamItem | undefined)[];
  from: number;
  to: number;
  /** Index of the source. */
  lane: number;
  /** The same for all sources of one document: their items were numbered together, which tells their order. */
  group: number;
}

export interface Placed {
  item: StreamItem;
  lane: number;
  group: number;
}

/** What happened within `range`. O(stretches · log items). */
export function within(stretches: readonly Stretch[], range: Range): Stretch[] {
  return stretches.map(({ items, from, to, lane, group }) => {
    const timed = items as readonly StreamItem[];
    const start = firstAt(timed, range.from, from, to);
    return { items, from: start, to: firstAfter(timed, range.to, start, to), lane, group };
  });
}

/** Of each source, the group of what it brought. */
export function groupsOf(sources: readonly Source[]): number[] {
  const groups = new Map<DocumentId, number>();
  return sources.map(({ document: { id } }) => {
    const group = groups.get(id) ?? groups.size;
    groups.set(id, group);
    return group;
  });
}

export const countOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, to }) => sum + to - from, 0);

/** What is at the places `[first, last)` of all together. O(stretches · log items · log time). */
export function slice(stretches: readonly Stretch[], first: number, last: number): Placed[] {
  const begin = cut(stretches, first);
  const end = cut(stretches, last);
  const placed = stretches.flatMap(({ items, lane, group }, index) =>
    items.slice(begin[index], end[index]).flatMap((item) => (item ? [{ item, lane, group }] : [])),
  );
  return placed.sort(inOrder);
}

/** Which place `item` has; undefined if it is not among them. O(stretches · log items). */
export function placeOf(stretches: readonly Stretch[], item: StreamItem, lane: number): number | undefined {
  const group = stretches.find((stretch) => stretch.lane === lane)?.group;
  if (group === undefined) return undefined;
  let place = 0;
  let isThere = false;
  for (const stretch of stretches) {
    const { items, from, to } = stretch;
    const index = partition(from, to, (at) => {
      const other = items[at];
      return other !== undefined && inOrder({ item: other, group: stretch.group }, { item, group }) < 0;
    });
    place += index - from;
    isThere ||= index < to && items[index] === item;
  }
  return isThere ? place : undefined;
}

export function inOrder(a: Omit<Placed, 'lane'>, b: Omit<Placed, 'lane'>): number {
  return a.item.time - b.item.time || a.group - b.group || a.item.seq - b.item.seq;
}

/** Where each list is to be cut so that the first `count` of all are before. */
function cut(stretches: readonly Stretch[], count: number): number[] {
  const lows = stretches.map(({ from }) => from);
  const highs = stretches.map(({ to }) => to);
  if (count >= countOf(stretches)) return highs;
  for (const key of [timeOf, groupOf, seqOf]) narrow(stretches, lows, highs, count, key);
  return lows;
}

type Key = (item: StreamItem, group: number) => number;
const timeOf: Key = ({ time }) => time;
const groupOf: Key = (_, group) => group;
const seqOf: Key = ({ seq }) => seq;

/**
 * Moves the bounds of where the lists are to be cut towards each other, until the keys of what is between are the same.
 * What is before `lows` is certainly among the first `count`, and what is at `highs` or after is not.
 */
function narrow(stretches: readonly Stretch[], lows: number[], highs: number[], count: number, key: Key): void {
  const keyAt = ({ items, group }: Stretch, index: number) => {
    const item = items[index];
    return item ? key(item, group) : Number.NaN;
  };
  /** Those between whose bounds is something, each with where `middle` divides it. */
  let open = stretches.map((stretch, index) => ({ stretch, index, at: 0 }));
  /** What is before the bounds of the others, and the lower bounds of these. */
  let certain = stretches.reduce((sum, { from }, index) => sum + (lows[index] ?? 0) - from, 0);
  for (;;) {
    open = open.filter(({ index }) => lows[index] !== highs[index]);
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const { stretch, index } of open) {
      least = Math.min(least, keyAt(stretch, lows[index] ?? 0));
      most = Math.max(most, keyAt(stretch, (highs[index] ?? 0) - 1));
    }
    if (!(least < most)) return;
    const half = least + (most - least) / 2;
    // Between neighbouring numbers there is none: then the greater one divides them.
    const middle = half > least ? half : most;
    let before = certain;
    for (const one of open) {
      const { stretch, index } = one;
      const low = lows[index] ?? 0;
      one.at = partition(low, highs[index] ?? 0, (place) => keyAt(stretch, place) < middle);
      before += one.at - low;
    }
    const isBelow = before <= count;
    const bounds = isBelow ? lows : highs;
    for (const { index, at } of open) bounds[index] = at;
    if (isBelow) certain = before;
  }
}
