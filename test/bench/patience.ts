import { setTimeout } from 'node:timers/promises';
import type { Milliseconds } from '../../src/protocol/record.ts';

/**
 * What `promise` gives, if it does within `time`. A browser that stands still answers nothing, and no error either.
 * @throws a sentence that says what was waited for.
 */
export async function within<T>(time: Milliseconds, promise: Promise<T>, what: string): Promise<T> {
  promise.catch(() => {}); // Nobody may be there to hear of it any more.
  const first = await Promise.race([promise.then((value) => ({ value })), setTimeout(time, undefined, { ref: false })]);
  if (!first) throw new Error(`Waited for ${time / 1000} s in vain for ${what}.`);
  return first.value;
}
