/** In CSS pixels. */
type Pixels = number;

/**
 * [firefox] Nothing is drawn higher than 17,895,700 px, [chrome] 33,554,432 px: a million rows are 20,000,000. What is
 * higher than this is scrolled in a box of this height.
 */
export const HIGHEST: Pixels = 10_000_000;
/** This near to either end, a box that is too small has the true distances: there is always room to go on. */
const EDGE: Pixels = 100_000;
/** How far the box may be from where it should be for what it shows, before it is put there. */
const DRIFT: Pixels = 50_000;

/** What is scrolled: the height of all rows, and of what is seen of them. */
export interface Extent {
  total: Pixels;
  seen: Pixels;
}

export interface Scroll {
  /** What is seen of the rows begins here. */
  top: Pixels;
  /** The `scrollTop` of the box for it. */
  boxTop: Pixels;
}

export const boxHeight = ({ total }: Extent): Pixels => Math.min(total, HIGHEST);

/** Shows the rows from `top` on, or as near as there are rows. */
export function scrollTo(top: Pixels, extent: Extent): Scroll {
  const reached = clamp(top, extent.total - extent.seen);
  return { top: reached, boxTop: boxTopOf(reached, extent) };
}

/**
 * The user scrolled the box to `boxTop`. A small step moves the rows just as far; a leap (someone draws the scroll bar) goes
 * to the same part of all rows. Where the result has another `boxTop`, the box is to be put there, which moves nothing.
 */
export function scrolled({ top, boxTop: before }: Scroll, boxTop: Pixels, extent: Extent): Scroll {
  if (extent.total <= HIGHEST) return { top: boxTop, boxTop };
  const most = extent.total - extent.seen;
  const isLeap = Math.abs(boxTop - before) > 2 * extent.seen;
  if (isLeap) return { top: topOf(boxTop, extent), boxTop };
  // In brackets: a box that did not move must not move the rows, not by a rounding either.
  return near(clamp(top + (boxTop - before), most), boxTop, extent);
}

/** Rows of this height were added before those that are seen, which stay in sight; the box moves only if it has to. */
export function pushed({ top, boxTop }: Scroll, by: Pixels, extent: Extent): Scroll {
  const reached = clamp(top + by, extent.total - extent.seen);
  return extent.total <= HIGHEST ? { top: reached, boxTop: reached } : near(reached, boxTop, extent);
}

/** Shows the rows from `top` on with the box where it is, if it may be there. */
function near(top: Pixels, boxTop: Pixels, extent: Extent): Scroll {
  const right = boxTopOf(top, extent);
  const isAtEdge = top < EDGE || top > extent.total - extent.seen - EDGE;
  return { top, boxTop: isAtEdge || Math.abs(boxTop - right) > DRIFT ? right : boxTop };
}

/** Between the edges, the box goes through all rows in even steps. */
function boxTopOf(top: Pixels, extent: Extent): Pixels {
  const [most, boxMost] = ends(extent);
  if (most === boxMost || top <= EDGE) return top;
  if (top >= most - EDGE) return boxMost - (most - top);
  return EDGE + ((top - EDGE) * (boxMost - 2 * EDGE)) / (most - 2 * EDGE);
}

function topOf(boxTop: Pixels, extent: Extent): Pixels {
  const [most, boxMost] = ends(extent);
  if (most === boxMost || boxTop <= EDGE) return boxTop;
  if (boxTop >= boxMost - EDGE) return clamp(most - (boxMost - boxTop), most);
  return EDGE + ((boxTop - EDGE) * (most - 2 * EDGE)) / (boxMost - 2 * EDGE);
}

const ends = (extent: Extent) => [extent.total - extent.seen, boxHeight(extent) - extent.seen] as const;

const clamp = (value: Pixels, most: Pixels): Pixels => Math.max(0, Math.min(value, most));
