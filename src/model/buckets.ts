import type { Milliseconds } from '../protocol/record.ts';
import type { Range } from './timeline.ts';

/** So many that a column of a wide screen is a whole number of them: see `overviewGrid`. */
const CAPACITY = 32_768;

/**
 * How often something happened, in equal buckets of time. They are twice as long whenever they no longer reach from the
 * first moment to the last: however long a session is, it takes the same memory, and nothing is counted twice.
 */
export class Buckets {
  /** A power of two: a bucket is always a whole part of one that is twice as long. */
  #step: Milliseconds = 1;
  /** Time of the first bucket, in steps. */
  #origin = 0;
  #used = 0;
  #counts = new Uint32Array(CAPACITY);

  /** `expected`: where its moments will be, as far as that is known. Others make it reach farther, which takes a while. */
  constructor(expected?: Range) {
    if (!expected) return;
    this.#reach(expected.from);
    this.#reach(expected.to);
  }

  /** O(1) (amortized), except before the first moment. */
  add(time: Milliseconds): void {
    const bucket = this.#bucketOf(time);
    const index = bucket >= 0 && bucket < this.#used ? bucket : this.#reach(time);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
  }

  /** Adds its counts to those of `columns`, each `step` long, of which the first begins at `from`. O(1). */
  addTo(columns: Uint32Array, from: Milliseconds, step: Milliseconds): void {
    for (let index = 0; index < this.#used; index++) {
      const count = this.#counts[index];
      if (count) addAt(columns, ((this.#origin + index) * this.#step - from) / step, count);
    }
  }

  #bucketOf(time: Milliseconds): number {
    return Math.floor(time / this.#step) - this.#origin;
  }

  /** From now on it has a bucket for `time`: its index. */
  #reach(time: Milliseconds): number {
    if (this.#used === 0) this.#origin = Math.floor(time / this.#step);
    let [low, high] = [Math.min(0, this.#bucketOf(time)), Math.max(this.#used - 1, this.#bucketOf(time))];
    const before = { origin: this.#origin, step: this.#step, counts: this.#counts, used: this.#used };
    while (high - low >= CAPACITY) {
      const [from, to] = [this.#origin + low, this.#origin + high];
      this.#step *= 2;
      this.#origin = Math.floor(this.#origin / 2);
      [low, high] = [Math.floor(from / 2) - this.#origin, Math.floor(to / 2) - this.#origin];
    }
    this.#origin += low;
    this.#used = high - low + 1;
    if (this.#origin !== before.origin || this.#step !== before.step) {
      this.#counts = new Uint32Array(CAPACITY);
      for (let index = 0; index < before.used; index++) {
        const count = before.counts[index];
        if (count) addAt(this.#counts, this.#bucketOf((before.origin + index) * before.step), count);
      }
    }
    return this.#bucketOf(time);
  }
}

/** What is outside is counted at the edge: nothing is lost. */
export function addAt(counts: Uint32Array, place: number, count = 1): void {
  const index = Math.min(counts.length - 1, Math.max(0, Math.floor(place)));
  counts[index] = (counts[index] ?? 0) + count;
}
