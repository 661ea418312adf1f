import type { Rail } from '../../model/lane-faults.ts';
import type { Level } from '../../model/level-of-detail.ts';
import type { SessionMark } from '../../model/session-mark.ts';
import type { Lane, Mark, Range } from '../../model/timeline.ts';
import type { Milliseconds } from '../../protocol/record.ts';
import { font, type Theme } from './theme.ts';

/** CSS pixels. The caller scales the context by `devicePixelRatio`. */
export type Pixels = number;

/** Width of `text` in the label font. */
export type Measure = (text: string, strong?: boolean) => Pixels;

/** Every word and number that is drawn, in the user's language. */
export interface SceneText {
  /** Stands beside the glyph of `mark`; '' for a bare glyph. An id is given whole: the drawing cuts it. */
  mark(mark: Mark): string;
  /** Stands beside the bolt of faults that are in force, or were. */
  faults(rail: Rail): string;
  /** Stands beside a glyph that is there for several marks. */
  count(marks: number): string;
  /** Stands on the ruler beside a mark of the session. */
  session(mark: SessionMark, now: Milliseconds): string;
  /** How long a source waited, inside the span. */
  wait(duration: Milliseconds): string;
  /** A tick of the ruler; ticks are `step` apart. */
  tick(time: Milliseconds, step: Milliseconds): string;
  /** The moment under the pointer. */
  moment(time: Milliseconds): string;
  now: string;
}

/** All that a picture of the timeline depends on: the same scene, the same picture. */
export interface Scene {
  width: Pixels;
  /** 34; 48 where the lane's name is drawn above it; 20 where there are many: see {@link strata}. */
  laneHeight: Pixels;
  level: Level;
  /** The lanes to draw, from the top. With many sources: only those that are visible. */
  lanes: readonly Lane[];
  /** What is visible: from the left edge to the right one. */
  range: Range;
  /** The range that each lane's density divides, where it is not `range` (see `grid` in model/timeline.ts). */
  columns?: Range;
  now: Milliseconds;
  /** Where times are counted from; undefined: they are times of day. */
  origin?: Milliseconds | undefined;
  /** What concerns all lanes, within the range. */
  marks: readonly SessionMark[];
  /** Source key of the selected lane. */
  selected?: string;
  /** Source keys of all that are selected, if there are several. */
  chosen?: ReadonlySet<string>;
  /** In the selected lane: the attempt and the event that are selected. */
  attempt?: Range;
  event?: Milliseconds;
  /** The moment under the pointer, and what is there in a word. */
  hover?: { time: Milliseconds; words?: string };
  theme: Theme;
  text: SceneText;
  measure: Measure;
}

/** The bar, and above it the strip of labels. */
export const BAR_HEIGHT: Pixels = 14;
/** A lane that is lower than this has no room for both. */
const TWO_STRATA: Pixels = 34;

/** Upper edges of strip and bar, from the upper edge of the lane. A low lane has its glyphs on the bar. */
export function strata({ laneHeight }: Pick<Scene, 'laneHeight'>): { strip: Pixels; bar: Pixels; isLow: boolean } {
  const bar = laneHeight - 3 - BAR_HEIGHT;
  const isLow = laneHeight < TWO_STRATA;
  return { strip: isLow ? bar : bar - 15, bar, isLow };
}

export const GLYPH: Pixels = 12;

/** Where a moment is, from the left edge. Outside of `[0, width]` for one that is not visible. */
export function position({ range, width }: Pick<Scene, 'range' | 'width'>, time: Milliseconds): Pixels {
  return ((time - range.from) / (range.to - range.from)) * width;
}

/** No rail is drawn narrower than this. */
const LEAST_RAIL: Pixels = 3;
/** What begins or ends outside of the picture is this far outside. */
const BEYOND: Pixels = 4;

/** Where a rail begins and ends, in whole pixels. */
export function railEdges(scene: Scene, { began, ended }: Rail): { left: Pixels; right: Pixels } {
  const edge = (time: Milliseconds) =>
    Math.min(scene.width + BEYOND, Math.max(-BEYOND, Math.round(position(scene, time))));
  const left = edge(began);
  return { left, right: Math.max(left + LEAST_RAIL, edge(ended ?? Math.max(scene.now, began))) };
}

/** The moment at `x` pixels from the left edge. */
export function moment({ range, width }: Pick<Scene, 'range' | 'width'>, x: Pixels): Milliseconds {
  return range.from + (x / width) * (range.to - range.from);
}

/** Measures with `context`, and remembers: the same few texts are measured for every frame. */
export function textMeasure(context: CanvasRenderingContext2D, theme: Theme): Measure {
  const known = new Map<string, Pixels>();
  return (text, strong = false) => {
    const key = strong ? `*${text}` : ` ${text}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    // Ids never end, and a session may last for days.
    if (known.size > 5000) known.clear();
    context.font = font(theme, strong);
    const { width } = context.measureText(text);
    known.set(key, width);
    return width;
  };
}
