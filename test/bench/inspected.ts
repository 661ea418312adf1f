import { resolve } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import type { Milliseconds } from '../../src/protocol/record.ts';
import { type ChromiumPanel, launch, openPanel } from '../e2e/driver-chromium.ts';
import { until } from '../e2e/until.ts';
import { faults } from './faults.ts';
import { read } from './in-page.ts';
import { type Arrival, aheadOfMachine, isOver, keepSession, kept, watch } from './in-panel.ts';
import { DOCUMENTS, type Streams, startStreams } from './streams.ts';

/** Who carries the connection. */
export type Carrier = 'observed' | 'managed';

/** How the server kept its pace. */
export interface Pace {
  /** Events in its largest write. */
  largest: number;
  took: Milliseconds;
}

export interface Passage extends Arrival {
  /** Events that the session does not have once, in their place. */
  faults: number;
  /** What the log itself says that it does not have. */
  admitted: number;
}

export interface Passing {
  /** Path and query of the stream. */
  path: string;
  /** How many events it has, numbered from 1. */
  count: number;
  carrier: Carrier;
  /** Whether the SSE tab is the one that DevTools shows meanwhile. */
  isShown: boolean;
  /** Whether DevTools has the Network domain on, as it always has, and hears of each event of the browser's own sources. */
  isRecorded: boolean;
}

/** A page under the real DevTools, and the session that they have of it. */
export interface Inspected {
  page: Page;
  panel: ChromiumPanel;
  /** Of the streams. */
  origin: string;
  /** Goes to a new document, whose connections are carried so, with the SSE tab in sight. */
  visit(carrier: Carrier): Promise<void>;
  /** Reads a stream in a new document. */
  pass(passing: Passing): Promise<Passage>;
  pace(): Promise<Pace>;
  /** By how much the page's clock is ahead of the session's. */
  clocks(): Promise<Milliseconds>;
  close(): Promise<void>;
}

const recordNetwork = (on: boolean) => `(async () => {
  const { TargetManager } = await import('./core/sdk/sdk.js');
  const agent = TargetManager.TargetManager.instance().primaryPageTarget().networkAgent();
  await agent.${on ? 'invoke_enable' : 'invoke_disable'}({});
})()`;

export async function inspect(executablePath: string): Promise<Inspected> {
  const streams = await startStreams();
  const browser = await launch({ executablePath, extension: resolve('dist/chrome'), headless: true });
  try {
    return await under(browser, streams);
  } catch (error) {
    await browser.close();
    streams.close();
    throw error;
  }
}

async function under(browser: Browser, streams: Streams): Promise<Inspected> {
  const page = await browser.newPage();
  await page.goto(streams.origin + DOCUMENTS.bare);
  const panel = await openPanel(page, { undocked: true });
  const show = (isShown: boolean) => (isShown ? panel.back() : panel.away());
  await panel.evaluate(keepSession);
  await show(false);
  await show(true);
  await until(() => panel.evaluate(() => window.benched !== undefined), 'the session');
  const visit = async (carrier: Carrier) => {
    await show(true);
    await panel.manageNew(carrier === 'managed');
    await page.goto(streams.origin + DOCUMENTS.bare);
    await panel.connected();
    // It was connected before, and shows the document that the page left until the new one has said hello.
    const isEmpty = () => panel.evaluate(() => document.querySelector('[data-testid=source]') === null);
    await until(isEmpty, 'a panel without what the document before it brought');
  };
  return {
    page,
    panel,
    origin: streams.origin,
    visit,
    async pass({ path, count, carrier, isShown, isRecorded }) {
      const url = streams.origin + path;
      await visit(carrier);
      await show(isShown);
      if (!isRecorded) await panel.devtools.evaluate(recordNetwork(false));
      await panel.evaluate(watch, url, count);
      await page.evaluate(read, { url, count, from: 0, closely: false, listeners: 1 });
      await until(() => panel.evaluate(isOver, url, isShown), `the end of ${path} in the session`);
      if (!isRecorded) await panel.devtools.evaluate(recordNetwork(true));
      const arrival = await panel.evaluate(() => window.watched?.end());
      const { numbers, admitted, carried } = await panel.evaluate(kept, url);
      if (!arrival) throw new Error('Nobody watched.');
      if ((carried === 'managed') !== (carrier === 'managed')) throw new Error(`The connection was ${carried}.`);
      return { ...arrival, faults: faults(numbers, count), admitted };
    },
    async pace() {
      const response = await fetch(`${streams.origin}/pace`);
      return (await response.json()) as Pace;
    },
    clocks: async () => (await page.evaluate(aheadOfMachine)) - (await panel.evaluate(aheadOfMachine)),
    async close() {
      await browser.close();
      streams.close();
    },
  };
}
