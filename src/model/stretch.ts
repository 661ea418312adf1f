import { firstAfter, firstAt, partition } from './chronology.ts';
import type { StreamItem } from './stream-item.ts';
import type { Range } from './timeline.ts';

/**
 * A part of a list of what one source brought: `[from, to)`, in order of seq, and so of time. Many of them together are in
 * order of time, then of `lane`, then of seq, without ever being merged: what is at a place is found by halving.
 */
export interface Stretch {
  /** Nothing is missing within the part. */
  items: readonly (StreamItem | undefined)[];
  from: number;
  to: number;
  /** Of which source: the same for all lists of one. */
  lane: number;
}

export interface Placed {
  item: StreamItem;
  lane: number;
}

/** What happened within `range`. O(stretches · log items). */
export function within(stretches: readonly Stretch[], range: Range): Stretch[] {
  return stretches.map(({ items, from, to, lane }) => {
    const timed = items as readonly StreamItem[];
    const start = firstAt(timed, range.from, from, to);
    return { items, from: start, to: firstAfter(timed, range.to, start, to), lane };
  });
}

export const countOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, to }) => sum + to - from, 0);

/** What is at the places `[first, last)` of all together. O(stretches · log items · log time). */
export function slice(stretches: readonly Stretch[], first: number, last: number): Placed[] {
  const begin = cut(stretches, first);
  const end = cut(stretches, last);
  const placed = stretches.flatMap(({ items, lane }, index) =>
    items.slice(begin[index], end[index]).flatMap((item) => (item ? [{ item, lane }] : [])),
  );
  return placed.sort(inOrder);
}

/** Which place `item` has; undefined if it is not among them. O(stretches · log items). */
export function placeOf(stretches: readonly Stretch[], { item, lane }: Placed): number | undefined {
  let place = 0;
  let isThere = false;
  for (const stretch of stretches) {
    const { items, from, to } = stretch;
    const index = partition(from, to, (at) => {
      const other = items[at];
      return other !== undefined && inOrder({ item: other, lane: stretch.lane }, { item, lane }) < 0;
    });
    place += index - from;
    isThere ||= index < to && items[index] === item;
  }
  return isThere ? place : undefined;
}

export function inOrder(a: Placed, b: Placed): number {
  return a.item.time - b.item.time || a.lane - b.lane || a.item.seq - b.item.seq;
}

/** Where each list is to be cut so that the first `count` of all are before. */
function cut(stretches: readonly Stretch[], count: number): number[] {
  const lows = stretches.map(({ from }) => from);
  const highs = stretches.map(({ to }) => to);
  if (count >= countOf(stretches)) return highs;
  for (const key of [timeOf, laneOf, seqOf]) narrow(stretches, lows, highs, count, key);
  return lows;
}

type Key = (item: StreamItem, lane: number) => number;
const timeOf: Key = ({ time }) => time;
const laneOf: Key = (_, lane) => lane;
const seqOf: Key = ({ seq }) => seq;

/**
 * Moves the bounds of where the lists are to be cut towards each other, until the keys of what is between are the same.
 * What is before `lows` is certainly among the first `count`, and what is at `highs` or after is not.
 */
function narrow(stretches: readonly Stretch[], lows: number[], highs: number[], count: number, key: Key): void {
  const keyAt = ({ items, lane }: Stretch, index: number) => {
    const item = items[index];
    return item ? key(item, lane) : Number.NaN;
  };
  for (;;) {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    stretches.forEach((stretch, index) => {
      const [low = 0, high = 0] = [lows[index], highs[index]];
      if (low === high) return;
      least = Math.min(least, keyAt(stretch, low));
      most = Math.max(most, keyAt(stretch, high - 1));
    });
    if (!(least < most)) return;
    const half = least + (most - least) / 2;
    // Between neighbouring numbers there is none: then the greater one divides them.
    const middle = half > least ? half : most;
    let before = 0;
    const middles = stretches.map((stretch, index) => {
      const at = partition(lows[index] ?? 0, highs[index] ?? 0, (place) => keyAt(stretch, place) < middle);
      before += at - stretch.from;
      return at;
    });
    const bounds = before <= count ? lows : highs;
    middles.forEach((at, index) => {
      bounds[index] = at;
    });
  }
}
