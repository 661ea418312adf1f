import type { Milliseconds } from '../protocol/record.ts';

/**
 * What can be told apart at a scale: `merged`: only what went wrong · `dense`: how much came · `types`: what came ·
 * `single`: each event, and what the stream says without one.
 */
export type Level = 'merged' | 'dense' | 'types' | 'single';

/** How closely a lane is looked at. */
export interface Detail {
  level: Level;
  /** What happened within so long may be told as one; 0: each on its own. */
  least: Milliseconds;
  /** Grows with every change of the sources: what was found out in one revision need not be looked at again in it. */
  revision?: number;
}

/** Everything, one by one, as for a list. */
export const EXACT: Detail = { level: 'dense', least: 0 };

/** A state is told apart where it is so many pixels wide. */
const LEAST = 3;
/** In pixels per second, from where on: see {@link Level}. */
const FROM = { dense: 2, types: 40, single: 400 } as const;

/** What a picture can show that has `pixels` for `span`. */
export function detailOf(span: Milliseconds, pixels: number): Detail {
  const perSecond = (pixels / span) * 1000;
  const least = (span / pixels) * LEAST;
  if (perSecond > FROM.single) return { level: 'single', least };
  if (perSecond >= FROM.types) return { level: 'types', least };
  return { level: perSecond >= FROM.dense ? 'dense' : 'merged', least };
}
