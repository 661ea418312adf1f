import { bare, max } from '../pristine.ts';
import { type Chunk, part, sizeOf } from './bytes.ts';

/** Bytes that belong to one block of the stream; `ends`: they are its last, and what it was. */
export interface Piece {
  bytes: Chunk;
  ends?: 'event' | 'other';
}

const LF = 0x0a;
const CR = 0x0d;
const COLON = 0x3a;
/** The four bytes of "data". */
const DATA = 0x64617461;
const MARK = 0xefbbbf;

/** The last four bytes of a stream; before the first byte, as behind an empty line. */
export const BEGINNING = 0x0a0a0a0a;
export function tailOf(tail: number, bytes: Chunk): number {
  for (let index = max(0, sizeOf(bytes) - 4); index < sizeOf(bytes); index++) tail = (tail << 8) | (bytes[index] ?? 0);
  return tail;
}

/**
 * Splits a stream into the pieces of its blocks, from what follows these last four bytes on. Lines end with LF, CR, or
 * both; an empty line ends a block. A block with data is an event.
 */
export class Splitter {
  /** Is there nothing of a block yet? */
  isBetween = false;
  #length = 0;
  #name = 0;
  #afterReturn = false;
  #hasData = false;
  #atStart: boolean;

  constructor(tail: number) {
    this.#atStart = tail === BEGINNING;
    for (let shift = 24; shift >= 0; shift -= 8) this.#read((tail >>> shift) & 0xff);
  }

  split(bytes: Chunk): Piece[] {
    const pieces: Piece[] = bare([]);
    let from = 0;
    for (let index = 0; index < sizeOf(bytes); ) {
      const ends = this.#read(bytes[index++] ?? 0);
      if (!ends) continue;
      pieces[pieces.length] = { bytes: part(bytes, from, index), ends };
      from = index;
    }
    if (from < sizeOf(bytes)) pieces[pieces.length] = { bytes: part(bytes, from, sizeOf(bytes)) };
    return pieces;
  }

  /** What this byte ends. */
  #read(byte: number): Piece['ends'] {
    // The second half of a line end, of which the first was enough.
    const isHalf = byte === LF && this.#afterReturn;
    this.#afterReturn = byte === CR;
    if (isHalf) return undefined;
    if (byte !== LF && byte !== CR) {
      this.isBetween = false;
      if (this.#length === 4 && byte === COLON && this.#name === DATA) this.#hasData = true;
      if (this.#length < 4) this.#name = (this.#name << 8) | byte;
      this.#length++;
      if (this.#atStart && this.#length === 3 && this.#name === MARK) this.#length = this.#name = 0;
      return undefined;
    }
    const isEmpty = this.#length === 0;
    if (this.#length === 4 && this.#name === DATA) this.#hasData = true;
    const ends = this.#hasData ? 'event' : 'other';
    this.#length = this.#name = 0;
    if (!isEmpty) {
      this.#atStart = false;
      return undefined;
    }
    this.isBetween = true;
    this.#hasData = false;
    return ends;
  }
}
