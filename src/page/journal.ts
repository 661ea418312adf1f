import type { Bytes, Entry, SourceId, SourceRecord } from '../protocol/record.ts';
import { bare, max, now } from './pristine.ts';

export interface Limits {
  entries: number;
  size: Bytes;
}

const LIMITS: Limits = { entries: 200_000, size: 64 * 1024 * 1024 };

/** What an entry costs beyond its text: an estimate for two objects and their fields in V8 and SpiderMonkey. */
const OVERHEAD: Bytes = 160;

/**
 * The numbered record of what one document's sources did: a bounded ring. No other place on the way to the panel
 * buffers; whoever lost its connection asks for what follows the last entry that it has.
 */
export class Journal {
  /** seq of the newest entry; 0 before the first. */
  last = 0;
  /** How many entries the ring has let go before anybody had them. */
  dropped = 0;

  #ring: (Entry | undefined)[] = bare([]);
  /** How many entries are not in the ring any more: dropped, or released. */
  #gone = 0;
  /** Index in the ring of its oldest entry, whose seq is `#gone + 1`. */
  #head = 0;
  #size: Bytes = 0;
  #closed = false;
  readonly #limits: Limits;
  readonly #added: () => void;

  /** `added` is called after each new entry. */
  constructor(added: () => void, limits = LIMITS) {
    this.#added = added;
    this.#limits = limits;
  }

  add(source: SourceId, record: SourceRecord): void {
    if (this.#closed) return;
    const entry: Entry = { seq: ++this.last, time: now(), source, record };
    // By index, because the page may have replaced Array.prototype.push.
    this.#ring[this.#ring.length] = entry;
    this.#size += sizeOf(entry);
    while (this.last - this.#gone > this.#limits.entries || this.#size > this.#limits.size) {
      this.dropped++;
      this.#letGo();
    }
    this.#added();
  }

  /** The entries that follow `seq`, oldest first, at least one if there is one, until `size` is reached. */
  after(seq: number, size: Bytes): Entry[] {
    const entries: Entry[] = bare([]);
    let taken: Bytes = 0;
    for (let next = max(seq, this.#gone) + 1; next <= this.last && taken < size; next++) {
      const entry = this.#ring[this.#head + next - this.#gone - 1];
      if (entry === undefined) break;
      entries[entries.length] = entry;
      taken += sizeOf(entry);
    }
    return entries;
  }

  /** Lets go of the entries up to `seq`: whoever subscribed has them. */
  release(seq: number): void {
    while (this.#gone < seq && this.#gone < this.last) this.#letGo();
  }

  /** Frees what it holds and keeps nothing more: nobody inspects this document any longer. */
  close(): void {
    this.#closed = true;
    this.#ring = bare([]);
  }

  #letGo(): void {
    const oldest = this.#ring[this.#head];
    this.#ring[this.#head++] = undefined;
    this.#gone++;
    if (oldest) this.#size -= sizeOf(oldest);
    // Moving the rest is only worth it when half of the array is empty: constant cost per entry.
    if (this.#head * 2 > this.#ring.length) {
      const rest: Entry[] = bare([]);
      for (let index = this.#head; index < this.#ring.length; index++)
        rest[index - this.#head] = this.#ring[index] as Entry;
      this.#ring = rest;
      this.#head = 0;
    }
  }
}

function sizeOf({ record }: Entry): Bytes {
  switch (record.type) {
    case 'dispatch':
    case 'witnessed':
      return OVERHEAD + 2 * (record.data.length + record.lastEventId.length);
    case 'comment':
    case 'retry':
    case 'id':
      return OVERHEAD + 2 * record.value.length;
    default:
      return OVERHEAD;
  }
}
