import type { SessionMark } from '../../model/session-mark.ts';
import type { Lane } from '../../model/timeline.ts';
import { type Pixels, position, type Scene } from './scene.ts';
import { ticks } from './ticks.ts';

const HATCH_APART: Pixels = 8;

/** The lanes' grounds, and the lines and bands through all of them: pauses, ticks, navigation, now, and the pointer. */
export function drawGround(context: CanvasRenderingContext2D, scene: Scene): void {
  const { width, lanes, laneHeight, theme } = scene;
  lanes.forEach((lane, index) => {
    context.fillStyle = groundOf(scene, lane);
    context.fillRect(0, index * laneHeight, width, laneHeight);
    context.fillStyle = theme.lineSoft;
    context.fillRect(0, (index + 1) * laneHeight - 1, width, 1);
  });
  drawMoments(context, scene, lanes.length * laneHeight);
}

export function groundOf({ selected, chosen, theme }: Scene, lane: Lane): string {
  return lane.key === selected || chosen?.has(lane.key) ? theme.bgLaneSelected : theme.bg;
}

function drawMoments(context: CanvasRenderingContext2D, scene: Scene, height: Pixels): void {
  const { theme, now, hover, width, marks } = scene;
  for (const mark of marks) if (mark.type === 'pause') drawPause(context, scene, mark, height);
  context.fillStyle = theme.lineGrid;
  for (const time of ticks(scene).times) context.fillRect(Math.round(position(scene, time)), 0, 1, height);
  context.fillStyle = theme.text2;
  for (const { type, time } of marks) {
    if (type === 'navigation') context.fillRect(Math.round(position(scene, time)), 0, 1, height);
  }
  const present = Math.round(position(scene, now));
  if (present >= 0 && present <= width) {
    context.fillStyle = theme.accent;
    context.fillRect(present - 0.25, 0, 1.5, height);
  }
  if (hover === undefined) return;
  const x = Math.round(position(scene, hover.time)) + 0.5;
  context.save();
  context.strokeStyle = theme.text2;
  context.lineWidth = 1;
  context.setLineDash([2, 2]);
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, height);
  context.stroke();
  context.restore();
}

/** All that the place of a band depends on. */
type BandScene = Pick<Scene, 'range' | 'width' | 'now' | 'theme'>;

/** Where a pause is, inside the picture. */
export function pauseBox(scene: BandScene, { time, until }: Extract<SessionMark, { type: 'pause' }>): [Pixels, Pixels] {
  const end = until ?? Math.max(scene.now, time);
  return [Math.max(0, position(scene, time)), Math.min(scene.width, position(scene, end))];
}

/** A hatched band: that no events are drawn there does not say that there were none. */
export function drawPause(
  context: CanvasRenderingContext2D,
  scene: BandScene,
  mark: Extract<SessionMark, { type: 'pause' }>,
  height: Pixels,
): void {
  const [left, right] = pauseBox(scene, mark);
  if (!(right > left)) return;
  const { theme } = scene;
  context.save();
  context.beginPath();
  context.rect(left, 0, right - left, height);
  context.clip();
  context.fillStyle = theme.band;
  context.fillRect(left, 0, right - left, height);
  context.strokeStyle = theme.bandHatch;
  context.lineWidth = 1;
  context.beginPath();
  // At whole multiples, so that the hatch of a band that grows stands still.
  for (let x = Math.floor(left / HATCH_APART) * HATCH_APART; x < right + height; x += HATCH_APART) {
    context.moveTo(x, 0);
    context.lineTo(x - height, height);
  }
  context.stroke();
  context.restore();
}
