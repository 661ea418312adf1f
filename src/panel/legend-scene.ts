import type { SourceState } from '../model/source.ts';
import type { Lane, Mark, Span } from '../model/timeline.ts';
import type { Measure, Scene } from './canvas/scene.ts';
import type { Theme } from './canvas/theme.ts';
import { SCENE_TEXT } from './scene-text.ts';

/** Milliseconds in one pixel of the legend. */
const PIXEL = 42;
const COLUMN = 3;

function span(state: SourceState, from: number, to: number): Span {
  const [began, ended] = [from * PIXEL, to * PIXEL];
  return { state, from: began, to: ended, began, ended, lasting: false };
}

/** Events that come and go like a tide while the stream is open, so that columns differ in height. */
function tide(width: number, spans: readonly Span[]): Uint32Array {
  return Uint32Array.from({ length: Math.ceil(width / COLUMN) }, (_, index) => {
    const [from, to] = [index * COLUMN * PIXEL, (index + 1) * COLUMN * PIXEL];
    const isOpen = spans.some((one) => one.state === 'open' && one.from < from && to < one.to);
    return isOpen ? Math.round(9 + 6 * Math.sin(index / 3.1) + 3 * Math.sin(index * 1.7)) : 0;
  });
}

function lane(width: number, spans: Span[], marks: Mark[] = []): Lane {
  return { key: '', spans, marks, density: tide(width, spans) };
}

/** A stream that breaks, waits, and resumes with its id; pixels from the left edge. */
export const EXAMPLE: Lane = lane(
  400,
  [
    span('connecting', 0, 28),
    span('open', 28, 170),
    span('waiting', 170, 242),
    span('connecting', 242, 264),
    span('open', 264, 440),
  ],
  [
    { type: 'error', time: 170 * PIXEL, forced: false, gaveUp: false, why: { code: 'unknown' }, attempt: 1 },
    { type: 'connect', time: 242 * PIXEL, lastEventId: '1040', attempt: 2 },
  ],
);

export const SWATCHES = {
  connecting: lane(34, [span('connecting', 0, 34)]),
  open: lane(34, [span('open', 0, 34)]),
  waiting: lane(34, [span('waiting', 0, 34)]),
  closed: lane(34, [span('closed', 0, 34)]),
} as const;

export function legendScene(one: Lane, width: number, pen: { theme: Theme; measure: Measure }): Scene {
  return {
    width,
    laneHeight: 34,
    level: 'dense',
    lanes: [one],
    range: { from: 0, to: width * PIXEL },
    columns: { from: 0, to: one.density.length * COLUMN * PIXEL },
    marks: [],
    // In the future, so that no line of the present is drawn.
    now: Number.MAX_SAFE_INTEGER,
    measure: pen.measure,
    theme: { ...pen.theme, lineGrid: 'transparent', lineSoft: 'transparent' },
    text: width < 100 ? { ...SCENE_TEXT, wait: () => '' } : SCENE_TEXT,
  };
}
