import type { Lane, Mark } from '../../model/timeline.ts';
import { BAR, type Pixels, position, type Scene, STRIP } from './scene.ts';
import type { Colour } from './theme.ts';

interface Cap {
  colour: Colour;
  /** From the moment's pixel. */
  left: Pixels;
  width: Pixels;
  /** From the upper edge of the bar. */
  top: Pixels;
  bottom: Pixels;
}

/** How a mark ends the bar that it stands on; undefined for what ends nothing. */
function cap(mark: Mark): Cap | undefined {
  switch (mark.type) {
    case 'connect':
    case 'queued':
      return undefined;
    case 'end':
      return { colour: 'noneSolid', left: -1, width: 3, top: 0, bottom: BAR.height };
    case 'error':
      if (mark.gaveUp) return { colour: 'failSolid', left: -2, width: 4, top: -1, bottom: BAR.height + 1 };
      if (!mark.forced) return { colour: 'failSolid', left: -2, width: 3, top: 0, bottom: BAR.height };
      // Through strip and bar, up to its bolt.
      return { colour: 'forcedSolid', left: -1, width: 2, top: BAR.bottom - STRIP.bottom + 1, bottom: BAR.height };
  }
}

/** Caps of one kind are so far apart at least: in a storm of errors, what is between them stays visible. */
const PITCH: Pixels = 5;

/** Draws the caps of a lane whose bar has its upper edge at `y`, later ones over earlier ones. */
export function drawCaps(context: CanvasRenderingContext2D, scene: Scene, { marks }: Lane, y: Pixels): void {
  const drawn = new Map<string, Pixels>();
  for (const mark of marks) {
    const shape = cap(mark);
    const x = Math.round(position(scene, mark.time));
    if (shape === undefined || x < -4 || x > scene.width + 4) continue;
    const { colour, left, width, top, bottom } = shape;
    const kind = `${colour} ${width}`;
    if (x - (drawn.get(kind) ?? Number.NEGATIVE_INFINITY) < PITCH) continue;
    drawn.set(kind, x);
    context.fillStyle = scene.theme[colour];
    context.fillRect(x + left, y + top, width, bottom - top);
  }
}
