import type { Span } from '../../model/timeline.ts';
import { type Pixels, position, type Scene } from './scene.ts';

/** Around the text inside a gap. */
export const ROOM: Pixels = 6;

/** How long a source waited; '' where several states are told as one. */
export function waitText({ now, text }: Scene, { began, ended, states }: Span): string {
  return states === undefined ? text.wait((ended ?? Math.max(now, began)) - began) : '';
}

/** Is there no room inside the gap for how long it was? */
export function isTooNarrow(scene: Scene, span: Span): boolean {
  const end = span.ended ?? Math.max(scene.now, span.began);
  return position(scene, end) - position(scene, span.began) <= scene.measure(waitText(scene, span)) + ROOM;
}
