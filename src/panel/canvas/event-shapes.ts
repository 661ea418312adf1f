import type { Density, Lane, Range } from '../../model/timeline.ts';
import type { Box } from './bar.ts';
import { type Pixels, position, type Scene } from './scene.ts';
import type { Colour } from './theme.ts';

/** Every column is 2 px wide, 1 px apart. */
export const COLUMN = { width: 2, gap: 1 } as const;
/** From the upper edge of the bar to the lower one, inside its outline. */
const [TOP, BASE] = [1, 13] as const;
const TALLEST: Pixels = 11;
const TYPICAL: Pixels = 7.5;

/** A tick in the bar; `top` is from the bar's upper edge. */
export interface Tick {
  x: Pixels;
  top: Pixels;
  height: Pixels;
}

/** Ticks that are drawn alike. */
export interface Ticks {
  colour: Colour;
  ticks: Tick[];
  /** Of `retry:`: as wide as two columns, and empty. */
  isHollow?: true;
}

/** Where the ticks of each row are, while types are told apart: on the base, hanging, and between. */
const ROWS = [
  { top: 9, height: 4 },
  { top: TOP, height: 4 },
  { top: 6, height: 2 },
] as const;
/** The same of single events, which are 9 px. */
const SINGLES = [
  { top: 4, height: 9 },
  { top: TOP, height: 9 },
  { top: 2.5, height: 9 },
] as const;
const SEVERAL = { top: TOP, height: BASE - TOP } as const;
const LINES = {
  comment: { colour: 'noneSolid', top: 5, height: 4 },
  id: { colour: 'connectSolid', top: TOP, height: 4 },
  retry: { colour: 'waitSolid', top: 3, height: 9, isHollow: true },
} as const;

/** How the events of a lane are drawn: each is in exactly one tick. */
export function eventShapes(scene: Scene, lane: Lane, boxes: readonly Box[]): Ticks[] {
  const { density, rows = [], lines } = lane;
  const inside = insideOf(scene, lane, boxes);
  const single = scene.level === 'single';
  const shapes: Ticks[] = [];
  for (const type of ['comment', 'id', 'retry'] as const) {
    const { colour, top, height, ...look } = LINES[type];
    const ticks = lines ? each(lines[type], (_, column) => ({ x: inside(column), top, height })) : [];
    if (ticks.length > 0) shapes.push({ colour, ticks, ...look });
  }
  const told = rows.length > 0 ? rows.map((row) => row.density) : [density];
  const isDense = rows.length === 0 && !single;
  const typical = usual(density);
  const ticks = told.flatMap((counts, row) =>
    each(counts, (count, column): Tick => {
      const x = inside(column);
      if (isDense) return { x, ...columnOf(count, typical) };
      if (!single) return { x, ...(ROWS[row] ?? ROWS[0]) };
      return { x, ...(count > 1 ? SEVERAL : (SINGLES[row] ?? SINGLES[0])) };
    }),
  );
  return [...shapes, { colour: 'openSolid', ticks }];
}

/** As high as the root of how much more they are than is typical. Where single events are told apart, all are 7 px. */
function columnOf(count: number, typical: number): Omit<Tick, 'x'> {
  const wanted = typical <= 1 ? 7 : TYPICAL * Math.sqrt(count / typical);
  const height = Math.min(TALLEST, Math.max(2, wanted));
  return { top: BASE - height, height };
}

/** The left edge of a column. */
export function columnEdge(scene: Scene, { density }: Lane, column: number): Pixels {
  const range: Range = scene.columns ?? scene.range;
  const first = Math.round(position(scene, range.from));
  const pitch = (position(scene, range.to) - position(scene, range.from)) / density.length;
  return first + Math.round(column * pitch);
}

/**
 * Where the tick of a column is. A column at the edge of an open span is moved inside of it: what came at once after the
 * connection was made is not to be seen before it. For columns from left to right, starting anew with each row.
 */
function insideOf(scene: Scene, lane: Lane, boxes: readonly Box[]): (column: number) => Pixels {
  const open = boxes.filter(({ span, right, left }) => span.state === 'open' && right - left >= COLUMN.width + 2);
  let [at, before] = [0, 0];
  return (column) => {
    const x = columnEdge(scene, lane, column);
    if (column < before) at = 0;
    before = column;
    while ((open[at]?.right ?? Number.POSITIVE_INFINITY) < x) at += 1;
    const box = open[at];
    // What is between two spans belongs to neither.
    if (!box || x + COLUMN.width + COLUMN.gap < box.left) return x;
    return Math.min(Math.max(x, box.left + 1), box.right - 1 - COLUMN.width);
  };
}

function each(counts: Density, tickOf: (count: number, column: number) => Tick): Tick[] {
  const ticks: Tick[] = [];
  for (let column = 0; column < counts.length; column++) {
    const count = counts[column] ?? 0;
    if (count > 0) ticks.push(tickOf(count, column));
  }
  return ticks;
}

/** Mean of the columns that are not empty. */
function usual(density: Density): number {
  let [events, filled] = [0, 0];
  for (let column = 0; column < density.length; column++) {
    const count = density[column] ?? 0;
    events += count;
    if (count > 0) filled += 1;
  }
  return filled === 0 ? 1 : events / filled;
}
