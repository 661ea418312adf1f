import type { Milliseconds } from '../protocol/record.ts';
import type { Attempt } from './attempt.ts';
import type { StreamEvent } from './source.ts';

/** Stands before the events of an attempt that reestablished the connection. */
export interface Boundary {
  row: number;
  attempt: Attempt;
  /** From the end of the last attempt that was announced to the announcement of this one. */
  down?: Milliseconds;
}

/** The events of a source as rows of a list, with a boundary wherever the connection was made anew. */
export interface EventRows {
  count: number;
  /** In order of their rows. */
  boundaries: readonly Boundary[];
  events: readonly StreamEvent[];
}

export type EventRow = { type: 'event'; event: StreamEvent } | { type: 'boundary'; boundary: Boundary };

/** O(attempts · log events). Attempts that were never announced have no boundary: they brought nothing. */
export function eventRows({
  attempts,
  events,
}: {
  attempts: readonly Attempt[];
  events: readonly StreamEvent[];
}): EventRows {
  const boundaries: Boundary[] = [];
  let start = 0;
  let lost: Milliseconds | undefined;
  attempts.forEach((attempt, index) => {
    if (attempt.announced === undefined && attempt.events === 0) return;
    start = firstOf(attempt.number, events, start);
    if (index > 0) {
      const boundary: Boundary = { row: start + boundaries.length, attempt };
      if (lost !== undefined) boundary.down = (attempt.announced ?? attempt.time) - lost;
      boundaries.push(boundary);
    }
    lost = attempt.ended?.time;
  });
  return { count: events.length + boundaries.length, boundaries, events };
}

export function rowAt(rows: EventRows, row: number): EventRow | undefined {
  const before = boundariesBefore(rows, (boundary) => boundary.row <= row);
  const boundary = rows.boundaries[before - 1];
  if (boundary?.row === row) return { type: 'boundary', boundary };
  const event = rows.events[row - before];
  return event && { type: 'event', event };
}

/** The row of an event; undefined if it is not (any more) among them. */
export function rowOf(rows: EventRows, event: StreamEvent): number | undefined {
  const index = search(rows.events.length, (at) => (rows.events[at]?.seq ?? 0) < event.seq);
  if (rows.events[index] !== event) return undefined;
  return index + boundariesBefore(rows, (boundary, before) => boundary.row - before <= index);
}

/** The row where what an attempt brought begins; undefined if it brought nothing. */
export function rowOfAttempt(rows: EventRows, attempt: number): number | undefined {
  const boundary = rows.boundaries.find((one) => one.attempt.number === attempt);
  if (boundary) return boundary.row;
  const event = rows.events[firstOf(attempt, rows.events, 0)];
  return event?.attempt === attempt ? rowOf(rows, event) : undefined;
}

/** The event nearest to `row` in the direction of `step`, which is 1 or -1; boundaries are passed over. */
export function nextEvent(rows: EventRows, row: number, step: number): StreamEvent | undefined {
  for (let at = row; at >= 0 && at < rows.count; at += step) {
    const found = rowAt(rows, at);
    if (found?.type === 'event') return found.event;
  }
  return undefined;
}

function firstOf(attempt: number, events: readonly StreamEvent[], from: number): number {
  return search(events.length, (at) => (events[at]?.attempt ?? 0) < attempt, from);
}

function boundariesBefore({ boundaries }: EventRows, isBefore: (boundary: Boundary, index: number) => boolean): number {
  return search(boundaries.length, (at) => {
    const boundary = boundaries[at];
    return boundary !== undefined && isBefore(boundary, at);
  });
}

/** How many of `length` sorted things are before; O(log length). */
function search(length: number, isBefore: (index: number) => boolean, from = 0): number {
  let [low, high] = [from, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
