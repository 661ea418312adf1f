import type { Cause, Milliseconds } from '../protocol/record.ts';
import { firstAfter, firstAt } from './chronology.ts';
import type { Source, SourceState, StreamEvent } from './source.ts';

/** What is visible: from and to as epoch milliseconds. */
export interface Range {
  from: Milliseconds;
  to: Milliseconds;
}

/** A stretch of one state, clipped to the range; `to` is `range.to` where it still lasts. */
export interface Span {
  state: SourceState;
  from: Milliseconds;
  to: Milliseconds;
  /** Still in this state now. */
  lasting: boolean;
  /** When it really began: before `from` where the range cuts it. */
  began: Milliseconds;
  /** When it really ended; undefined while lasting. */
  ended?: Milliseconds;
}

export type Mark =
  /** An attempt ended in `error`. `gaveUp`: readyState CLOSED. `forced`: by us. */
  | { type: 'error'; time: Milliseconds; forced: boolean; gaveUp: boolean; cause?: Cause; attempt: number }
  /** An attempt began (or was first known); what it carried. */
  | { type: 'connect'; time: Milliseconds; lastEventId: string; attempt: number }
  /** The page called close(), or its document went away. */
  | { type: 'end'; time: Milliseconds; by: 'close' | 'unload'; attempt: number };

/** How many events fell into each of the equal columns that `range` was divided into. */
export type Density = Uint32Array;

export interface Lane {
  /** Source key. */
  key: string;
  /** In order of time; they touch and never overlap. States that lasted no time at all are left out. */
  spans: Span[];
  /** In order of time. */
  marks: Mark[];
  density: Density;
  /** Its document went away. */
  past?: true;
}

/**
 * One lane per source, in the same order. O(log n) in what lies outside the range, O(columns · log events), linear in
 * the state changes inside the range.
 */
export function timeline(sources: readonly Source[], range: Range, columns: number): Lane[] {
  return sources.map((source) => {
    const lane: Lane = {
      key: source.key,
      spans: spans(source, range),
      marks: marks(source, range),
      density: density(source.events, range, columns),
    };
    if (source.ended?.by === 'unload') lane.past = true;
    return lane;
  });
}

/**
 * The columns of `step` milliseconds that cover `range`, at whole multiples of `step`. A range that moves with the time
 * keeps its events in the same columns this way, so that the picture of them moves without flickering.
 */
export function grid(range: Range, step: Milliseconds): { range: Range; columns: number } {
  const first = Math.floor(range.from / step);
  const columns = Math.max(1, Math.ceil(range.to / step) - first);
  return { range: { from: first * step, to: (first + columns) * step }, columns };
}

function spans({ changes }: Source, range: Range): Span[] {
  const result: Span[] = [];
  // The change before the first one in range made the state that the range begins with.
  for (let index = Math.max(0, firstAt(changes, range.from) - 1); index < changes.length; index++) {
    const change = changes[index];
    if (change === undefined || change.time > range.to) break;
    const next = changes[index + 1];
    if (next !== undefined && (next.time <= change.time || next.time <= range.from)) continue;
    const span: Span = {
      state: change.state,
      from: Math.max(change.time, range.from),
      to: Math.min(next?.time ?? range.to, range.to),
      lasting: next === undefined,
      began: change.time,
    };
    if (next !== undefined) span.ended = next.time;
    result.push(span);
  }
  return result;
}

function marks({ attempts, ended }: Source, range: Range): Mark[] {
  const result: Mark[] = [];
  const add = (mark: Mark) => {
    if (mark.time >= range.from && mark.time <= range.to) result.push(mark);
  };
  // An attempt that began before the range may end in it; those before that one ended before it began.
  for (let index = Math.max(0, firstAt(attempts, range.from) - 1); index < attempts.length; index++) {
    const attempt = attempts[index];
    if (attempt === undefined || attempt.time > range.to) break;
    const { number, lastEventId, time } = attempt;
    if (!attempt.incomplete) add({ type: 'connect', time, lastEventId, attempt: number });
    const by = attempt.ended?.by;
    if (attempt.ended === undefined || (by !== 'reestablish' && by !== 'fail')) continue;
    const { forced, cause } = attempt.ended;
    const error = { type: 'error', time: attempt.ended.time, forced, gaveUp: by === 'fail', attempt: number } as const;
    add(cause === undefined ? error : { ...error, cause });
  }
  if (ended?.by === 'close' || ended?.by === 'unload') {
    add({ type: 'end', time: ended.time, by: ended.by, attempt: attempts.at(-1)?.number ?? 1 });
  }
  return result;
}

function density(events: readonly StreamEvent[], range: Range, columns: number): Density {
  const result = new Uint32Array(columns);
  const width = (range.to - range.from) / columns;
  const end = firstAfter(events, range.to);
  let start = firstAt(events, range.from, 0, end);
  for (let column = 0; column < columns && start < end; column++) {
    const next = column === columns - 1 ? end : firstAt(events, range.from + (column + 1) * width, start, end);
    result[column] = next - start;
    start = next;
  }
  return result;
}
