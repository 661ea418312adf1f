import type { Milliseconds } from '../protocol/record.ts';
import type { Range } from './timeline.ts';
import { LEAST_SPAN } from './viewport.ts';

/** What a pointer takes hold of: an edge of the window, the window itself, or the ground beside it. */
export type Part = 'from' | 'to' | 'window' | 'ground';

/** What moves with the pointer, `offset` from it: one edge, whose other one stays; or a window of this length, its start. */
export type Grip = { offset: Milliseconds } & ({ anchor: Milliseconds } | { span: Milliseconds });

export function gripOf(part: Part, window: Range, at: Milliseconds): Grip {
  const { from, to } = window;
  if (part === 'window') return { offset: from - at, span: to - from };
  if (part === 'ground') return { offset: 0, anchor: at };
  return { offset: window[part] - at, anchor: part === 'from' ? to : from };
}

/** The window that the pointer makes of it at a moment, inside of `bounds`. */
export function dragged(grip: Grip, at: Milliseconds, bounds: Range): Range {
  const moved = at + grip.offset;
  if ('span' in grip) return placed(moved, grip.span, bounds);
  const edge = within(moved, bounds);
  const [from, to] = [Math.min(grip.anchor, edge), Math.max(grip.anchor, edge)];
  return to - from < LEAST_SPAN ? placed(from, LEAST_SPAN, bounds) : { from, to };
}

/** A window with its middle at a moment, as far as `bounds` allow it. */
export function centred(at: Milliseconds, { from, to }: Range, bounds: Range): Range {
  return placed(at - (to - from) / 2, to - from, bounds);
}

/** One edge of a window moved by `distance`, and never past the other one. */
export function nudged(window: Range, edge: 'from' | 'to', distance: Milliseconds, bounds: Range): Range {
  const { from, to } = window;
  const at = within(window[edge] + distance, bounds);
  return edge === 'from' ? { from: Math.min(at, to - LEAST_SPAN), to } : { from, to: Math.max(at, from + LEAST_SPAN) };
}

/** The part of a range that is inside of `bounds`, which may be nothing. */
export function clipped(range: Range, bounds: Range): Range {
  return { from: within(range.from, bounds), to: within(range.to, bounds) };
}

function placed(from: Milliseconds, span: Milliseconds, bounds: Range): Range {
  const length = Math.max(span, LEAST_SPAN);
  const start = Math.max(bounds.from, Math.min(from, bounds.to - length));
  return { from: start, to: start + length };
}

const within = (time: Milliseconds, { from, to }: Range) => Math.min(to, Math.max(from, time));
