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
  if (distanceTo(navigation, time) === 0) return;
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    navigation.pan(distanceTo(navigation, time));
    return;
  }
  let begun: { at: Milliseconds; distance: number } | undefined;
  let gone = 0;
  let left = navigation.range.peek();
  const step = (frame: DOMHighResTimeStamp) => {
    // Until the first step, what follows the present, or another glide, still moves it.
    if (begun && navigation.range.peek() !== left) return;
    begun ??= { at: frame, distance: distanceTo(navigation, time) };
    const part = Math.min(1, (frame - begun.at) / LASTS);
    const wanted = begun.distance * (1 - (1 - part) ** 3);
    navigation.pan(wanted - gone);
    gone = wanted;
    left = navigation.range.peek();
    if (part < 1) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

/** By which part of what is visible to pan; 0 where `time` is in sight. */
function distanceTo(navigation: Navigation, time: Milliseconds): number {
  const { from, to } = navigation.range.peek();
  const place = (time - from) / (to - from);
  if (place >= EDGE && place <= 1 - EDGE) return 0;
  return place - (place < EDGE ? MARGIN : 1 - MARGIN);
}
