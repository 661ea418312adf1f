import type { Span } from '../../model/timeline.ts';
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
