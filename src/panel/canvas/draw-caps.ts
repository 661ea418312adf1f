import type { Lane, Mark } from '../../model/timeline.ts';
import { BAR_HEIGHT, type Pixels, position, type Scene, strata } from './scene.ts';
import type { Colour } from './theme.ts';

interface Cap {
  colour: Colour;
  /** From the moment's pixel. */
  left: Pixels;
  width: Pixels;
  /** From the upper edge of the bar. */
  top: Pixels;
  bottom: Pixels;
  /** There is a second one, so far to the right. */
  again?: Pixels;
}

/** How a mark ends the bar that it stands on; undefined for what ends nothing. `strip`: its upper edge, from the bar's. */
function cap(mark: Mark, strip: Pixels): Cap | undefined {
  switch (mark.type) {
    case 'connect':
    case 'queued':
    case 'verdict':
      return undefined;
    case 'end':
      return { colour: 'noneSolid', left: -1, width: 3, top: 0, bottom: BAR_HEIGHT };
    case 'error':
      if (mark.why.fault) return { colour: 'forcedSolid', left: -4, width: 1.5, again: 3, top: 0, bottom: BAR_HEIGHT };
      if (mark.gaveUp) return { colour: 'failSolid', left: -2, width: 4, top: -1, bottom: BAR_HEIGHT + 1 };
      if (!mark.forced) return { colour: 'failSolid', left: -2, width: 3, top: 0, bottom: BAR_HEIGHT };
      // Through strip and bar, up to its bolt.
      return { colour: 'forcedSolid', left: -1, width: 2, top: strip, bottom: BAR_HEIGHT };
  }
}

/** Draws the caps of a lane whose bar has its upper edge at `y`, later ones over earlier ones. */
export function drawCaps(context: CanvasRenderingContext2D, scene: Scene, { marks }: Lane, y: Pixels): void {
  const { strip, bar } = strata(scene);
  for (const mark of marks) {
    const shape = cap(mark, strip - bar);
    const x = Math.round(position(scene, mark.time));
    if (shape === undefined || x < -4 || x > scene.width + 4) continue;
    const { colour, left, width, top, bottom, again } = shape;
    context.fillStyle = scene.theme[colour];
    context.fillRect(x + left, y + top, width, bottom - top);
    if (again !== undefined) context.fillRect(x + left + again, y + top, width, bottom - top);
  }
}
