import type { Lane, Mark } from '../../model/timeline.ts';
import { labels } from './labels.ts';
import { BAR, type Pixels, position, type Scene } from './scene.ts';

export interface Hit {
  /** Source key. */
  lane: string;
  /** The mark whose label is there, or that is nearest, within 8 pixels. */
  mark?: Mark;
}

const REACH: Pixels = 8;

/** What is at `x`, `y` of the picture that `scene` makes; undefined below the last lane and outside. */
export function hitTest(scene: Scene, x: Pixels, y: Pixels): Hit | undefined {
  const lane = scene.lanes[Math.floor(y / scene.laneHeight)];
  if (lane === undefined || x < 0 || x > scene.width) return undefined;
  const isInStrip = y % scene.laneHeight < scene.laneHeight - BAR.bottom;
  const mark = (isInStrip ? labelled(scene, lane, x) : undefined) ?? nearest(scene, lane, x);
  return mark === undefined ? { lane: lane.key } : { lane: lane.key, mark };
}

/** A label may stand beside its moment; of several marks it is the last one's, which is the latest that happened. */
function labelled(scene: Scene, lane: Lane, x: Pixels): Mark | undefined {
  return labels(scene, lane)
    .find(({ left, width }) => x >= left - 1 && x <= left + width + 1)
    ?.marks.at(-1);
}

function nearest(scene: Scene, { marks }: Lane, x: Pixels): Mark | undefined {
  let found: Mark | undefined;
  let distance = REACH;
  for (const mark of marks) {
    const away = Math.abs(position(scene, mark.time) - x);
    // The later of two at the same place is drawn over the other.
    if (away > distance) continue;
    distance = away;
    found = mark;
  }
  return found;
}
