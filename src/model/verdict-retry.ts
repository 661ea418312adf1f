import type { Milliseconds } from '../protocol/record.ts';
import { firstAfter, firstBehind } from './chronology.ts';
import type { Source } from './source.ts';

/** What the server has asked for by `retry:`, from when on. Known only where its bytes are visible. */
export class ReconnectionTimes {
  readonly #known: { time: Milliseconds; value: Milliseconds }[] = [];
  #seq = Number.NEGATIVE_INFINITY;

  follow({ lines }: Source): void {
    for (let at = firstBehind(lines, this.#seq); at < lines.length; at++) {
      const line = lines[at];
      if (!line) break;
      this.#seq = line.seq;
      // [spec] "If the field value consists of only ASCII digits, then interpret the field value as an integer"
      if (line.type !== 'retry' || !/^\d+$/.test(line.value)) continue;
      const last = this.#known.at(-1);
      const value = Number(line.value);
      if (last?.value !== value) this.#known.push({ time: Math.max(line.time, last?.time ?? line.time), value });
    }
  }

  /** Undefined where nothing was seen. */
  at(time: Milliseconds): Milliseconds | undefined {
    return this.#known[firstAfter(this.#known, time) - 1]?.value;
  }
}
