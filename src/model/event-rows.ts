import type { Milliseconds } from '../protocol/record.ts';
import { type Attempt, startOf } from './attempt.ts';
import { partition } from './chronology.ts';
import type { Source } from './source.ts';
import type { StreamItem } from './stream-item.ts';
import { countOf, type Placed, placeOf, type Stretch, slice } from './stretch.ts';
import type { Range } from './timeline.ts';
import type { Resumption } from './verdict.ts';
import { verdictsOf } from './verdict-list.ts';

/** Stands before what an attempt brought that reestablished the connection. */
export interface Boundary {
  row: number;
  attempt: Attempt;
  /** What is missing here: such a row follows the one that says that the connection was made anew. */
  gap?: Resumption;
  /** From the end of the last attempt that was announced to the announcement of this one. */
  down?: Milliseconds;
}

export type EventRow =
  | { type: 'item'; item: StreamItem; source: Source }
  | { type: 'boundary'; boundary: Boundary; source: Source };

/** What a list shows, found by row: nothing is done for rows that nobody asks for. */
export interface EventRows {
  readonly count: number;
  at(row: number): EventRow | undefined;
  /** The row of what `source` brought; undefined if it is not (any more) among them. */
  rowOf(source: Source, item: StreamItem): number | undefined;
  /** The row where what an attempt of `source` brought begins; undefined if nothing of it is among them. */
  rowOfAttempt(source: Source, attempt: number): number | undefined;
}

export const NO_ROWS: EventRows = {
  count: 0,
  at: () => undefined,
  rowOf: () => undefined,
  rowOfAttempt: () => undefined,
};

/** Rows are looked up one after the other: so many are found at once. */
const BLOCK = 64;

/**
 * What `sources` brought, in order of time; `stretches` have their indices. Boundaries stand only where one source is
 * shown: between events of several, and between those that a filter has picked, they would say nothing.
 */
export function eventRows(
  sources: readonly Source[],
  stretches: readonly Stretch[],
  boundaries: readonly Boundary[],
): EventRows {
  const items = countOf(stretches);
  const blocks = new Map<number, readonly Placed[]>();
  const itemAt = (place: number): Placed | undefined => {
    const first = place - (place % BLOCK);
    const block = blocks.get(first) ?? slice(stretches, first, Math.min(items, first + BLOCK));
    blocks.set(first, block);
    return block[place - first];
  };
  const before = (isBefore: (boundary: Boundary, index: number) => boolean) =>
    partition(0, boundaries.length, (index) => {
      const boundary = boundaries[index];
      return boundary !== undefined && isBefore(boundary, index);
    });
  const rowAtPlace = (place: number) => place + before((boundary, index) => boundary.row - index <= place);
  return {
    count: items + boundaries.length,
    at(row) {
      const passed = before((one) => one.row <= row);
      const boundary = boundaries[passed - 1];
      const [source] = sources;
      if (boundary?.row === row && source) return { type: 'boundary', boundary, source };
      const place = row - passed;
      const placed = place >= 0 && place < items ? itemAt(place) : undefined;
      const from = placed && sources[placed.lane];
      return from && { type: 'item', item: placed.item, source: from };
    },
    rowOf(source, item) {
      const place = placeOf(stretches, item, sources.indexOf(source));
      return place === undefined ? undefined : rowAtPlace(place);
    },
    rowOfAttempt(source, attempt) {
      const boundary = boundaries.find((one) => one.attempt.number === attempt);
      if (boundary) return boundary.row;
      const lane = sources.indexOf(source);
      const firsts = stretches.flatMap((stretch) => {
        if (stretch.lane !== lane) return [];
        const item = stretch.items[beginOf(stretch, attempt)];
        return item?.attempt === attempt ? [rowAtPlace(placeOf(stretches, item, lane) ?? 0)] : [];
      });
      return firsts.length === 0 ? undefined : Math.min(...firsts);
    },
  };
}

/**
 * Where the connection was made anew, among what `stretches` have of this source; only within `range`, if there is one.
 * Attempts that were never announced have no boundary: they brought nothing. O(attempts · log items).
 */
export function boundariesOf(source: Source, stretches: readonly Stretch[], range?: Range): Boundary[] {
  const { attempts } = source;
  const verdicts = new Map(verdictsOf(source).map(({ attempt, resumption }) => [attempt, resumption]));
  const boundaries: Boundary[] = [];
  let lost: Milliseconds | undefined;
  attempts.forEach((attempt, index) => {
    if (attempt.announced === undefined && attempt.events === 0) return;
    const time = attempt.announced ?? startOf(attempt) ?? attempt.time;
    if (index > 0 && (!range || (time >= range.from && time <= range.to))) {
      const place = stretches.reduce((sum, stretch) => sum + beginOf(stretch, attempt.number) - stretch.from, 0);
      const boundary: Boundary = { row: place + boundaries.length, attempt };
      if (lost !== undefined) boundary.down = (attempt.announced ?? attempt.time) - lost;
      boundaries.push(boundary);
      const gap = verdicts.get(attempt.number);
      if (gap?.type === 'lost' || gap?.type === 'lost and repeated') {
        boundaries.push({ row: place + boundaries.length, attempt, gap });
      }
    }
    lost = attempt.ended?.time;
  });
  return boundaries;
}

/** The same rows, the last one first. */
export function reversed(rows: EventRows): EventRows {
  const mirrored = (row: number | undefined) => (row === undefined ? undefined : rows.count - 1 - row);
  return {
    count: rows.count,
    at: (row) => rows.at(rows.count - 1 - row),
    rowOf: (source, item) => mirrored(rows.rowOf(source, item)),
    rowOfAttempt: (source, attempt) => mirrored(rows.rowOfAttempt(source, attempt)),
  };
}

/** The item nearest to `row` in the direction of `step`, which is 1 or -1; boundaries are passed over. */
export function nextItem(rows: EventRows, row: number, step: number): Extract<EventRow, { type: 'item' }> | undefined {
  for (let at = row; at >= 0 && at < rows.count; at += step) {
    const found = rows.at(at);
    if (found?.type === 'item') return found;
  }
  return undefined;
}

/** Index of the first item of an attempt, or of those after it. */
function beginOf({ items, from, to }: Stretch, attempt: number): number {
  return partition(from, to, (index) => (items[index]?.attempt ?? 0) < attempt);
}
