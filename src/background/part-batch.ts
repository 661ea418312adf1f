import type { Milliseconds, StreamRecord } from '../protocol/record.ts';

/** As often as a screen shows something new. */
const EVERY: Milliseconds = 16;
/** Of one batch: a stream must not fill the way to the panel, nor the memory of whoever reads slower than it writes. */
const MOST_PARTS = 20_000;
const MOST_TEXT = 1024 * 1024;

/** `time`: of the first of them. `lost`: parts that were too many. */
export type SendParts = (parts: StreamRecord[], time: Milliseconds, lost: number) => void;

/** Sends what a chunk brings at once, and what follows within moments together. */
export class PartBatch {
  readonly #send: SendParts;
  #parts: StreamRecord[] = [];
  #text = 0;
  #lost = 0;
  #time: Milliseconds = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: SendParts) {
    this.#send = send;
  }

  /** `time`: when its bytes came. */
  add(part: StreamRecord, time: Milliseconds): void {
    if (this.#isEmpty) this.#time = time;
    const size = part.type === 'dispatch' ? part.data.length + part.event.length : part.value.length;
    if (this.#parts.length >= MOST_PARTS || this.#text + size > MOST_TEXT) {
      this.#lost++;
      return;
    }
    this.#parts.push(part);
    this.#text += size;
  }

  /** Parts that nobody will understand. */
  lose(): void {
    if (this.#isEmpty) this.#time = Date.now();
    this.#lost++;
  }

  /** A chunk is over. */
  turn(): void {
    if (this.#timer !== undefined || this.#isEmpty) return;
    this.flush();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.turn();
    }, EVERY);
  }

  /** Sends what waits. */
  flush(): void {
    if (this.#isEmpty) return;
    const [parts, time, lost] = [this.#parts, this.#time, this.#lost];
    this.#parts = [];
    this.#text = 0;
    this.#lost = 0;
    this.#send(parts, time, lost);
  }

  get #isEmpty(): boolean {
    return this.#parts.length + this.#lost === 0;
  }
}
