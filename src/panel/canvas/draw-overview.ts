import type { SessionMark } from '../../model/session-mark.ts';
import type { OverviewColumns } from '../../model/tally.ts';
import type { Range } from '../../model/timeline.ts';
import type { Milliseconds } from '../../protocol/record.ts';
import { drawPause } from './draw-ground.ts';
import { type Measure, type Pixels, position, type SceneText } from './scene.ts';
import type { Theme } from './theme.ts';
import { ticks } from './ticks.ts';

export const OVERVIEW_HEIGHT: Pixels = 36;
/** From one column to the next; one pixel of it is free. */
export const OVERVIEW_PITCH: Pixels = 3;

/** The columns stand on it; below it is what failed. */
const BASE: Pixels = 29;
/** Below the times. */
const TALLEST: Pixels = 17;
const TYPICAL: Pixels = 9;
const LEAST: Pixels = 1.5;
const FAILURE = { width: 3, height: 6 } as const;
const TRIANGLE = { width: 8, height: 6 } as const;
/** Opacity of what stands above the veil, but is outside of the window. */
const VEILED = 0.45;
const LABEL = { baseline: 9, stub: 11, gap: 4, font: '10px' } as const;

/** All that a picture of the overview depends on. */
export interface OverviewScene {
  width: Pixels;
  /** From the left edge to the right one. */
  range: Range;
  /** One for every {@link OVERVIEW_PITCH}, from the left. */
  counts: OverviewColumns;
  marks: readonly SessionMark[];
  now: Milliseconds;
  /** What the timeline shows; what is outside of it lies under a veil. */
  window: Range;
  theme: Theme;
  text: Pick<SceneText, 'tick'>;
  measure: Measure;
}

/** Draws the whole session, {@link OVERVIEW_HEIGHT} high. */
export function drawOverview(context: CanvasRenderingContext2D, scene: OverviewScene): void {
  const { width, theme, counts } = scene;
  context.save();
  context.fillStyle = theme.bg;
  context.fillRect(0, 0, width, OVERVIEW_HEIGHT);
  for (const mark of scene.marks) if (mark.type === 'pause') drawPause(context, scene, mark, OVERVIEW_HEIGHT);
  drawEvents(context, scene);
  context.fillStyle = theme.lineSoft;
  context.fillRect(0, BASE, width, 1);
  context.fillStyle = theme.text2;
  for (const { type, time } of scene.marks) {
    if (type === 'navigation') context.fillRect(Math.round(position(scene, time)), 0, 1, OVERVIEW_HEIGHT);
  }
  context.fillStyle = theme.failSolid;
  for (const x of filled(counts.failures)) context.fillRect(x, BASE + 1, FAILURE.width, FAILURE.height);
  drawVeil(context, scene);
  drawTimes(context, scene);
  // Above the times, of which it may take a letter: what we did must never be missed.
  drawForced(context, scene);
  context.restore();
}

/** As high as the root of how much more happened than in a typical column, like the lanes' own. */
function drawEvents(context: CanvasRenderingContext2D, { theme, counts }: OverviewScene): void {
  const { events } = counts;
  const xs = filled(events);
  const typical = xs.reduce((sum, x) => sum + (events[x / OVERVIEW_PITCH] ?? 0), 0) / (xs.length || 1);
  context.save();
  context.globalAlpha = 0.75;
  context.fillStyle = theme.openSolid;
  context.beginPath();
  for (const x of xs) {
    const height = TYPICAL * Math.sqrt((events[x / OVERVIEW_PITCH] ?? 0) / typical);
    const shown = Math.min(TALLEST, Math.max(LEAST, height));
    context.rect(x, BASE - shown, OVERVIEW_PITCH - 1, shown);
  }
  context.fill();
  context.restore();
}

/** A triangle at the top, and a line from it to the base. */
function drawForced(context: CanvasRenderingContext2D, scene: OverviewScene): void {
  const { theme, counts, window } = scene;
  const [start, end] = [position(scene, window.from), position(scene, window.to)];
  context.save();
  context.fillStyle = theme.forcedSolid;
  for (const left of filled(counts.forced)) {
    const x = left + OVERVIEW_PITCH / 2;
    context.globalAlpha = x < start || x > end ? VEILED : 1;
    context.beginPath();
    context.moveTo(x - TRIANGLE.width / 2, 0);
    context.lineTo(x + TRIANGLE.width / 2, 0);
    context.lineTo(x, TRIANGLE.height);
    context.fill();
    context.fillRect(x - 0.5, 0, 1, BASE);
  }
  context.restore();
}

function drawVeil(context: CanvasRenderingContext2D, scene: OverviewScene): void {
  const { width, theme, window } = scene;
  const left = Math.max(0, position(scene, window.from));
  const right = Math.min(width, position(scene, window.to));
  context.fillStyle = theme.veil;
  context.fillRect(0, 0, left, OVERVIEW_HEIGHT);
  context.fillRect(right, 0, width - right, OVERVIEW_HEIGHT);
}

function drawTimes(context: CanvasRenderingContext2D, scene: OverviewScene): void {
  const { width, theme, text, measure } = scene;
  const { step, times } = ticks(scene);
  context.font = `${LABEL.font} ${theme.fontFamily}`;
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = theme.bg;
  for (const time of times) {
    const x = Math.round(position(scene, time));
    context.fillStyle = theme.line;
    context.fillRect(x, 0, 1, LABEL.stub);
    const label = text.tick(time, step);
    if (x + LABEL.gap + measure(label) > width) continue;
    // The halo keeps lines from cutting letters.
    context.strokeText(label, x + LABEL.gap, LABEL.baseline);
    context.fillStyle = theme.text3;
    context.fillText(label, x + LABEL.gap, LABEL.baseline);
  }
}

/** Left edges of the columns in which something happened. */
function filled(counts: Uint32Array): Pixels[] {
  const xs: Pixels[] = [];
  for (const [index, count] of counts.entries()) if (count > 0) xs.push(index * OVERVIEW_PITCH);
  return xs;
}
