import type { Milliseconds } from '../../src/protocol/record.ts';
import { until } from '../e2e/until.ts';
import { type Frames, framesSoFar, meterFrames } from './frame-meter.ts';
import { read } from './in-page.ts';
import type { Carrier, Inspected } from './inspected.ts';
import { delaysOfRows, watchRows } from './rows.ts';

export const BYTES = 130;
export const PACE = { rate: 1000, seconds: 10 };

/** A burst that waits until the server is told to go, after its first event. */
export const burstPath = (count: number) => `/events?count=${count}&bytes=${BYTES}&gated=1`;

/** Events as fast as the page takes them. */
export interface Burst extends Frames {
  carrier: Carrier;
  count: number;
  /** From telling the server to go until the last event was shown. */
  took: Milliseconds;
}

/** By the machine's clock. */
export const machineTime = (): Milliseconds => performance.timeOrigin + performance.now();

const over = () => window.showings?.over ?? Number.NaN;

/** A burst of events, until the list shows the last one. */
export async function burst(inspected: Inspected, carrier: Carrier, count: number): Promise<Burst> {
  const { page, panel, origin } = inspected;
  const url = origin + burstPath(count);
  await inspected.visit(carrier);
  await panel.evaluate(watchRows, count);
  const reading = page.evaluate(read, { url, count, from: 0, closely: false, listeners: 1 });
  const isWaiting = async () => (await panel.evaluate(() => window.showings?.all.length)) === 1;
  await until(isWaiting, 'the first event in the list');
  await panel.evaluate(meterFrames);
  const start = machineTime();
  await fetch(`${origin}/go`);
  const end = await panel.evaluate(over);
  const frames = await panel.evaluate(framesSoFar);
  await panel.evaluate(() => window.unwatchRows?.());
  await reading;
  return { ...frames, carrier, count, took: end - start };
}

/** A stream of events at an even pace. */
export interface Paced extends Frames {
  carrier: Carrier;
  /** For each event, from its own time, which the page gave it, until its row was painted, or that of a later one. */
  delays: Milliseconds[];
}

export async function pace(inspected: Inspected, carrier: Carrier): Promise<Paced> {
  const { page, panel, origin } = inspected;
  const count = PACE.rate * PACE.seconds;
  const url = `${origin}/paced?rate=${PACE.rate}&seconds=${PACE.seconds}&bytes=${BYTES}`;
  await inspected.visit(carrier);
  await panel.evaluate(watchRows, count);
  await panel.evaluate(meterFrames);
  await page.evaluate(read, { url, count, from: 0, closely: false, listeners: 1 });
  await panel.evaluate(over);
  const frames = await panel.evaluate(framesSoFar);
  const delays = await panel.evaluate(delaysOfRows, url, count);
  await panel.evaluate(() => window.unwatchRows?.());
  return { ...frames, carrier, delays };
}
