import { expect } from 'vitest';
import type { Connection } from '../lab/lab.ts';
import type { AttemptRow, Panel, SourceRow } from './panel.ts';
import { until } from './until.ts';

type Milliseconds = number;

/** Server and browser run on one machine, and on one clock; this is what lies between them when it is busy. */
const NEAR: Milliseconds = 150;
const DAY: Milliseconds = 24 * 60 * 60_000;

/** A window of its own, in which there is room for what the network knows of attempts. */
export const WIDE = { undocked: true };

/** The attempts of the selected source, once there are so many. */
export function shownAttempts(panel: Panel, count: number): Promise<AttemptRow[]> {
  return until(async () => {
    const rows = await panel.attempts();
    return rows.length === count && rows;
  }, `${count} attempts in the panel`);
}

/** Selects a source, and gives its attempts once there are so many. */
export async function attemptsOf(panel: Panel, row: SourceRow, count: number): Promise<AttemptRow[]> {
  await panel.select(row);
  const isSelected = () =>
    panel.$eval(`[data-source="${row.source}"]`, (element) => element.getAttribute('aria-selected') === 'true');
  await until(isSelected, 'the row to be selected');
  // Both tables are drawn anew within one frame.
  await panel.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return shownAttempts(panel, count);
}

/** The rows of all sources of this path, in order of construction, once there are so many. */
export async function rowsOf(panel: Panel, path: string, count: number): Promise<SourceRow[]> {
  await panel.toFront();
  return until(async () => {
    const rows = (await panel.sources()).filter(({ url }) => new URL(url).pathname === path);
    return rows.length === count && rows;
  }, `${count} sources ${path} in the panel`);
}

/** What the row of an attempt says in words: NaN for what it does not say, or not exactly. */
export function timesOf(row: AttemptRow | undefined) {
  const [, started = '', , , wait = '', , , ttfb = ''] = row?.cells ?? [];
  return { started: timeOfDay(started), wait: milliseconds(wait), ttfb: milliseconds(ttfb) };
}

/** The row's start is when the server had the request; its wait, since the connection before it had ended there. */
export function expectTimesOf(
  row: AttemptRow | undefined,
  connection: Readonly<Connection> | undefined,
  previous?: Readonly<Connection>,
): void {
  const { started, wait } = timesOf(row);
  const asked = connection?.time ?? Number.NaN;
  const date = new Date(asked);
  const difference = started - (asked - date.setHours(0, 0, 0, 0));
  expect(Math.abs(((difference + 1.5 * DAY) % DAY) - DAY / 2)).toBeLessThan(NEAR);
  if (previous) expect(Math.abs(wait - (asked - (previous.closed?.time ?? Number.NaN)))).toBeLessThan(NEAR);
}

/** `10:42:19.41`, since midnight. */
function timeOfDay(text: string): Milliseconds {
  const [, hours, minutes, seconds] = /^(\d+):(\d+):([\d.]+)$/.exec(text) ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

/** `213 ms`, `1.2 s` */
function milliseconds(text: string): Milliseconds {
  const [, value, unit] = /^([\d.,]+) (ms|s)$/.exec(text) ?? [];
  return Number(value) * (unit === 's' ? 1000 : 1);
}
