import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER } from '../support/browser.ts';
import { changePermissions } from './firefox-extension.ts';
import { OptionsPage } from './options-page.ts';
import type { Panel } from './panel.ts';
import { ids, type Stage, seen, setStage, unbroken, WITNESS } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const title = (panel: Panel) => panel.$eval('main h1', (heading) => heading.textContent ?? '');

async function says(panel: Panel, words: string): Promise<void> {
  await panel.toFront();
  await until(async () => (await title(panel)) === words, `the panel to say ${words}`);
}

/** What the user chooses on the browser's own page of the extension. */
async function allowSites(browser: Browser, extensionId: string, isAllowed: boolean): Promise<void> {
  if (BROWSER === 'firefox')
    return changePermissions(browser, isAllowed ? 'add' : 'remove', { origins: ['<all_urls>'] });
  const hostAccess = isAllowed ? 'ON_ALL_SITES' : 'ON_CLICK';
  const page = await browser.newPage();
  await page.goto('chrome://extensions');
  await page.evaluate(`chrome.developerPrivate.updateExtensionConfiguration(
    { extensionId: '${extensionId}', hostAccess: '${hostAccess}' })`);
  await page.close();
}

/** Where the user can change it: waits for the page that was opened. */
const WHERE: Record<typeof BROWSER, (browser: Browser) => Promise<{ close(): Promise<void> }>> = {
  async chromium(browser) {
    const isIt = (page: Page) => page.url().startsWith('chrome://extensions/?id=');
    const page = await until(async () => (await browser.pages(true)).find(isIt), 'the details of the extension');
    return { close: () => page.close() };
  },
  async firefox(browser) {
    const page = await OptionsPage.opened(browser);
    return { close: () => page.close() };
  },
};

describe('the empty panel', () => {
  test('says what counts as a stream, and that a reload shows those that are there; its button reloads', async () => {
    const { page, panel, lab } = { ...stage, ...(await stage.inspect()) };
    await says(panel, 'No event streams yet');
    expect(await panel.$eval('main', (main) => main.textContent)).toContain('new EventSource(url)');
    lab.serve('/nothing', '<!doctype html><script>new EventSource("/counter/reloaded")</script>');
    await panel.click('[data-testid=reload]');
    await panel.source('/counter/reloaded', 'open');
    lab.serve('/nothing', '<!doctype html><title>nothing</title>');
    expect(page.url()).toContain('/nothing');
  });

  test('says that nothing is recorded, and records again on command', async () => {
    const { panel } = await stage.inspect();
    await panel.click('[data-testid=record]');
    await says(panel, 'Recording is stopped');
    await panel.click('main button');
    await says(panel, 'No event streams yet');
  });

  test('says that the filter is why no source is shown, and lets go of it', async () => {
    const { panel, visit } = await stage.inspect();
    await visit(`<script>new EventSource('/counter/shown')</script>`);
    await panel.source('/counter/shown', 'open');
    await panel.type('#filter', 'source:elsewhere');
    await says(panel, 'No source matches the filter');
    expect(await panel.$eval('[data-testid=filter-count]', (count) => count.textContent)).toBe('0 of 1');
    await panel.click('main button');
    await panel.source('/counter/shown', 'open');
  });

  test('says that the user keeps us out of this site, where to change that, and goes on when it was changed', async () => {
    const { panel, visit } = await stage.inspect();
    const host = await panel.host();
    await allowSites(stage.browser, host, false);
    await visit(`<script>new EventSource('/counter/kept-out')</script>`);
    await says(panel, 'No access to this site');
    await panel.click('[data-testid=sites]');
    const { close } = await WHERE[BROWSER](stage.browser);
    await close();
    await allowSites(stage.browser, host, true);
    await panel.click('[data-testid=reload]');
    await panel.source('/counter/kept-out', 'open');
    expect(await panel.thrown()).toEqual([]);
  });

  test('says the same where DevTools is opened on a site that we are kept out of', async () => {
    const { page, panel } = await stage.inspect();
    const host = await panel.host();
    await allowSites(stage.browser, host, false);
    try {
      // Its DevTools is the only one, and is opened anew.
      await panel.close();
      const again = await stage.openPanel(page, { connection: 'denied' });
      await says(again, 'No access to this site');
    } finally {
      await allowSites(stage.browser, host, true);
    }
  });

  test('goes on by itself when the user lets us in again, with the page that is there', async () => {
    const { page, panel } = await stage.inspect();
    const host = await panel.host();
    await allowSites(stage.browser, host, false);
    try {
      await panel.close();
      const again = await stage.openPanel(page, { connection: 'denied' });
      await says(again, 'No access to this site');
      await allowSites(stage.browser, host, true);
      await again.connected();
      await page.evaluate(`void new EventSource('/counter/let-in')`);
      await again.source('/counter/let-in', 'open');
      expect(await again.thrown()).toEqual([]);
    } finally {
      await allowSites(stage.browser, host, true);
    }
  });
});

describe('access that the user takes away while streams are open', () => {
  test('leaves them working; what is reset then goes on where it was, and the panel leads to where it is given back', async () => {
    const { lab } = stage;
    const { page, panel, visit, errors } = await stage.inspect();
    const host = await panel.host();
    await visit(`${WITNESS}<script>window.es = watch(new EventSource('/counter/taken?every=50&retry=300'))</script>`);
    const row = await panel.source('/counter/taken', 'open');
    await allowSites(stage.browser, host, false);
    try {
      await panel.connected('denied');
      expect(await panel.has('[data-testid=status-sites]')).toBe(true);
      await panel.reset(row);
      await lab.when(() => lab.connectionsTo('/counter/taken').length === 2, 'the reconnect');
      const last = async () => ids(await seen(page)).at(-1) ?? 0;
      const id = Number(lab.connectionsTo('/counter/taken')[1]?.lastEventId);
      expect(id).toBeGreaterThan(0);
      await until(async () => (await last()) > id + 5, 'events after the reconnect');
      // A dead network is no reason to give up, although nobody can tell us that it was the network.
      lab.kick('/counter/taken', 'reset');
      await lab.when(() => lab.connectionsTo('/counter/taken').length === 3, 'a reconnect after the server dropped it');
      const received = ids(await seen(page));
      expect(received).toEqual(unbroken(received));
    } finally {
      await allowSites(stage.browser, host, true);
    }
    await panel.connected();
    await page.reload();
    await panel.source('/counter/taken', 'open');
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });
});
