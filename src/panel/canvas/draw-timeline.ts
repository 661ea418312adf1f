import type { Lane } from '../../model/timeline.ts';
import { drawBar } from './draw-bar.ts';
import { drawCaps } from './draw-caps.ts';
import { drawGround, groundOf } from './draw-ground.ts';
import { drawRails } from './draw-rails.ts';
import { drawGlyph } from './glyphs.ts';
import { labels } from './labels.ts';
import { BAR_HEIGHT, GLYPH, type Pixels, position, type Scene, strata } from './scene.ts';
import { font } from './theme.ts';

/** Draws all lanes with their ground, the first one at the top of the canvas. */
export function drawTimeline(context: CanvasRenderingContext2D, scene: Scene): void {
  context.save();
  context.beginPath();
  context.rect(0, 0, scene.width, scene.lanes.length * scene.laneHeight);
  context.clip();
  drawGround(context, scene);
  drawLanes(context, scene);
  context.restore();
}

/** What is in the lanes; nothing of it depends on where the pointer is. */
export function drawLanes(context: CanvasRenderingContext2D, scene: Scene): void {
  const { strip, bar } = strata(scene);
  scene.lanes.forEach((lane, index) => {
    const top = index * scene.laneHeight;
    drawBar(context, scene, lane, top + bar);
    drawRails(context, scene, lane, top + bar);
    drawCaps(context, scene, lane, top + bar);
    if (lane.key === scene.selected) drawSelection(context, scene, top + bar);
    drawLabels(context, scene, lane, top + strip);
  });
}

/** A line under the attempt that is selected, and one through the event. */
function drawSelection(context: CanvasRenderingContext2D, scene: Scene, y: Pixels): void {
  const { theme, width, attempt, event } = scene;
  context.fillStyle = theme.accent;
  if (attempt) {
    const left = Math.max(-1, Math.round(position(scene, attempt.from)));
    const right = Math.min(width + 1, Math.round(position(scene, attempt.to)));
    if (right >= 0 && left <= width) context.fillRect(left, y + BAR_HEIGHT, Math.max(3, right - left), 2);
  }
  if (event === undefined) return;
  const x = Math.round(position(scene, event));
  if (x < 0 || x > width) return;
  context.fillRect(x - 1, y - 2, 2, BAR_HEIGHT + 4);
  context.fillRect(x - 3, y - 2, 6, 2);
}

function drawLabels(context: CanvasRenderingContext2D, scene: Scene, lane: Lane, y: Pixels): void {
  const { theme } = scene;
  const { isLow } = strata(scene);
  context.save();
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = groundOf(scene, lane);
  for (const { left, width, glyphs, text, strong, ink } of labels(scene, lane)) {
    if (isLow) {
      context.fillStyle = groundOf(scene, lane);
      context.fillRect(left - 1, y + 1, width + 2, GLYPH);
    }
    glyphs.forEach((glyph, index) => {
      // A bolt is violet, whatever it stands beside.
      const colour = theme[glyph === 'bolt' ? 'forcedInk' : ink];
      drawGlyph(context, glyph, left + index * (GLYPH + 3), y + 1, colour);
    });
    if (text === '') continue;
    const x = left + glyphs.length * (GLYPH + 3);
    context.font = font(theme, strong);
    // The halo keeps lines from cutting letters.
    context.strokeText(text, x, y + 11);
    context.fillStyle = theme[ink];
    context.fillText(text, x, y + 11);
  }
  context.restore();
}
