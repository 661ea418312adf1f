import { drawGround } from './canvas/draw-ground.ts';
import { drawOverview, OVERVIEW_HEIGHT, type OverviewScene } from './canvas/draw-overview.ts';
import { drawRuler, RULER_HEIGHT } from './canvas/draw-ruler.ts';
import { drawLanes, drawTimeline } from './canvas/draw-timeline.ts';
import type { Measure, Pixels, Scene } from './canvas/scene.ts';
import { textMeasure } from './canvas/scene.ts';
import { readTheme, type Theme } from './canvas/theme.ts';

/** Theme and text widths, as the document's styles are now. */
export function pens(): { theme: Theme; measure: Measure } {
  const theme = readTheme(getComputedStyle(document.body));
  const context = document.createElement('canvas').getContext('2d');
  return { theme, measure: context ? textMeasure(context, theme) : (text) => text.length * 6 };
}

/** A picture whose upper edge is `offset` pixels below that of the first lane. */
export interface View {
  height: Pixels;
  offset: Pixels;
}

/** Draws the lanes and their ground. */
export function paintTimeline(canvas: HTMLCanvasElement, scene: Scene, view: View): void {
  const context = prepare(canvas, scene.width, view);
  if (context) drawTimeline(context, scene);
}

/** Nobody sees what is drawn in a tab in the background, or in a panel that is not shown: there is no layout then. */
const isSeen = (canvas: HTMLCanvasElement): boolean => !document.hidden && canvas.clientWidth > 0;

/** What lies under the lanes, and moves with the pointer. */
export function paintGround(canvas: HTMLCanvasElement, scene: Scene, view: View): void {
  if (!isSeen(canvas)) return;
  const context = prepare(canvas, scene.width, view);
  if (context) drawGround(context, scene);
}

/** The lanes alone, on nothing. */
export function paintLanes(canvas: HTMLCanvasElement, scene: Scene, view: View): void {
  const context = isSeen(canvas) ? prepare(canvas, scene.width, view) : null;
  if (!context) return;
  context.clearRect(0, view.offset, scene.width, view.height);
  drawLanes(context, scene);
}

export function paintRuler(canvas: HTMLCanvasElement, scene: Scene): void {
  if (!isSeen(canvas)) return;
  const context = prepare(canvas, scene.width, { height: RULER_HEIGHT, offset: 0 });
  if (context) drawRuler(context, scene);
}

export function paintOverview(canvas: HTMLCanvasElement, scene: OverviewScene): void {
  const context = prepare(canvas, scene.width, { height: OVERVIEW_HEIGHT, offset: 0 });
  if (context) drawOverview(context, scene);
}

/** A context that takes CSS pixels and is as sharp as the screen. */
function prepare(canvas: HTMLCanvasElement, width: Pixels, { height, offset }: View): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Setting a size, even the same one, throws the picture away.
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  const style = { width: `${width}px`, height: `${height}px` };
  if (canvas.style.width !== style.width || canvas.style.height !== style.height) Object.assign(canvas.style, style);
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, -offset * ratio);
  return context;
}
