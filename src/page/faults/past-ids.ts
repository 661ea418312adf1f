import type { Resume } from '../../protocol/command.ts';
import { bare, max } from '../pristine.ts';

/** Of how many events of a source the last event ID is remembered. */
const MOST = 256;

/** The last event IDs that the events of a source had, the newest of them. */
export class PastIds {
  readonly #ring: string[] = bare([]);
  #count = 0;

  add(id: string): void {
    this.#ring[this.#count++ % MOST] = id;
  }

  /** What the next attempt carries; undefined: what it would carry anyway. */
  resumed(resume: Resume): string | undefined {
    switch (resume.type) {
      case 'kept':
        return undefined;
      case 'dropped':
        return '';
      case 'old':
        return this.#ring[max(this.#count - 1 - resume.events, this.#count - MOST, 0) % MOST];
      case 'given':
        return resume.id;
    }
  }
}
