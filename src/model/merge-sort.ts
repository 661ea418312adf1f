/** So many are sorted by the browser's own sort, at once. */
const RUN = 512;
/** Comparisons until the caller may decide to go on later. */
const PAUSE = 4096;

/**
 * Sorts the numbers from 0 to `count` - 1 by `compare`, those that are equal in their own order. Yields again and again how
 * much is done, from 0 to 1, so that a million can be sorted over many frames; returns them sorted.
 */
export function* mergeSort(count: number, compare: (a: number, b: number) => number): Generator<number, Uint32Array> {
  let order = new Uint32Array(count);
  for (let index = 0; index < count; index++) order[index] = index;
  let other = new Uint32Array(count);
  const rounds = 1 + Math.ceil(Math.log2(Math.max(1, count / RUN)));
  for (let start = 0; start < count; start += RUN) {
    order.subarray(start, start + RUN).sort(compare);
    yield start / count / rounds;
  }
  for (let width = RUN, round = 1; width < count; width *= 2, round++) {
    let left = 0;
    let right = width;
    for (let to = 0; to < count; to++) {
      // Two neighbours of `width` become one.
      const start = to - (to % (2 * width));
      if (to === start) [left, right] = [start, Math.min(count, start + width)];
      const middle = Math.min(count, start + width);
      const end = Math.min(count, start + 2 * width);
      const a = order[left] ?? 0;
      const b = order[right] ?? 0;
      const takesLeft = right >= end || (left < middle && compare(a, b) <= 0);
      other[to] = takesLeft ? a : b;
      if (takesLeft) left += 1;
      else right += 1;
      if (to % PAUSE === 0) yield (round + to / count) / rounds;
    }
    [order, other] = [other, order];
  }
  return order;
}
