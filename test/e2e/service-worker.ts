import type { Browser } from 'puppeteer-core';
import { until } from './until.ts';

/**
 * Stops the service worker, as the browser stops one that was idle; resolves when it runs again, because somebody of
 * ours wanted it. (A debugger that is attached to a service worker keeps the next one from starting: hence no
 * `target.worker()` here.)
 */
export async function stopServiceWorker(browser: Browser): Promise<void> {
  const [page] = await browser.pages();
  const session = await page?.createCDPSession();
  if (!session) throw new Error('There is no page.');
  let status: string | undefined;
  let stopped = false;
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const { runningStatus } of versions) status = runningStatus;
    stopped ||= status === 'stopped';
  });
  await session.send('ServiceWorker.enable');
  await until(async () => status === 'running', 'a service worker that runs');
  await session.send('ServiceWorker.stopAllWorkers');
  await until(async () => stopped && status === 'running', 'the service worker to be stopped and to run again');
  await session.detach();
}
