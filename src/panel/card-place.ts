import type { Pixels } from './canvas/scene.ts';

/** As in hover-card.css. */
const WIDTH: Pixels = 304;
const TITLE: Pixels = 42;
const LINE: Pixels = 17;
const GAP: Pixels = 6;

interface Ground {
  /** Of what it speaks. */
  x: Pixels;
  /** Edges of the lane that it must not cover. */
  top: Pixels;
  bottom: Pixels;
  /** Lines below its title. */
  facts: number;
  /** Of the window. */
  width: Pixels;
  height: Pixels;
}

/** Where a hover card stands in the window: above the lane, below it where there is more room; never over it. */
export function placeCard({ x, top, bottom, facts, width, height }: Ground): Record<string, string> {
  const wanted = TITLE + facts * LINE + GAP;
  const wide = Math.min(WIDTH, width - 2 * GAP);
  const left = Math.max(GAP, Math.min(x - wide / 4, width - wide - GAP));
  const isAbove = top >= wanted || top > height - bottom;
  // Where there is too little room on either side, what does not fit is cut, and the lane stays free.
  const room = Math.max(0, (isAbove ? top : height - bottom) - 2 * GAP);
  return {
    left: `${left}px`,
    width: `${wide}px`,
    maxHeight: `${room}px`,
    [isAbove ? 'bottom' : 'top']: `${isAbove ? height - top + GAP : bottom + GAP}px`,
  };
}
