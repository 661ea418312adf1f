import type { Milliseconds } from '../../protocol/record.ts';
import { pauseBox } from './draw-ground.ts';
import { drawGlyph } from './glyphs.ts';
import { GLYPH, type Pixels, position, type Scene } from './scene.ts';
import { font } from './theme.ts';
import { ticks } from './ticks.ts';

export const RULER_HEIGHT: Pixels = 21;

const STUB: Pixels = 4;
const BASELINE: Pixels = 15;

/** Pixels of the ruler that are taken. */
type Taken = [from: Pixels, to: Pixels];

interface Flag extends Scene {
  at: Milliseconds;
  words: string;
}

/** Draws the ruler above the lanes: ticks, now, and the moment under the pointer. {@link RULER_HEIGHT} high. */
export function drawRuler(context: CanvasRenderingContext2D, scene: Scene): void {
  const { width, theme, now, hover, text } = scene;
  context.save();
  context.fillStyle = theme.bgBar;
  context.fillRect(0, 0, width, RULER_HEIGHT);
  context.fillStyle = theme.line;
  context.fillRect(0, RULER_HEIGHT - 1, width, 1);
  const taken: Taken[] = [];
  const present = place({ ...scene, at: now, words: text.now });
  const words = hover && [text.moment(hover.time), hover.words].filter(Boolean).join(' · ');
  const pointed = hover && words !== undefined ? place({ ...scene, at: hover.time, words }) : undefined;
  if (present) taken.push(present);
  if (pointed) taken.push(pointed);
  drawSessionMarks(context, scene, taken);
  drawTicks(context, scene, taken);
  if (present) drawFlag(context, scene, present, text.now, theme.accent, theme.onAccent);
  // The pointer is where the user looks: its flag is above all.
  if (pointed && words !== undefined) drawFlag(context, scene, pointed, words, theme.text, theme.bg);
  context.restore();
}

/** A navigation's line goes through the ruler, and its words stand beside it as far as there is room, as a pause's do. */
function drawSessionMarks(context: CanvasRenderingContext2D, scene: Scene, taken: Taken[]): void {
  const { theme, width, measure, text, marks, now } = scene;
  context.font = font(theme);
  // The newest first: where there is no room for all words, its are the ones to read.
  for (const mark of marks.toReversed()) {
    const isPause = mark.type === 'pause';
    const [x, end] = isPause ? pauseBox(scene, mark) : [Math.round(position(scene, mark.time)), width];
    if (end < 0 || x > width) continue;
    context.fillStyle = theme.text2;
    if (!isPause) context.fillRect(x, 0, 1, RULER_HEIGHT);
    const words = text.session(mark, now);
    const place = [GLYPH + 3 + measure(words), GLYPH]
      .map((wide): Taken => [x, x + 4 + wide + 4])
      .find(([from, to]) => to <= width && !taken.some(([start, stop]) => from < stop && to > start));
    if (!place) continue;
    taken.push(place);
    drawGlyph(context, isPause ? 'pause' : 'navigation', x + 4, 4, theme.text2);
    if (place[1] - x <= GLYPH + 8) continue;
    context.fillStyle = theme.text;
    context.fillText(words, x + 4 + GLYPH + 3, BASELINE);
  }
}

function drawTicks(context: CanvasRenderingContext2D, scene: Scene, taken: Taken[]): void {
  const { theme, width, measure, text } = scene;
  const { step, times } = ticks(scene);
  context.font = font(theme);
  for (const time of times) {
    const x = Math.round(position(scene, time));
    const label = text.tick(time, step);
    const [from, to]: Taken = [x - 4, x + 5 + measure(label) + 3];
    const collides = to > width || taken.some(([start, end]) => from < end && to > start);
    context.fillStyle = theme.line;
    context.fillRect(x, collides ? RULER_HEIGHT - STUB : 5, 1, collides ? STUB : RULER_HEIGHT - 5);
    if (collides) continue;
    context.fillStyle = theme.text2;
    context.fillText(label, x + 5, BASELINE);
    taken.push([from, to]);
  }
}

/** Where a flag is: centred on its moment, inside the ruler; undefined if the moment is outside. */
function place(flag: Flag): Taken | undefined {
  const x = Math.round(position(flag, flag.at));
  if (!(x >= 0 && x <= flag.width)) return undefined;
  const width = Math.ceil(flag.measure(flag.words)) + 10;
  const from = Math.max(1, Math.min(x - Math.floor(width / 2), flag.width - width - 1));
  return [from, from + width];
}

function drawFlag(
  context: CanvasRenderingContext2D,
  { theme }: Scene,
  [from, to]: Taken,
  words: string,
  ground: string,
  ink: string,
): void {
  context.font = font(theme);
  context.fillStyle = ground;
  context.beginPath();
  context.roundRect(from, 3, to - from, 16, 3);
  context.fill();
  context.fillStyle = ink;
  context.textAlign = 'center';
  context.fillText(words, (from + to) / 2, BASELINE);
  context.textAlign = 'left';
}
