import type { Milliseconds } from '../protocol/record.ts';

/**
 * Moments in order, as bare numbers side by side: a search among a million of them does not have to visit a million
 * objects all over the memory.
 */
export class Times {
  #values = new Float64Array(16);
  /** What is before was forgotten. */
  #start = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#start;
  }

  /** NaN where there is none. */
  at(index: number): Milliseconds {
    return index >= 0 && index < this.length ? (this.#values[this.#start + index] ?? Number.NaN) : Number.NaN;
  }

  /** `time` is not before any other. O(1) (amortized). */
  push(time: Milliseconds): void {
    if (this.#end === this.#values.length) this.#grow();
    this.#values[this.#end++] = time;
  }

  /** Only the first `length` stay. */
  cut(length: number): void {
    this.#end = this.#start + length;
  }

  /** Forgets what is earlier than `time`. */
  forgetBefore(time: Milliseconds): void {
    this.#start += this.before(time);
  }

  /** How many are earlier than `time`; those before the index `from` are known to be. O(log distance from `from`). */
  before(time: Milliseconds, from = 0): number {
    return this.#search(from, (value) => value < time);
  }

  /** How many are not later than `time`; those before the index `from` are known not to be. */
  until(time: Milliseconds, from = 0): number {
    return this.#search(from, (value) => value <= time);
  }

  /** Steps of 1, 2, 4, … until it is too far, and halves back: near things are found soon, whatever else is there. */
  #search(from: number, isBefore: (value: Milliseconds) => boolean): number {
    const [values, end] = [this.#values, this.#end];
    let low = this.#start + from;
    let high = low;
    for (let step = 1; high < end && isBefore(values[high] ?? 0); step *= 2) {
      low = high + 1;
      high += step;
    }
    if (high > end) high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(values[middle] ?? 0)) low = middle + 1;
      else high = middle;
    }
    return low - this.#start;
  }

  #grow(): void {
    const kept = this.#values.subarray(this.#start, this.#end);
    // Where half of it was forgotten, there is room enough.
    const room = new Float64Array(Math.max(16, kept.length * 2));
    room.set(kept);
    this.#values = room;
    this.#end = kept.length;
    this.#start = 0;
  }
}
