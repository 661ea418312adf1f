import type { Browser } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Panel } from './panel.ts';
import { type Stage, setStage } from './stage.ts';
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

/** What the user chooses under "Site access". */
async function allowSites(
  browser: Browser,
  extensionId: string,
  hostAccess: 'ON_CLICK' | 'ON_ALL_SITES',
): Promise<void> {
  const page = await browser.newPage();
  await page.goto('chrome://extensions');
  await page.evaluate(`chrome.developerPrivate.updateExtensionConfiguration(
    { extensionId: '${extensionId}', hostAccess: '${hostAccess}' })`);
  await page.close();
}

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
    await allowSites(stage.browser, host, 'ON_CLICK');
    await visit(`<script>new EventSource('/counter/kept-out')</script>`);
    await says(panel, 'No access to this site');
    await panel.click('[data-testid=sites]');
    const details = await until(
      async () => (await stage.browser.pages(true)).find((one) => one.url().startsWith('chrome://extensions/?id=')),
      'the details of the extension',
    );
    await details.close();
    await allowSites(stage.browser, host, 'ON_ALL_SITES');
    await panel.click('[data-testid=reload]');
    await panel.source('/counter/kept-out', 'open');
    expect(await panel.thrown()).toEqual([]);
  });

  test('says the same where DevTools is opened on a site that we are kept out of', async () => {
    const { page, panel } = await stage.inspect();
    const host = await panel.host();
    await allowSites(stage.browser, host, 'ON_CLICK');
    try {
      // Its DevTools is the only one, and is opened anew.
      await panel.close();
      const again = await stage.openPanel(page, { connection: 'denied' });
      await says(again, 'No access to this site');
    } finally {
      await allowSites(stage.browser, host, 'ON_ALL_SITES');
    }
  });
});
