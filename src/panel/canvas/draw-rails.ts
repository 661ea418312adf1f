import type { Lane } from '../../model/timeline.ts';
import type { Pixels } from './scene.ts';
import { railEdges, type Scene } from './scene.ts';

const HEIGHT: Pixels = 2;

/** Draws what faults are in force, on the top edge of the bar at `y`. Each has its bolt in the strip: see labels.ts. */
export function drawRails(context: CanvasRenderingContext2D, scene: Scene, { faults, past }: Lane, y: Pixels): void {
  if (!faults) return;
  context.save();
  if (past) context.globalAlpha = scene.theme.past;
  context.fillStyle = scene.theme.forcedSolid;
  for (const rail of faults) {
    const { left, right } = railEdges(scene, rail);
    if (right >= 0 && left <= scene.width) context.fillRect(left, y, right - left, HEIGHT);
  }
  context.restore();
}
