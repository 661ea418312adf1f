import type { Browser, Page } from 'puppeteer-core';
import type { Milliseconds } from '../../src/protocol/record.ts';
import { launch } from '../e2e/driver-chromium.ts';
import { until } from '../e2e/until.ts';
import { machineTime } from './bursts.ts';
import { type Frames, framesSoFar, meterFrames } from './frame-meter.ts';
import { read } from './in-page.ts';
import { within } from './patience.ts';
import { DOCUMENTS, startStreams } from './streams.ts';

/** What Chrome's own EventStream tab makes of a burst. */
export interface TabBurst extends Pick<Frames, 'longest' | 'gap' | 'long'> {
  /** From telling the server to go until all are in the list and painted. */
  took: Milliseconds;
  /** False: it was not over when patience ended, and the numbers are the least that it could be. */
  isOver: boolean;
}

const PATIENCE: Milliseconds = 120_000;

// As text: build tools would rewrite `import()` to something that DevTools does not have.
const SHOW_NETWORK = `(async () => {
  const { ViewManager } = await import('./ui/legacy/legacy.js');
  await ViewManager.ViewManager.instance().showView('network');
})()`;

/** Shows the messages of the request to `url`; false as long as DevTools has no first message of it. */
const showMessages = (url: string) => `(async () => {
  const { NetworkLog } = await import('./models/logs/logs.js');
  const { NetworkPanel } = await import('./panels/network/network.js');
  const request = NetworkLog.NetworkLog.instance().requests().find((one) => one.url() === ${JSON.stringify(url)} && one.eventSourceMessages().length > 0);
  if (!request) return false;
  await NetworkPanel.NetworkPanel.instance().selectAndActivateRequest(request, 'eventSource');
  globalThis.watchedRequest = request;
  return true;
})()`;

/** The machine's time after the frame in which the last message was painted, wherever the list hides its rows. */
const whenAll = (count: number) => `globalThis.allMessages = new Promise((resolve) => {
  const isIn = (root) => [...root.querySelectorAll('*')].some((one) => one.shadowRoot
    ? isIn(one.shadowRoot)
    : one.localName === 'td' && one.textContent.startsWith('{"n":${count},') && one.getBoundingClientRect().height > 0);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    if (isIn(document)) resolve(performance.timeOrigin + performance.now());
  };
  const onFrame = () => {
    if (watchedRequest.eventSourceMessages().length >= ${count}) port2.postMessage(null);
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);
});0`;

/** The burst of bursts.ts in a browser without the extension, in the tab that Chrome has for it. */
export async function tabBurst(executablePath: string, path: string, count: number): Promise<TabBurst> {
  const streams = await startStreams();
  const browser = await launch({ executablePath, headless: true });
  try {
    return await inTab(browser, streams.origin, path, count);
  } finally {
    // Frozen, it would not close when it is asked to.
    browser.process()?.kill('SIGKILL');
    streams.close();
  }
}

async function inTab(browser: Browser, origin: string, path: string, count: number): Promise<TabBurst> {
  const page = await browser.newPage();
  await page.goto(origin + DOCUMENTS.bare);
  const devtools: Page = await page.openDevTools();
  await until(() => devtools.evaluate(`${SHOW_NETWORK}.then(() => true)`), 'the Network panel');
  const url = origin + path;
  const reading = page.evaluate(read, { url, count, from: 0, closely: false, listeners: 1 });
  reading.catch(() => {});
  await until(() => devtools.evaluate(showMessages(url)), 'the first message in the EventStream tab');
  await devtools.evaluate(whenAll(count));
  await devtools.evaluate(meterFrames);
  const start = machineTime();
  await fetch(`${origin}/go`);
  const all = devtools.evaluate('allMessages') as Promise<Milliseconds>;
  const end = await within(PATIENCE, all, 'the last message in the EventStream tab').catch(() => undefined);
  if (end === undefined) return { took: PATIENCE, longest: PATIENCE, gap: PATIENCE, long: PATIENCE, isOver: false };
  const { longest, gap, long } = await devtools.evaluate(framesSoFar);
  return { took: end - start, longest, gap, long, isOver: true };
}
