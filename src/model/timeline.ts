import type { Milliseconds } from '../protocol/record.ts';
import { type Attempt, isUnload, sentId, startOf } from './attempt.ts';
import { type Explanation, explain } from './cause.ts';
import { firstAfter, firstAt } from './chronology.ts';
import { isPast } from './lane-order.ts';
import type { Source, SourceState, StreamEvent } from './source.ts';
import { attemptsOf, changeAt } from './source-state.ts';

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
  | { type: 'error'; time: Milliseconds; forced: boolean; gaveUp: boolean; why: Explanation; attempt: number }
  /** An attempt began (or was first known); what it carried. */
  | { type: 'connect'; time: Milliseconds; lastEventId: string; attempt: number }
  /** The attempt waits for one of the six connections to its host. */
  | { type: 'queued'; time: Milliseconds; attempt: number }
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
    if (isPast(source)) lane.past = true;
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

function spans(source: Source, range: Range): Span[] {
  const result: Span[] = [];
  // The change before the first one in range made the state that the range begins with.
  for (let index = Math.max(0, firstAt(source.changes, range.from) - 1); ; index++) {
    const change = changeAt(source, index);
    if (change === undefined || change.time > range.to) break;
    const next = changeAt(source, index + 1);
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

function marks(source: Source, range: Range): Mark[] {
  const { ended } = source;
  const attempts = attemptsOf(source);
  const result: Mark[] = [];
  const add = (mark: Mark) => {
    if (mark.time >= range.from && mark.time <= range.to) result.push(mark);
  };
  // An attempt that began before the range may end in it; those before that one ended before it began.
  for (let index = Math.max(0, firstAt(attempts, range.from) - 1); index < attempts.length; index++) {
    const attempt = attempts[index];
    if (attempt === undefined) break;
    const time = Math.max(startOf(attempt) ?? attempt.time, attempts[index - 1]?.ended?.time ?? 0);
    if (time > range.to) break;
    if (!attempt.incomplete) add({ type: 'connect', time, lastEventId: sentId(attempt), attempt: attempt.number });
    if (attempt.request?.queued) add({ type: 'queued', time, attempt: attempt.number });
    const mark = errorMark(attempt);
    if (mark) add(mark);
  }
  if (ended && (ended.by === 'close' || isUnload(ended))) {
    const by = ended.by === 'close' ? 'close' : 'unload';
    add({ type: 'end', time: ended.time, by, attempt: attempts.at(-1)?.number ?? 1 });
  }
  return result;
}

function errorMark(attempt: Attempt): Mark | undefined {
  const { ended, number } = attempt;
  const why = explain(attempt);
  if (!ended || !why || ended.by === 'close' || isUnload(ended)) return undefined;
  return { type: 'error', time: ended.time, forced: ended.forced, gaveUp: ended.by === 'fail', why, attempt: number };
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
