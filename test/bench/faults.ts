/** How many of the numbers from 1 to `count` are not there, and how many are there again, astray, or of no event. */
export function faults(numbers: readonly number[], count: number): number {
  let [last, good] = [0, 0];
  for (const number of numbers) {
    if (!(number > last && number <= count)) continue;
    last = number;
    good += 1;
  }
  return count - good + numbers.length - good;
}
