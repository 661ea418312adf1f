import type { Lane, Range, Span } from '../../model/timeline.ts';
import { type Pixels, position, type Scene } from './scene.ts';

/** A span in whole pixels. */
export interface Box {
  span: Span;
  left: Pixels;
  right: Pixels;
}

/** No state is drawn narrower than this. */
const LEAST: Pixels = 3;
/** Walls of what begins or ends outside of the picture are this far outside. */
const BEYOND: Pixels = 4;
/** What wins where several states share three pixels. */
const SEVERITY = { open: 0, connecting: 1, waiting: 2, closed: 3 } as const;

/**
 * Where a lane's spans are. Narrow ones come last, so that they are drawn over their neighbours; of narrow ones in the
 * same place only the worst is left, so that a storm of reconnects costs no more than the picture is wide.
 */
export function boxes(scene: Scene, spans: readonly Span[]): Box[] {
  const wide: Box[] = [];
  const narrow: Box[] = [];
  for (const span of spans) {
    const left = edge(scene, span.began);
    const right = edge(scene, span.ended ?? Math.max(scene.now, span.began));
    if (right < 0 || left > scene.width) continue;
    if (right - left >= LEAST) {
      wide.push({ span, left, right });
      continue;
    }
    const before = narrow.at(-1);
    if (before === undefined || left >= before.right) narrow.push({ span, left, right: left + LEAST });
    else if (SEVERITY[span.state] > SEVERITY[before.span.state]) before.span = span;
  }
  return [...wide, ...narrow];
}

function edge(scene: Scene, time: number): Pixels {
  return Math.min(scene.width + BEYOND, Math.max(-BEYOND, Math.round(position(scene, time))));
}

export const COLUMN = { width: 2, gap: 1 } as const;
const TALLEST: Pixels = 11;
const TYPICAL: Pixels = 7.5;

export interface Column {
  x: Pixels;
  height: Pixels;
}

/**
 * Events as columns: 2 px wide, 1 px apart, as high as the root of how much more they are than is typical for this
 * lane. Where single events are told apart, all are 7 px.
 */
export function columns(scene: Scene, { density }: Lane): Column[] {
  const range: Range = scene.columns ?? scene.range;
  const first = Math.round(position(scene, range.from));
  const pitch = (position(scene, range.to) - position(scene, range.from)) / density.length;
  const typical = usual(density);
  const result: Column[] = [];
  for (const [index, count] of density.entries()) {
    if (count === 0) continue;
    const height = typical <= 1 ? 7 : TYPICAL * Math.sqrt(count / typical);
    result.push({ x: first + Math.round(index * pitch), height: Math.min(TALLEST, Math.max(2, height)) });
  }
  return result;
}

/** Mean of the columns that are not empty. */
function usual(density: Uint32Array): number {
  let events = 0;
  let filled = 0;
  for (const count of density) {
    events += count;
    if (count > 0) filled += 1;
  }
  return filled === 0 ? 1 : events / filled;
}
