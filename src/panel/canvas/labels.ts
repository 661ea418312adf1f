import type { Lane, Mark } from '../../model/timeline.ts';
import { type Label, type LabelRequest, layoutLabels } from './label-layout.ts';
import { GLYPH, type Pixels, position, type Scene } from './scene.ts';

const ID_LENGTH = 20;

/** The labels of a lane's strip, in their places. */
export function labels(scene: Scene, lane: Lane): Label[] {
  const errors = new Map<number, Pixels>();
  for (const mark of lane.marks) {
    if (mark.type === 'error') errors.set(mark.attempt, position(scene, mark.time));
  }
  const requests: LabelRequest[] = [];
  for (const mark of lane.marks) {
    const x = position(scene, mark.time);
    if (x < -GLYPH || x > scene.width || !isWorthALabel(mark, x, errors.get(mark.attempt))) continue;
    requests.push(request(mark, x, scene.text.mark(mark)));
  }
  const { measure, text, width } = scene;
  return layoutLabels(requests, { start: 2, end: width - 2, measure, count: text.count });
}

/**
 * Every bar begins with a first connect: only one that carries an id is news. And an attempt that fails at once (all
 * that a page sees of a native reconnect that is refused) is one thing that happened, not two.
 */
function isWorthALabel(mark: Mark, x: Pixels, error: Pixels | undefined): boolean {
  if (mark.type !== 'connect') return true;
  if (mark.attempt === 1 && mark.lastEventId === '') return false;
  return error === undefined || error - x > GLYPH;
}

function request(mark: Mark, x: Pixels, text: string): LabelRequest {
  const marks = [mark];
  switch (mark.type) {
    case 'connect':
      return {
        x,
        glyphs: ['flag'],
        text: cutMiddle(text, ID_LENGTH),
        strong: false,
        ink: 'connectInk',
        priority: 2,
        marks,
      };
    case 'queued':
      return { x: x + 2, glyphs: ['pause'], text, strong: true, ink: 'waitInk', priority: 1, marks };
    case 'end':
      return { x: x + 4, glyphs: ['end'], text, strong: false, ink: 'noneInk', priority: 4, marks };
    case 'error':
      if (mark.gaveUp) {
        const glyphs = mark.forced ? (['bolt', 'error'] as const) : (['error'] as const);
        return { x: x - 4, glyphs, text, strong: true, ink: 'failInk', priority: 0, marks };
      }
      if (mark.forced) {
        return { x: x + 3, glyphs: ['bolt'], text, strong: false, ink: 'forcedInk', priority: 1, marks };
      }
      return { x: x - GLYPH / 2, glyphs: ['error'], text, strong: false, ink: 'failInk', priority: 3, marks };
  }
}

/** `text`, or its two ends with … between them, `length` characters in all. Never cuts through a character. */
export function cutMiddle(text: string, length: number): string {
  // Ids may be as long as the server likes: look at no more of one than can be shown.
  if (text.length <= length) return text;
  const head = Array.from(text.slice(0, length * 2));
  const tail = Array.from(text.slice(-length * 2));
  if (text.length <= length * 2 && head.length <= length) return text;
  const kept = length - 1;
  return `${head.slice(0, Math.ceil(kept / 2)).join('')}…${tail.slice(-Math.floor(kept / 2)).join('')}`;
}
