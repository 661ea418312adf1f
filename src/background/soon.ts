import type { Milliseconds } from '../protocol/record.ts';

/** What waits for an answer of ours is held up no longer than this. */
const LONGEST: Milliseconds = 300;
const EVERY: Milliseconds = 20;

const sleep = (time: Milliseconds) => new Promise<void>((done) => setTimeout(done, time));

/** What it comes to, or whether it is ever true; false if that takes too long. */
export function soon(what: Promise<boolean> | (() => boolean)): Promise<boolean> {
  if (typeof what === 'function') return isEver(what);
  return Promise.race([what, sleep(LONGEST).then(() => false)]);
}

async function isEver(look: () => boolean): Promise<boolean> {
  for (const end = Date.now() + LONGEST; Date.now() < end; await sleep(EVERY)) if (look()) return true;
  return false;
}
