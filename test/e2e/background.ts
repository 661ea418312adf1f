import type { Browser, CDPSession } from 'puppeteer-core';
import { BROWSER } from '../support/browser.ts';
import { FirefoxChrome } from './firefox-chrome.ts';

import { until } from './until.ts';

/** The extension's background, as the browser tells of it: Chromium's service worker, Firefox's event page. */
export interface Background {
  /** Stops it, as the browser stops one that was idle. Whoever of ours wants it may have started it again by then. */
  stop(): Promise<void>;
  isRunning(): Promise<boolean>;
  /** How many times was it started since it was stopped? */
  starts(): Promise<number>;
}

export const watchBackground = (browser: Browser): Promise<Background> =>
  BROWSER === 'firefox' ? watchEventPage(browser) : watchServiceWorker(browser);

/** Stops it, as the browser stops one that was idle; resolves when it runs again, because somebody of ours wanted it. */
export async function stopBackground(browser: Browser): Promise<void> {
  const background = await watchBackground(browser);
  await background.stop();
  await until(() => background.isRunning(), 'the background to run again');
}

/** (A debugger that is attached to a service worker keeps the next one from starting: hence no `target.worker()` here.) */
async function watchServiceWorker(browser: Browser): Promise<Background> {
  const [page] = await browser.pages();
  if (!page) throw new Error('There is no page.');
  const session: CDPSession = await page.createCDPSession();
  let status = '';
  let stops = 0;
  let starts = 0;
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const { runningStatus } of versions) {
      if (runningStatus === 'running' && status !== 'running') starts++;
      if (runningStatus === 'stopped' && status !== 'stopped') {
        stops++;
        starts = 0;
      }
      status = runningStatus;
    }
  });
  await session.send('ServiceWorker.enable');
  return {
    async stop() {
      await until(async () => status === 'running', 'a service worker that runs');
      const before = stops;
      await session.send('ServiceWorker.stopAllWorkers');
      await until(async () => stops > before, 'the service worker to be stopped');
    },
    isRunning: async () => status === 'running',
    starts: async () => starts,
  };
}

const EXTENSION = `WebExtensionPolicy.getByID('sse-lifeline@extension').extension`;

/** Counts, from the first time on that somebody watches it. */
const COUNT = `{
  globalThis.eventPage ??= (() => {
    const lives = { starts: 0, stops: 0 };
    ${EXTENSION}.on('background-script-started', () => { lives.starts++; });
    ${EXTENSION}.on('shutdown-background-script', () => { lives.stops++; lives.starts = 0; });
    return lives;
  })();
}`;

async function watchEventPage(browser: Browser): Promise<Background> {
  const chrome = await FirefoxChrome.of(browser);
  await chrome.evaluate(COUNT);
  const lives = () => chrome.evaluate('eventPage') as Promise<{ starts: number; stops: number }>;
  const isRunning = async () => (await chrome.evaluate(`${EXTENSION}.backgroundState`)) === 'running';
  return {
    async stop() {
      const { stops } = await lives();
      // [firefox] An event that comes in its last moment saves it: then once more.
      await until(async () => {
        if (await isRunning()) {
          await chrome.evaluate(`${EXTENSION}.terminateBackground({ disableResetIdleForTest: true }).then(() => true)`);
        }
        return (await lives()).stops > stops;
      }, 'the event page to be stopped');
    },
    isRunning,
    starts: async () => (await lives()).starts,
  };
}
