import type { Milliseconds } from '../protocol/record.ts';
import type { Range } from './timeline.ts';

/**
 * What the timeline shows: the last `span`, its right edge moving with the present · the whole session, as long as it
 * gets · always the same range, which may be `chosen` for the tables as well.
 */
export type View =
  | { mode: 'follow'; span: Milliseconds }
  | { mode: 'fit' }
  | { mode: 'fixed'; range: Range; chosen: boolean };

export const INITIAL_VIEW: View = { mode: 'follow', span: 60_000 };

/** A session shorter than this does not fill the picture: a blip of 20 ms should not look like a stream. */
const SHORTEST_SESSION: Milliseconds = 10_000;
/** No range is shorter. */
export const LEAST_SPAN: Milliseconds = 20;
const MOST_SPAN: Milliseconds = 7 * 24 * 3_600_000;
/** Left free after the present, and before the beginning. */
const MARGIN = 0.04;

/** The range that is visible now. `session` is from the first fact to the newest one. */
export function visible(view: View, session: Range | undefined, now: Milliseconds): Range {
  if (view.mode === 'fixed') return view.range;
  const length = Math.max(SHORTEST_SESSION, now - (session?.from ?? now));
  const whole = length / (1 - 2 * MARGIN);
  if (view.mode === 'fit' || view.span >= whole) {
    const from = (session?.from ?? now) - whole * MARGIN;
    return { from, to: from + whole };
  }
  const to = now + view.span * MARGIN;
  return { from: to - view.span, to };
}

/** What `zoom` makes of a range: `factor` times as long, `at` staying where it is in the picture. */
export function zoomed({ from, to }: Range, at: Milliseconds, factor: number): Range {
  const span = Math.min(MOST_SPAN, Math.max(LEAST_SPAN, (to - from) * factor));
  const start = at - ((at - from) / (to - from)) * span;
  return { from: start, to: start + span };
}

/** A range moved by `distance`, but never so far that nothing of the session is left in the picture. */
export function panned({ from, to }: Range, distance: Milliseconds, session: Range): Range {
  const span = to - from;
  const first = session.from - span * (1 - MARGIN);
  const last = session.to - span * MARGIN;
  const start = Math.min(Math.max(from + distance, Math.min(first, from)), Math.max(last, from));
  return { from: start, to: start + span };
}

/** `range` moved by less than a pixel, so that what does not move stays on the same pixels while the present goes on. */
export function onWholePixels({ from, to }: Range, width: number): Range {
  const pixel = (to - from) / width;
  if (!(pixel > 0 && Number.isFinite(pixel))) return { from, to };
  const start = Math.round(from / pixel) * pixel;
  return { from: start, to: start + (to - from) };
}
