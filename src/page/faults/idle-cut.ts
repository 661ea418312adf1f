import type { Milliseconds } from '../../protocol/record.ts';
import { clearTimeout, now, setTimeout } from '../pristine.ts';
import type { Pause } from './pause.ts';
import { type Part, stage, type Take } from './stage.ts';

/** Our timer may be late because the page was busy: what came meanwhile waits to be read, and is read within this. */
const READING: Milliseconds = 50;

/**
 * Ends a body by `lose` when nothing came for so long, as a load balancer does: whatever passes counts, also a comment that
 * is there to keep the connection alive. Nothing more passes then, until `pause` is released.
 */
export function idleCut(idle: Milliseconds, pause: Pause, next: Take, lose: () => void): Take {
  const pass = stage(pause, () => 0, next);
  let timer = 0;
  let isOver = false;
  const wait = (time: Milliseconds) => {
    clearTimeout(timer);
    const due = now() + time;
    timer = setTimeout(() => {
      if (now() > due + READING) return wait(READING);
      isOver = true;
      void pass(lose);
    }, time);
  };
  wait(idle);
  return async (part: Part) => {
    if (isOver) return;
    if (pause.released || typeof part === 'function') clearTimeout(timer);
    else wait(idle);
    await pass(part);
  };
}
