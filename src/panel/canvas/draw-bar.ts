import type { Lane } from '../../model/timeline.ts';
import { type Box, boxes } from './bar.ts';
import { drawEvents } from './draw-events.ts';
import { BAR_HEIGHT, type Pixels, type Scene } from './scene.ts';
import { font } from './theme.ts';
import { ROOM, waitText } from './wait.ts';

const STRIPE: Pixels = 3;
const STRIPES_APART = STRIPE * 2 * Math.SQRT2;

/** Draws the states of a lane as one bar, its upper edge at `y`. */
export function drawBar(context: CanvasRenderingContext2D, scene: Scene, lane: Lane, y: Pixels): void {
  context.save();
  if (lane.past) context.globalAlpha = scene.theme.past;
  const all = boxes(scene, lane.spans);
  for (const box of all) {
    switch (box.span.state) {
      case 'connecting':
        drawConnecting(context, scene, box, y);
        break;
      case 'open':
        drawOpen(context, scene, box, y);
        break;
      case 'waiting':
        drawWaiting(context, scene, box, y);
        break;
      case 'closed':
        // What the page let go of is over; so is all that belonged to a document that went away.
        if (!lane.past) drawClosed(context, scene, box, y);
        break;
    }
  }
  drawEvents(context, scene, lane, all, y);
  context.restore();
}

function outline(context: CanvasRenderingContext2D, { left, right }: Box, y: Pixels): void {
  context.beginPath();
  context.roundRect(left + 0.5, y + 0.5, right - left - 1, BAR_HEIGHT - 1, 1.5);
}

/** Stripes at 45°, 3 px and 3 px, and an outline. */
function drawConnecting(context: CanvasRenderingContext2D, { theme }: Scene, box: Box, y: Pixels): void {
  const { left, right } = box;
  context.save();
  outline(context, box, y);
  context.fillStyle = theme.connectFill;
  context.fill();
  context.clip();
  context.beginPath();
  // The stripes belong to the span, not to the picture: they move with it.
  for (let x = left; x < right + BAR_HEIGHT; x += STRIPES_APART) {
    context.moveTo(x, y);
    context.lineTo(x + STRIPES_APART / 2, y);
    context.lineTo(x + STRIPES_APART / 2 - BAR_HEIGHT, y + BAR_HEIGHT);
    context.lineTo(x - BAR_HEIGHT, y + BAR_HEIGHT);
  }
  context.fillStyle = theme.connectSolid;
  context.fill();
  context.restore();
  outline(context, box, y);
  context.lineWidth = 1;
  context.strokeStyle = theme.connectSolid;
  context.stroke();
}

/** Filled and outlined. */
function drawOpen(context: CanvasRenderingContext2D, { theme }: Scene, box: Box, y: Pixels): void {
  outline(context, box, y);
  context.fillStyle = theme.openFill;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = theme.openLine;
  context.stroke();
}

/** No walls, dashes above and below, and how long it took if there is room for it. */
function drawWaiting(context: CanvasRenderingContext2D, scene: Scene, { span, left, right }: Box, y: Pixels): void {
  const { theme, measure, width } = scene;
  context.fillStyle = theme.waitFill;
  context.fillRect(left, y + 1, right - left, BAR_HEIGHT - 2);
  context.save();
  context.lineWidth = 1.5;
  context.strokeStyle = theme.waitSolid;
  context.setLineDash([4, 3]);
  context.beginPath();
  for (const at of [y + 1, y + BAR_HEIGHT - 1]) {
    context.moveTo(left, at);
    context.lineTo(right, at);
  }
  context.stroke();
  context.restore();
  const words = waitText(scene, span);
  const seen = { left: Math.max(0, left), right: Math.min(width, right) };
  if (words === '' || seen.right - seen.left <= measure(words) + ROOM) return;
  context.font = font(theme);
  context.textAlign = 'center';
  context.fillStyle = theme.waitInk;
  context.fillText(words, (seen.left + seen.right) / 2, y + 11);
  context.textAlign = 'left';
}

/** Nothing but a dotted trail. */
function drawClosed(context: CanvasRenderingContext2D, { theme }: Scene, { left, right }: Box, y: Pixels): void {
  context.save();
  context.lineWidth = 1;
  context.strokeStyle = theme.noneSolid;
  context.setLineDash([1, 5]);
  context.beginPath();
  context.moveTo(left + 4, y + BAR_HEIGHT / 2 + 0.5);
  context.lineTo(right, y + BAR_HEIGHT / 2 + 0.5);
  context.stroke();
  context.restore();
}
