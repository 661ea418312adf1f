import { type Home, homeOf } from '../model/home.ts';
import type { Log } from '../model/log.ts';
import type { NetworkFact } from '../protocol/network.ts';
import type { Milliseconds } from '../protocol/record.ts';

/** A page's own facts about a request come after it, in a batch. */
const BATCHED: Milliseconds = 500;
/** A document that did not say hello by then, however busy it was at its start, has no script of ours. */
const SILENT: Milliseconds = 10_000;

/**
 * Says when a request is nobody's: not before the document that it came from has told all that it had done by then. Of
 * one that is busy that may take any time, so it is asked to say hello once more, which it does behind all else.
 */
export class Claims {
  /** Until when each document told all that it did. */
  readonly #told = new Map<Home, Milliseconds>();
  readonly #log: Log;
  readonly #ask: () => void;
  readonly #changed: () => void;
  /** All that happened until then has had its time to be told. */
  #due: Milliseconds = 0;
  #asked: Milliseconds = 0;
  #isScheduled = false;

  /** `ask` lets all documents say hello; `changed` is called after the log changed by itself. */
  constructor(log: Log, ask: () => void, changed: () => void) {
    this.#log = log;
    this.#ask = ask;
    this.#changed = changed;
  }

  /** A document told all that it did until `time`; 0 for one that is there, and has more to tell first. */
  told(home: Home | undefined, time: Milliseconds): void {
    if (home !== undefined) this.#told.set(home, Math.max(time, this.#told.get(home) ?? 0));
    this.heard();
  }

  network(facts: readonly NetworkFact[]): void {
    for (const fact of facts) if (fact.type === 'request' && fact.sender) this.#expectHello(homeOf(fact.sender));
    this.heard();
  }

  /** To be called after every fact. */
  heard(): void {
    const { newest } = this.#log;
    if (newest === undefined || this.#isScheduled) return;
    this.#isScheduled = true;
    setTimeout(() => {
      this.#isScheduled = false;
      this.#due = newest;
      this.#claim();
      if (this.#log.newest !== newest) this.heard();
    }, BATCHED);
  }

  #claim(): void {
    const isDone = this.#log.claimed(this.#due, (home) => this.#told.get(home) ?? Number.POSITIVE_INFINITY);
    if (!isDone && this.#asked < this.#due) {
      this.#asked = this.#due;
      this.#ask();
    }
    this.#changed();
  }

  #expectHello(home: Home): void {
    if (this.#told.has(home)) return;
    this.#told.set(home, 0);
    setTimeout(() => {
      if (this.#told.get(home) !== 0) return;
      this.#told.set(home, Number.POSITIVE_INFINITY);
      this.#claim();
    }, SILENT);
  }
}
