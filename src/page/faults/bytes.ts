import { getPrototypeOf, getterOf, uncurry } from '../pristine.ts';

export type Chunk = Uint8Array<ArrayBuffer>;

/** Bytes, and the methods that a page cannot replace. */
const { Uint8Array: PristineUint8Array } = globalThis;
const typedArray = getPrototypeOf(PristineUint8Array.prototype) as Chunk;
const set = uncurry(PristineUint8Array.prototype.set);
const bufferOf = getterOf(typedArray, 'buffer') as (bytes: Chunk) => ArrayBuffer;
const offsetOf = getterOf(typedArray, 'byteOffset');
export const sizeOf = getterOf(typedArray, 'byteLength');

/** `subarray()` would ask the page's `constructor`. */
export const part = (bytes: Chunk, from: number, to: number): Chunk =>
  new PristineUint8Array(bufferOf(bytes), offsetOf(bytes) + from, to - from);

export function joined(first: Chunk, second: Chunk): Chunk {
  if (sizeOf(first) === 0) return second;
  const both = new PristineUint8Array(sizeOf(first) + sizeOf(second));
  set(both, first);
  set(both, second, sizeOf(first));
  return both;
}

export const noBytes = (): Chunk => new PristineUint8Array(0);
