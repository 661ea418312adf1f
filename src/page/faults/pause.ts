import type { Milliseconds } from '../../protocol/record.ts';
import { clearTimeout, now, Promised, setTimeout } from '../pristine.ts';

/** Until somebody says so. */
export const FOREVER: Milliseconds = Number.POSITIVE_INFINITY;

/** Waits, one at a time, which can all be ended. */
export class Pause {
  released = false;
  #wake = () => {};

  /** Resolves at that time, or when this is released. */
  until(time: Milliseconds): Promise<void> {
    return new Promised((done) => {
      const wait = time - now();
      if (this.released || wait <= 0) return done();
      const timer = time === FOREVER ? undefined : setTimeout(done, wait);
      this.#wake = () => {
        if (timer !== undefined) clearTimeout(timer);
        done();
      };
    });
  }

  /** Ends the wait under way, and all that would follow. */
  release(): void {
    this.released = true;
    this.#wake();
  }
}
