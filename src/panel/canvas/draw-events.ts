import type { Lane } from '../../model/timeline.ts';
import type { Box } from './bar.ts';
import { COLUMN, eventShapes } from './event-shapes.ts';
import type { Pixels, Scene } from './scene.ts';

/** Draws what a lane received into the bar that has its upper edge at `y`: one path for all that look alike. */
export function drawEvents(
  context: CanvasRenderingContext2D,
  scene: Scene,
  lane: Lane,
  boxes: readonly Box[],
  y: Pixels,
): void {
  for (const { colour, ticks, isHollow } of eventShapes(scene, lane, boxes)) {
    context.beginPath();
    for (const { x, top, height } of ticks) {
      if (isHollow) context.rect(x - 0.5, y + top + 0.5, COLUMN.width + 1, height - 1);
      else context.rect(x, y + top, COLUMN.width, height);
    }
    context.lineWidth = 1;
    context.strokeStyle = scene.theme[colour];
    context.fillStyle = scene.theme[colour];
    if (isHollow) context.stroke();
    else context.fill();
  }
}
