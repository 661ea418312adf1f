import type { Milliseconds } from '../protocol/record.ts';
import type { Explanation } from './cause.ts';
import { laneEvents } from './lane-events.ts';
import { laneFaults, type Rail } from './lane-faults.ts';
import { laneMarks } from './lane-marks.ts';
import { isPast } from './lane-order.ts';
import { laneSpans } from './lane-spans.ts';
import { EXACT } from './level-of-detail.ts';
import type { Source, SourceState } from './source.ts';
import type { StreamLine } from './stream-event.ts';
import type { Resumption } from './verdict.ts';

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
  /** How many states it stands for, where they are too short to be told apart: `state` is the worst of them. */
  states?: number;
}

/** A mark that stands for itself and those of its kind that follow too soon to be told apart. */
export interface Crowd {
  count: number;
  /** Time of the last one. */
  until: Milliseconds;
}

export type Mark = { crowd?: Crowd } & (
  | /** An attempt ended in `error`. `gaveUp`: readyState CLOSED. `forced`: by us. */
  { type: 'error'; time: Milliseconds; forced: boolean; gaveUp: boolean; why: Explanation; attempt: number }
  /** An attempt began (or was first known); what it carried. */
  | { type: 'connect'; time: Milliseconds; lastEventId: string; attempt: number }
  /** The attempt waits for one of the six connections to its host. */
  | { type: 'queued'; time: Milliseconds; attempt: number }
  /** The connection was announced anew: what became of the stream over the reconnect. */
  | { type: 'verdict'; time: Milliseconds; resumption: Resumption; attempt: number }
  /** The page called close(), or its document went away. */
  | { type: 'end'; time: Milliseconds; by: 'close' | 'unload'; attempt: number }
);

/** How many events fell into each of the equal columns that `range` was divided into. */
export type Density = Uint32Array;

/** Events of one type; of several where it has none. */
export interface EventRow {
  type?: string;
  density: Density;
}

export interface Lane {
  /** Source key. */
  key: string;
  /** In order of time; they touch and never overlap. States that lasted no time at all are left out. */
  spans: Span[];
  /** In order of time. */
  marks: Mark[];
  density: Density;
  /** Faults that are in force, or were; in order of time, and none overlap. Left out where there are none. */
  faults?: Rail[];
  /** Index of the first event in the range, among those of its source. */
  first?: number;
  /** Where types are told apart, and there are several: each event is in one row. */
  rows?: EventRow[];
  /** Where single events are told apart. */
  lines?: Record<StreamLine['type'], Density>;
  /** Its document went away. */
  past?: true;
}

/** Marks are told apart where they are so many times as far from each other as states have to be. */
const APART = 2;

/**
 * One lane per source, in the same order. With a `detail` that merges, each is O(columns), whatever is in the range and
 * outside of it; what is merged is counted, so that nothing is lost.
 */
export function timeline(sources: readonly Source[], range: Range, columns: number, detail = EXACT): Lane[] {
  return sources.map((source) => {
    const lane: Lane = {
      key: source.key,
      spans: laneSpans(source, range, detail),
      marks: laneMarks(source, range, { ...detail, least: detail.least * APART }),
      ...laneEvents(source, range, columns, detail),
    };
    const faults = laneFaults(source, range, detail);
    if (faults.length > 0) lane.faults = faults;
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
