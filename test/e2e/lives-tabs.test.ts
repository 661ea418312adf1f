import { isDeepStrictEqual } from 'node:util';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { find } from '../../scripts/browsers.mjs';
import { BROWSER } from '../support/browser.ts';
import * as chromiumDriver from './driver-chromium.ts';
import { chromium } from './driver-chromium.ts';
import * as firefoxDriver from './driver-firefox.ts';
import { FINGERPRINT } from './fingerprint.ts';
import { FirefoxChrome } from './firefox-chrome.ts';
import type { Panel } from './panel.ts';
import { type Stage, setStage, WITNESS } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const SCHEME = { chromium: 'chrome-extension', firefox: 'moz-extension' } as const;

/** A document with a source and a frame; `ready` says when both have settled. */
const BODY = `<!doctype html><title>plain</title>${WITNESS}<p></p><iframe src="/nothing"></iframe>
<script>watch(new EventSource('/steady/plain?every=20&count=10'))</script>`;

/** Everything that the page can find out about its own window, document and requests, and what the server heard of it. */
async function observe(page: Page): Promise<unknown> {
  const { lab } = stage;
  lab.clear();
  await page.goto(`${lab.origin}/plain`);
  await until(() => page.evaluate('seen.length === 11') as Promise<boolean>, 'ten events');
  const inside = await page.evaluate(`({
    fingerprint: ${FINGERPRINT},
    globals: Reflect.ownKeys(window).map(String).sort(),
    onDocument: Reflect.ownKeys(document).map(String).sort(),
    html: document.documentElement.outerHTML,
    entries: performance.getEntries().map(({ entryType, name }) => entryType + ' ' + name)
      .filter((entry) => /^(resource|navigation|mark|measure) /.test(entry) && !/favicon.ico$/.test(entry)).sort(),
    serverTiming: performance.getEntriesByType('navigation')[0].serverTiming.length,
    seen,
  })`);
  // What the browser asks for by itself, once in a while.
  const server = lab.connections.filter(({ path }) => path !== '/favicon.ico' && !path.startsWith('/.well-known/'));
  return { inside, server: server.map(({ method, url, lastEventId, status }) => [method, url, lastEventId, status]) };
}

describe('a page that nobody inspects', () => {
  let without: Browser;
  beforeAll(async () => {
    const { launch } = BROWSER === 'firefox' ? firefoxDriver : chromiumDriver;
    without = await launch({ executablePath: find(BROWSER) ?? '', headless: true });
  });
  afterAll(() => without?.close());

  test('is the same as in a browser without the extension, to itself and to the server, before DevTools and after', async () => {
    const { browser, lab } = stage;
    lab.serve('/plain', BODY);
    const plain = await without.newPage();
    const native = await observe(plain);
    await plain.close();
    const page = await browser.newPage();
    expect(await observe(page)).toEqual(native);
    const panel = await stage.openPanel(page);
    expect(await observe(page)).not.toEqual(native);
    const id = await panel.host();
    await panel.close();
    // DevTools closed: the scripts are unregistered a moment later.
    let after: unknown;
    const isPlain = async () => {
      after = await observe(page);
      return isDeepStrictEqual(after, native);
    };
    // (What differs, if it never comes, is told better by the comparison.)
    await until(isPlain, 'a page without us').catch(() => {});
    expect(after).toEqual(native);

    // Nor can it ask for any file of ours.
    const files = [
      'manifest.json',
      'src/page/main.iife.js',
      'src/bridge/main.iife.js',
      'icons/32.png',
      'src/panel/panel.html',
    ];
    for (const file of files) {
      const url = `${SCHEME[BROWSER]}://${id}/${file}`;
      expect(await page.evaluate(`fetch('${url}').then(() => 'there', () => 'not there')`)).toBe('not there');
    }
  });
});

/** Discards the tab, as a browser does that is short of memory; resolves when its DevTools are closed. */
const DISCARD: Record<typeof BROWSER, (panel: Panel, page: Page) => Promise<void>> = {
  async chromium(panel, page) {
    // [chrome] The tab gets another id, and the DevTools of the old one closes: the answer may not come any more.
    await panel.evaluate('void chrome.tabs.discard(chrome.devtools.inspectedWindow.tabId)').catch(() => {});
    await until(
      async () => page.isClosed() && chromium(panel).devtools.isClosed(),
      'the tab to be discarded, and DevTools closed',
    );
  },
  async firefox(_, page) {
    const chrome = await FirefoxChrome.of(page.browser());
    const tab = `gBrowser.tabs.find(({ linkedBrowser }) => linkedBrowser.currentURI.spec === '${page.url()}')`;
    expect(await chrome.evaluate(`gBrowser.discardBrowser(${tab})`)).toBe(true);
    const isClosed = 'Object.values(toolboxes).at(-1)._destroyer !== null';
    await until(() => chrome.evaluate(isClosed) as Promise<boolean>, 'DevTools to be closed');
  },
};

/** Shows the tab again, which loads it. */
const SHOW: Record<typeof BROWSER, (page: Page, url: string) => Promise<Page>> = {
  async chromium(page, url) {
    const isIt = (each: Page) => each.url() === url;
    const back = await until(async () => (await page.browser().pages(true)).find(isIt), 'the tab under its new id');
    await back.bringToFront();
    return back;
  },
  async firefox(page, url) {
    const chrome = await FirefoxChrome.of(page.browser());
    await chrome.evaluate(
      `{ gBrowser.selectedTab = gBrowser.tabs.find(({ linkedBrowser }) => linkedBrowser.currentURI.spec === '${url}'); }`,
    );
    const isIt = (each: Page) => each.url() === url;
    return until(async () => (await page.browser().pages(true)).find(isIt), 'the tab');
  },
};

describe('an inspected tab that the browser discards', () => {
  test('takes DevTools with it; when it is back it is as it was, and DevTools opened again shows it', async () => {
    const { browser, lab } = stage;
    const { page, panel, visit } = await stage.inspect();
    const plain = await browser.newPage();
    await plain.goto(`${lab.origin}/nothing`);
    const path = await visit(`${WITNESS}<p></p><script>watch(new EventSource('/counter/discarded?every=50'))</script>`);
    await panel.source('/counter/discarded', 'open');
    await plain.bringToFront();
    await DISCARD[BROWSER](panel, page);
    await lab.when(() => lab.connectionsTo('/counter/discarded')[0]?.closed, 'the end of its stream');
    const native = await plain.evaluate(FINGERPRINT);

    const back = await SHOW[BROWSER](plain, lab.origin + path);
    await lab.when(() => lab.connectionsTo('/counter/discarded').length === 2, 'the page to be loaded again');
    await until(async () => (await back.evaluate(FINGERPRINT)) === native, 'it to have nothing of ours');
    const again = await stage.openPanel(back);
    expect(await again.sources()).toEqual([]);
    await back.reload();
    await again.reset(await again.source('/counter/discarded', 'open'));
    await lab.when(() => lab.connectionsTo('/counter/discarded').length === 4, 'the reconnect after a reset');
    expect(await again.thrown()).toEqual([]);
  });
});
