import type { Milliseconds } from '../protocol/record.ts';
import { text } from './text.ts';

/** How the user's language writes numbers and times. */
interface Formats {
  integer: Intl.NumberFormat;
  tenths: Intl.NumberFormat;
  pair: Intl.NumberFormat;
  /** Times of day with 0 to 3 digits after the second. */
  clocks: Intl.DateTimeFormat[];
  date: Intl.DateTimeFormat;
}

const SECOND: Milliseconds = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let formats = formatsOf('en');

/** From now on, numbers and times are written as in `language` (a BCP 47 tag). */
export function writeIn(language: string): void {
  formats = formatsOf(language);
}

function formatsOf(language: string): Formats {
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const digits = [undefined, 1, 2, 3] as const;
  return {
    integer: new Intl.NumberFormat(language, { maximumFractionDigits: 0 }),
    tenths: new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    pair: new Intl.NumberFormat(language, { minimumIntegerDigits: 2, useGrouping: false }),
    clocks: digits.map(
      (fraction) => new Intl.DateTimeFormat(language, fraction ? { ...time, fractionalSecondDigits: fraction } : time),
    ),
    date: new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', ...time }),
  };
}

/** 12,345 */
export function number(value: number): string {
  return formats.integer.format(value);
}

/** 850 ms · 3.0 s · 2:05 */
export function duration(value: Milliseconds): string {
  if (value < SECOND) return text('milliseconds', formats.integer.format(Math.max(0, Math.floor(value))));
  if (value < MINUTE) return text('seconds', formats.tenths.format(value / SECOND));
  return elapsed(value);
}

/** 0:38 · 2:05 · 1:00:07 */
export function elapsed(value: Milliseconds): string {
  const whole = Math.max(0, value);
  const minutes = Math.floor(whole / MINUTE) % 60;
  const seconds = formats.pair.format(Math.floor(whole / SECOND) % 60);
  if (whole < HOUR) return `${formats.integer.format(minutes)}:${seconds}`;
  return `${formats.integer.format(Math.floor(whole / HOUR))}:${formats.pair.format(minutes)}:${seconds}`;
}

/** 212/s · 4.7/s · 0/s */
export function rate(perSecond: number): string {
  const few = perSecond > 0 && perSecond < 9.95;
  return text('perSecond', (few ? formats.tenths : formats.integer).format(perSecond));
}

/** 10:42:19.412, local time, with 0 to 3 digits after the second. */
export function clock(time: Milliseconds, digits: 0 | 1 | 2 | 3): string {
  return formats.clocks[digits]?.format(time) ?? '';
}

/** The label of a tick of a ruler whose ticks are `step` apart: as exact as it has to be. */
export function tick(time: Milliseconds, step: Milliseconds): string {
  if (step >= DAY) return formats.date.format(time);
  return clock(time, step >= SECOND ? 0 : step >= 100 ? 1 : step >= 10 ? 2 : 3);
}
