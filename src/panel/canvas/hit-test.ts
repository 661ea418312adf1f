import type { Rail } from '../../model/lane-faults.ts';
import type { Lane, Mark } from '../../model/timeline.ts';
import { COLUMN, columnEdge } from './event-shapes.ts';
import type { Label } from './label-layout.ts';
import { labels } from './labels.ts';
import { type Pixels, position, railEdges, type Scene, strata } from './scene.ts';

/** Events that are drawn as one tick. */
export interface EventHit {
  /** Index of the first one, among the events of the source. */
  first: number;
  count: number;
  /** Of the lane's density. */
  column: number;
}

export interface Hit {
  /** Source key. */
  lane: string;
  /** The mark whose label is there, or that is nearest, within 8 pixels. */
  mark?: Mark;
  /** Where no mark is, and events are told apart. */
  events?: EventHit;
  /** Where neither is: the faults whose rail is there, or whose label. */
  rail?: Rail;
}

const REACH: Pixels = 8;
/** Ticks are many: nobody means one that is further away. */
const EVENT_REACH: Pixels = 4;
/** From the top edge of the bar. */
const RAIL_REACH: Pixels = 4;

/** What is at `x`, `y` of the picture that `scene` makes; undefined below the last lane and outside. */
export function hitTest(scene: Scene, x: Pixels, y: Pixels): Hit | undefined {
  const lane = scene.lanes[Math.floor(y / scene.laneHeight)];
  if (lane === undefined || x < 0 || x > scene.width) return undefined;
  const { bar, isLow } = strata(scene);
  const below = (y % scene.laneHeight) - bar;
  const isInStrip = isLow || below < 0;
  const label = isInStrip ? labelled(scene, lane, x) : undefined;
  const labelledMark = label?.marks.at(-1);
  const [mark, away] = nearest(scene, lane, x);
  const hit: Hit = { lane: lane.key };
  if (labelledMark) return { ...hit, mark: labelledMark };
  if (label?.rail) return { ...hit, rail: label.rail };
  const [events, eventAway] = isInStrip && !isLow ? [undefined, REACH] : nearestEvents(scene, lane, x);
  if (events && (!mark || eventAway < away)) return { ...hit, events };
  if (mark) return { ...hit, mark };
  const rail = Math.abs(below) <= RAIL_REACH ? railAt(scene, lane, x) : undefined;
  return rail ? { ...hit, rail } : hit;
}

/** A label may stand beside its moment; of several marks it is the last one's, which is the latest that happened. */
function labelled(scene: Scene, lane: Lane, x: Pixels): Label | undefined {
  return labels(scene, lane).find(({ left, width }) => x >= left - 1 && x <= left + width + 1);
}

function railAt(scene: Scene, { faults = [] }: Lane, x: Pixels): Rail | undefined {
  return faults.find((rail) => {
    const { left, right } = railEdges(scene, rail);
    return x >= left && x <= right;
  });
}

function nearest(scene: Scene, { marks }: Lane, x: Pixels): [Mark | undefined, Pixels] {
  let found: Mark | undefined;
  let distance = REACH;
  for (const mark of marks) {
    const away = Math.abs(position(scene, mark.time) - x);
    // The later of two at the same place is drawn over the other.
    if (away > distance) continue;
    distance = away;
    found = mark;
  }
  return [found, distance];
}

function nearestEvents(scene: Scene, lane: Lane, x: Pixels): [EventHit | undefined, Pixels] {
  if (scene.level !== 'types' && scene.level !== 'single') return [undefined, EVENT_REACH];
  let found: EventHit | undefined;
  let distance = EVENT_REACH;
  let first = lane.first ?? 0;
  for (let column = 0; column < lane.density.length; column++) {
    const count = lane.density[column] ?? 0;
    if (count === 0) continue;
    const away = Math.abs(columnEdge(scene, lane, column) + COLUMN.width / 2 - x);
    if (away <= distance) [found, distance] = [{ first, count, column }, away];
    first += count;
  }
  return [found, distance];
}
