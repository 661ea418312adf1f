import { resolve } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BROWSER } from '../support/browser.ts';
import { chromium } from './driver-chromium.ts';
import { FINGERPRINT } from './fingerprint.ts';
import { FirefoxChrome } from './firefox-chrome.ts';
import type { Panel } from './panel.ts';
import { ids, type Stage, seen, setStage, unbroken, WITNESS } from './stage.ts';
import { until } from './until.ts';

// A browser for each test: what happens to the extension happens to all of its pages.
let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage?.close());

/**
 * Loads the extension again from its folder, as an update does, or removes it. Resolves when its tab has gone from DevTools:
 * [chrome] closes DevTools in which a page of the extension lives, docked or not: there is no panel left to tell. [firefox]
 * keeps them, without the tab, or with that of the new extension, which inspects the page at once.
 */
function replace(panel: Panel, how: 'reloaded' | 'removed'): Promise<void> {
  return BROWSER === 'firefox' ? replaceInFirefox(how) : replaceInChromium(panel, how);
}

async function replaceInChromium(panel: Panel, how: 'reloaded' | 'removed'): Promise<void> {
  const browser = await stage.browser.target().createCDPSession();
  const id = await panel.host();
  // (puppeteer lets us do the one, and not the other.)
  if (how === 'removed') await browser.send('Extensions.uninstall', { id });
  else await browser.send('Extensions.loadUnpacked', { path: resolve('dist/chrome') });
  await until(async () => chromium(panel).devtools.isClosed(), 'DevTools to be closed by the browser');
}

async function replaceInFirefox(how: 'reloaded' | 'removed'): Promise<void> {
  const chrome = await FirefoxChrome.of(stage.browser);
  // (The driver's newest toolbox; one that was closed keeps its list.)
  const tools = `Object.values(toolboxes).at(-1).getAdditionalTools().map(({ id }) => id)`;
  const before = (await chrome.evaluate(tools)) as string[];
  await chrome.evaluate(`(async () => {
    const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
    const addon = await AddonManager.getAddonByID('sse-lifeline@extension');
    await addon.${how === 'removed' ? 'uninstall' : 'reload'}();
  })()`);
  const isGone = async () => !((await chrome.evaluate(tools)) as string[]).some((id) => before.includes(id));
  await until(isGone, 'the tab to go from the toolbox');
}

/** How a page looks that nobody of ours ever entered. */
async function untouched(): Promise<unknown> {
  const page = await stage.browser.newPage();
  await page.goto(`${stage.lab.origin}/nothing`);
  const fingerprint = await page.evaluate(FINGERPRINT);
  await page.close();
  return fingerprint;
}

const isUntouched = (page: Page, native: unknown) =>
  until(async () => (await page.evaluate(FINGERPRINT)) === native, 'the page to be as it was');

test.each(['reloaded', 'removed'] as const)(
  'a page whose extension was %s becomes what it was; its streams go on, native and managed',
  async (how) => {
    const { lab } = stage;
    const native = await untouched();
    const { page, panel, visit, errors } = await stage.inspect();
    await visit(`${WITNESS}<iframe src="/nothing"></iframe><script>
      window.one = watch(new EventSource('/counter/one?every=50&retry=300'));
      window.two = new EventSource('/counter/two?every=50&retry=300');
    </script>`);
    await panel.source('/counter/one', 'open');
    await panel.reset(await panel.source('/counter/two', 'open'));
    await lab.when(() => lab.connectionsTo('/counter/two').length === 2, 'the reconnect');
    await replace(panel, how);
    // (See `replace`.) Nobody is to inspect the page from now on.
    if (BROWSER === 'firefox') await panel.close();

    // readyState and close() stay ours, for the source that we drive, and toString with them.
    const frame = page.frames()[1];
    if (!frame) throw new Error('there is no frame');
    await until(async () => (await frame.evaluate(FINGERPRINT)) === native, 'the frame to be as it was');
    const isNative = `frames[0].Function.prototype.toString.call(EventSource).startsWith('function EventSource')`;
    await until(() => page.evaluate(isNative) as Promise<boolean>, "the class to be the browser's own");
    const count = ids(await seen(page)).length;
    await until(async () => ids(await seen(page)).length > count + 5, 'events without the extension');
    const received = ids(await seen(page));
    expect(received).toEqual(unbroken(received));
    lab.kick('/counter/two', 'reset');
    await lab.when(() => lab.connectionsTo('/counter/two').length === 3, 'a reconnect without the extension');
    await until(() => page.evaluate('two.readyState === 1') as Promise<boolean>, 'open again');
    await page.evaluate('one.close(), two.close()');
    await lab.when(() => lab.connectionsTo('/counter').every(({ closed }) => closed), 'the end of all requests');
    expect(lab.connectionsTo('/counter/one')).toHaveLength(1);
    expect(errors).toEqual([]);
  },
);

test('a reloaded extension enters the page that has scripts of its predecessor, and a second time', async () => {
  const { lab } = stage;
  const { page, panel, visit, errors } = await stage.inspect();
  await visit(`${WITNESS}<script>window.old = watch(new EventSource('/counter/old?every=50'))</script>`);
  await panel.source('/counter/old', 'open');
  let current = panel;
  for (const name of ['second', 'third']) {
    await replace(current, 'reloaded');
    // At once: the bridge that was left behind may not have noticed yet.
    current = await stage.openPanel(page);
    await page.evaluate(`window.es = new EventSource('/counter/${name}?every=50'), undefined`);
    const row = await current.source(`/counter/${name}`, 'open');
    // What was there before is not listed: the page is late.
    expect((await current.sources()).map(({ url }) => new URL(url).pathname)).toEqual([`/counter/${name}`]);
    await current.reset(row);
    await lab.when(() => lab.connectionsTo(`/counter/${name}`).length === 2, 'the reconnect');
    await page.evaluate('es.close()');
    await current.source(`/counter/${name}`, 'closed');
  }
  expect(lab.connectionsTo('/counter/old')).toHaveLength(1);
  const received = ids(await seen(page));
  expect(received).toEqual(unbroken(received));
  expect([...errors, ...(await current.thrown())]).toEqual([]);
});

test('a page whose extension was reloaded while nobody inspected it lets the new one in', async () => {
  const { page, panel, visit } = await stage.inspect();
  await visit('');
  await panel.close();
  const native = await untouched();
  await isUntouched(page, native);
  // Somebody else's DevTools is open when it happens.
  const other = await stage.inspect();
  await replace(other.panel, 'reloaded');
  const again = await stage.openPanel(page);
  await page.evaluate(`void new EventSource('/counter/new')`);
  await again.source('/counter/new', 'open');
  await again.close();
  await isUntouched(page, native);
});
