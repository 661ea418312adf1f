/**
 * mulberry32, written down here once more: what the lab does at random is checked against what the extension does with
 * the same seed, so the two must not share their code.
 * @returns a number from 0 (inclusive) to 1 (exclusive) at each call
 */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
