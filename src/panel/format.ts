import { type ReadonlySignal, signal } from '@preact/signals';
import type { Bytes, Milliseconds } from '../protocol/record.ts';
import { text } from './text.ts';

/** How the user's language writes numbers and times. */
interface Formats {
  integer: Intl.NumberFormat;
  tenths: Intl.NumberFormat;
  decimal: Intl.NumberFormat;
  pair: Intl.NumberFormat;
  /** Times of day with 0 to 3 digits after the second. */
  clocks: Intl.DateTimeFormat[];
  date: Intl.DateTimeFormat;
  /** Seconds with 0 to 3 digits after them: with their sign, and as what follows the minutes. */
  seconds: { signed: Intl.NumberFormat; paired: Intl.NumberFormat }[];
  signed: Intl.NumberFormat;
  whole: Intl.DateTimeFormat;
}

const SECOND: Milliseconds = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Digits = 0 | 1 | 2 | 3;
type Origin = ReadonlySignal<Milliseconds | undefined>;

let formats = formatsOf('en');
let origin: Origin = signal(undefined);

/**
 * From now on, numbers and times are written as in `language` (a BCP 47 tag). Moments are written as counted from `since`,
 * or as times of day while that is undefined; a view that writes one is rendered again when it changes.
 */
export function writeIn(language: string, since: Origin = signal(undefined)): void {
  formats = formatsOf(language);
  origin = since;
}

function formatsOf(language: string): Formats {
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const digits = [undefined, 1, 2, 3] as const;
  return {
    integer: new Intl.NumberFormat(language, { maximumFractionDigits: 0 }),
    tenths: new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    decimal: new Intl.NumberFormat(language, { maximumFractionDigits: 3 }),
    pair: new Intl.NumberFormat(language, { minimumIntegerDigits: 2, useGrouping: false }),
    clocks: digits.map(
      (fraction) => new Intl.DateTimeFormat(language, fraction ? { ...time, fractionalSecondDigits: fraction } : time),
    ),
    date: new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', ...time }),
    seconds: [0, 1, 2, 3].map((digits) => {
      const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false };
      return {
        signed: new Intl.NumberFormat(language, { ...fraction, signDisplay: 'exceptZero' }),
        paired: new Intl.NumberFormat(language, { ...fraction, minimumIntegerDigits: 2 }),
      };
    }),
    signed: new Intl.NumberFormat(language, { signDisplay: 'exceptZero' }),
    whole: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }),
  };
}

/** 12,345 */
export function number(value: number): string {
  return formats.integer.format(value);
}

/** 2.5 · 60: as somebody wrote it, with three digits after the point at most. */
export function decimal(value: number): string {
  return formats.decimal.format(value);
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

/** 64 MiB · 2 GiB; in whole ones. */
export function memory(size: Bytes): string {
  const mebibytes = Math.round(size / 1024 ** 2);
  if (mebibytes % 1024 === 0) return text('gibibytes', number(mebibytes / 1024));
  return text('mebibytes', number(mebibytes));
}

/** 10:42:19.412, local time, or +12.412 s since the origin: with 0 to 3 digits after the second. */
export function clock(time: Milliseconds, digits: Digits): string {
  const since = origin.value;
  return (since === undefined ? formats.clocks[digits]?.format(time) : sinceOrigin(time - since, digits)) ?? '';
}

/** The label of a tick of a ruler whose ticks are `step` apart: as exact as it has to be. */
export function tick(time: Milliseconds, step: Milliseconds): string {
  if (step >= DAY && origin.value === undefined) return formats.date.format(time);
  return clock(time, step >= SECOND ? 0 : step >= 100 ? 1 : step >= 10 ? 2 : 3);
}

/** -1.5 s · 0.0 s · +12.3 s · +2:05.1 · +1:02:05.1; cut, not rounded, as times of day are. */
function sinceOrigin(value: Milliseconds, digits: Digits): string | undefined {
  const unit = SECOND / 10 ** digits;
  // Ticks are sums, and moments have fractions: neither is to lose a millisecond in between.
  const size = Math.floor(Math.round(Math.abs(value)) / unit) * unit;
  const sign = Math.sign(value);
  const seconds = formats.seconds[digits];
  if (size < MINUTE) return seconds && text('seconds', seconds.signed.format((sign * size) / SECOND));
  const minutes = Math.floor(size / MINUTE);
  const rest = seconds?.paired.format((size % MINUTE) / SECOND);
  if (size < HOUR) return `${formats.signed.format(sign * minutes)}:${rest}`;
  return `${formats.signed.format(sign * Math.floor(size / HOUR))}:${formats.pair.format(minutes % 60)}:${rest}`;
}

/** Nov 23, 2026, 10:42:19, local time. */
export function moment(time: Milliseconds): string {
  return formats.whole.format(time);
}
