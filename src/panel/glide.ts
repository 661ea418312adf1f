import type { Milliseconds } from '../protocol/record.ts';
import type { Navigation } from './navigation.ts';

const LASTS: Milliseconds = 160;
/** What is nearer to an edge, as a part of the picture, is brought into sight. */
const EDGE = 0.02;
/** Where it is brought to. */
const MARGIN = 0.2;

/**
 * Pans until `time` is in sight, smoothly unless the user wants nothing to move. Whatever else moves the picture
 * meanwhile, a later glide too, ends it.
 */
export function glideTo(navigation: Navigation, time: Milliseconds): void {
  const { from, to } = navigation.range.peek();
  const place = (time - from) / (to - from);
  if (place >= EDGE && place <= 1 - EDGE) return;
  const distance = place - (place < EDGE ? MARGIN : 1 - MARGIN);
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    navigation.pan(distance);
    return;
  }
  let [begun, gone]: [Milliseconds | undefined, number] = [undefined, 0];
  let left = navigation.range.peek();
  const step = (frame: DOMHighResTimeStamp) => {
    // What follows the present moves by itself until the first step.
    if (begun !== undefined && navigation.range.peek() !== left) return;
    begun ??= frame;
    const part = Math.min(1, (frame - begun) / LASTS);
    const wanted = distance * (1 - (1 - part) ** 3);
    navigation.pan(wanted - gone);
    [gone, left] = [wanted, navigation.range.peek()];
    if (part < 1) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}
