import { detailOf } from '../model/level-of-detail.ts';
import { sessionMarks } from '../model/session-mark.ts';
import type { Source } from '../model/source.ts';
import { sourceName } from '../model/source-name.ts';
import { grid, timeline } from '../model/timeline.ts';
import { drawRuler, RULER_HEIGHT } from './canvas/draw-ruler.ts';
import { drawTimeline } from './canvas/draw-timeline.ts';
import { cutMiddle } from './canvas/labels.ts';
import type { Pixels, Scene } from './canvas/scene.ts';
import { font } from './canvas/theme.ts';
import { number } from './format.ts';
import { pens } from './paint.ts';
import { SCENE_TEXT } from './scene-text.ts';
import type { Store } from './store.ts';
import { text, textOf } from './text.ts';
import { sourceState } from './wording.ts';

/** Dots for each CSS pixel: sharp on any screen. */
const SCALE = 2;
const LANE: Pixels = 34;
/** The column of names. */
const NAMES: Pixels = 220;
const FOOT: Pixels = 26;
const MARGIN: Pixels = 8;
/** Browsers draw no picture that is higher than some ten thousand dots. */
const MOST_LANES = 120;

/** What the timeline shows, with the names of its sources, as PNG; null where the browser cannot make one. */
export function timelineImage(store: Store): Promise<Blob | null> {
  const scene = sceneOf(store);
  const sources = store.lanes.value;
  const canvas = document.createElement('canvas');
  const width = NAMES + scene.width;
  const height = RULER_HEIGHT + scene.lanes.length * LANE + FOOT;
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  const { theme } = scene;
  context.scale(SCALE, SCALE);
  context.fillStyle = theme.bg;
  context.fillRect(0, 0, width, height);
  context.fillStyle = theme.bgBar;
  context.fillRect(0, 0, NAMES, RULER_HEIGHT);
  context.save();
  context.translate(NAMES, 0);
  drawRuler(context, scene);
  context.translate(0, RULER_HEIGHT);
  drawTimeline(context, scene);
  context.restore();
  scene.lanes.forEach((_, index) => {
    const source = sources[index];
    if (source) drawName(context, scene, source, RULER_HEIGHT + index * LANE);
  });
  context.fillStyle = theme.line;
  context.fillRect(0, RULER_HEIGHT - 1, NAMES, 1);
  context.fillRect(NAMES - 1, 0, 1, height - FOOT);
  context.fillRect(0, height - FOOT, width, 1);
  drawFoot(context, scene, store, { width, base: height - 9 });
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}

/** As it is on the screen, without what is selected. */
function sceneOf({ navigation, session, now, origin, lanes }: Store): Scene {
  const range = navigation.range.value;
  const width = navigation.width.value;
  const detail = detailOf(range.to - range.from, width);
  const { range: columns, columns: count } = grid(range, detail.least);
  return {
    width,
    laneHeight: LANE,
    level: detail.level,
    lanes: timeline(lanes.value.slice(0, MOST_LANES), columns, count, detail),
    range,
    columns,
    now: now.value,
    origin: origin.value,
    marks: sessionMarks(session.log.marks, range, now.value),
    text: SCENE_TEXT,
    ...pens(),
  };
}

function drawName(context: CanvasRenderingContext2D, scene: Scene, source: Source, top: Pixels): void {
  const { theme, now } = scene;
  const { path, query, host } = sourceName(source);
  const room = NAMES - 2 * MARGIN;
  context.fillStyle = theme.text;
  context.font = font(theme, true);
  context.fillText(fitted(scene, path + query, room), MARGIN, top + 14);
  context.fillStyle = theme.text2;
  context.font = font(theme);
  const words = [sourceState(source, now).words, host].filter(Boolean).join(' · ');
  context.fillText(fitted(scene, words, room), MARGIN, top + 28);
  context.fillStyle = theme.lineSoft;
  context.fillRect(0, top + LANE - 1, NAMES, 1);
}

/** Whose picture it is, and what is not in it. */
function drawFoot(
  context: CanvasRenderingContext2D,
  scene: Scene,
  { session, lanes, now }: Store,
  { width, base }: { width: Pixels; base: Pixels },
): void {
  const { theme, measure } = scene;
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'medium' });
  const more = lanes.value.length - scene.lanes.length;
  const note = more > 0 ? textOf('imageMore', more, number(more)) : '';
  const title = text('imageTitle', session.log.page?.url ?? '', time.format(now.value));
  context.font = font(theme);
  context.fillStyle = theme.text2;
  context.fillText(fitted(scene, title, width - measure(note) - 4 * MARGIN), MARGIN, base);
  context.fillText(note, width - measure(note) - MARGIN, base);
}

/** `words`, cut in the middle where they are too long. */
function fitted({ measure }: Scene, words: string, room: Pixels): string {
  let shown = words;
  // Addresses may be as long as a page likes.
  for (let length = 400; measure(shown, true) > room && length > 4; length = Math.floor(length * 0.9)) {
    shown = cutMiddle(words, length);
  }
  return shown;
}
