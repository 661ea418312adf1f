import { inOrder, type MarkPlace, placeOf } from '../../model/lane-marks.ts';
import type { Mark } from '../../model/timeline.ts';
import { labels } from '../canvas/labels.ts';
import { GLYPH, position, type Scene, strata } from '../canvas/scene.ts';
import { useStore } from '../store.ts';

const SIZE = 16;

/** Round the selected mark of a lane, where its glyph stands, or else where it belongs. */
export function MarkRing({ scene, row, top }: { scene: Scene; row: number; top: number }) {
  const { selection } = useStore();
  const place = selection.mark.value;
  const lane = scene.lanes[row];
  if (!place || !lane) return null;
  const label = labels(scene, lane).find(({ marks }) => marks.some((mark) => isOf(mark, place)));
  const x = label ? label.left + GLYPH / 2 : position(scene, place.time);
  if (x < -SIZE || x > scene.width + SIZE) return null;
  const y = top + strata(scene).strip + 1 + GLYPH / 2;
  return (
    <div
      // A ring round another mark is another ring: it shows itself anew.
      key={`${lane.key} ${place.kind} ${place.attempt}`}
      class="mark-ring"
      data-testid="mark-ring"
      style={{ transform: `translate(${x - SIZE / 2}px, ${y - SIZE / 2}px)` }}
    >
      <span />
    </div>
  );
}

/** Is it the mark at this place, or one that stands for it as well? */
function isOf(mark: Mark, place: MarkPlace): boolean {
  const own = placeOf(mark);
  if (own.kind !== place.kind) return false;
  return mark.crowd ? place.time >= mark.time && place.time <= mark.crowd.until : inOrder(own, place) === 0;
}
