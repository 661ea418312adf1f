import { drawOverview, OVERVIEW_HEIGHT, type OverviewScene } from './canvas/draw-overview.ts';
import { drawRuler, RULER_HEIGHT } from './canvas/draw-ruler.ts';
import { drawTimeline } from './canvas/draw-timeline.ts';
import type { Measure, Pixels, Scene } from './canvas/scene.ts';
import { textMeasure } from './canvas/scene.ts';
import { readTheme, type Theme } from './canvas/theme.ts';

/** Theme and text widths, as the document's styles are now. */
export function pens(): { theme: Theme; measure: Measure } {
  const theme = readTheme(getComputedStyle(document.body));
  const context = document.createElement('canvas').getContext('2d');
  return { theme, measure: context ? textMeasure(context, theme) : (text) => text.length * 6 };
}

/** Draws the lanes; the first one begins `offset` pixels above the upper edge of the canvas. */
export function paintLanes(canvas: HTMLCanvasElement, scene: Scene, height: Pixels, offset: Pixels): void {
  const context = prepare(canvas, scene.width, height);
  if (!context) return;
  context.translate(0, -offset);
  drawTimeline(context, scene);
}

export function paintRuler(canvas: HTMLCanvasElement, scene: Scene): void {
  const context = prepare(canvas, scene.width, RULER_HEIGHT);
  if (context) drawRuler(context, scene);
}

export function paintOverview(canvas: HTMLCanvasElement, scene: OverviewScene): void {
  const context = prepare(canvas, scene.width, OVERVIEW_HEIGHT);
  if (context) drawOverview(context, scene);
}

/** A context that takes CSS pixels and is as sharp as the screen. */
function prepare(canvas: HTMLCanvasElement, width: Pixels, height: Pixels): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Setting a size, even the same one, throws the picture away.
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
