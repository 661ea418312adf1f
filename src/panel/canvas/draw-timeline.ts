import type { Lane } from '../../model/timeline.ts';
import { drawBar } from './draw-bar.ts';
import { drawCaps } from './draw-caps.ts';
import { drawMoments } from './draw-moments.ts';
import { drawGlyph } from './glyphs.ts';
import { labels } from './labels.ts';
import { BAR, GLYPH, type Pixels, type Scene, STRIP } from './scene.ts';
import { font } from './theme.ts';

/** Draws all lanes, the first one at the top of the canvas. Nothing that was drawn before shows through. */
export function drawTimeline(context: CanvasRenderingContext2D, scene: Scene): void {
  const { width, lanes, laneHeight, theme } = scene;
  const height = lanes.length * laneHeight;
  context.save();
  context.beginPath();
  context.rect(0, 0, width, height);
  context.clip();
  lanes.forEach((lane, index) => {
    context.fillStyle = ground(scene, lane);
    context.fillRect(0, index * laneHeight, width, laneHeight);
    context.fillStyle = theme.lineSoft;
    context.fillRect(0, (index + 1) * laneHeight - 1, width, 1);
  });
  drawMoments(context, scene, height);
  lanes.forEach((lane, index) => {
    const bottom = (index + 1) * laneHeight;
    drawBar(context, scene, lane, bottom - BAR.bottom);
    drawCaps(context, scene, lane, bottom - BAR.bottom);
    drawLabels(context, scene, lane, bottom - STRIP.bottom);
  });
  context.restore();
}

function ground({ selected, theme }: Scene, lane: Lane): string {
  return lane.key === selected ? theme.bgLaneSelected : theme.bg;
}

function drawLabels(context: CanvasRenderingContext2D, scene: Scene, lane: Lane, y: Pixels): void {
  const { theme } = scene;
  context.save();
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = ground(scene, lane);
  for (const { left, glyphs, text, strong, ink } of labels(scene, lane)) {
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
