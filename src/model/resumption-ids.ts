import type { Milliseconds } from '../protocol/record.ts';

/** An id that ends in a decimal number, after what is the same in all of them: `17`, `room-4:17`. */
export interface Numbered {
  prefix: string;
  number: number;
}

/** Beyond it, numbers next to each other are no longer told apart; zeros in front are part of the prefix. */
const MOST_DIGITS = 15;

/** Undefined for an id that cannot be counted. */
export function numbered(id: string): Numbered | undefined {
  let start = id.length;
  while (start > 0 && isDigit(id.charCodeAt(start - 1))) start -= 1;
  // `07` is followed by `08`, and `09` by `10`: all the digits are the number, as long as it stays in its width.
  const digits = id.length - start;
  if (digits === 0 || digits > MOST_DIGITS) return undefined;
  return { prefix: id.slice(0, start), number: Number(id.slice(start)) };
}

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;

/** How far `id` is behind `before`: 1 for the next one; undefined where they are not of one count. */
export function step(before: Numbered | undefined, id: Numbered | undefined): number | undefined {
  return before && id && before.prefix === id.prefix ? id.number - before.number : undefined;
}

/** Clocks of servers are seldom more wrong than this. */
const DAY: Milliseconds = 24 * 60 * 60 * 1000;
/** No clock that is right says less: the year 2001. */
const EARLIEST: Milliseconds = 978_307_200_000;

/**
 * Is it a moment near `time`, in seconds, milliseconds or microseconds? One event a second makes ids that seem to count;
 * but where nothing happened, nothing is missing.
 */
export function isTimestamp({ number }: Numbered, time: Milliseconds): boolean {
  return [number * 1000, number, number / 1000].some((moment) => moment > EARLIEST && Math.abs(moment - time) < DAY);
}
