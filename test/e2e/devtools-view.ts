import type { Page } from 'puppeteer-core';
import { BROWSER } from '../support/browser.ts';
import { chromium } from './driver-chromium.ts';
import { FirefoxChrome } from './firefox-chrome.ts';
import type { Panel } from './panel.ts';

import { until } from './until.ts';

/** Shows another tab of DevTools, and then the extension's again: its panel is attached anew to the session. */
export async function awayAndBack(panel: Panel): Promise<void> {
  await panel.away();
  await panel.back();
}

/** Ids of all events of the newest source of this path that the session has, in order: too many to scroll through. */
export async function recordedIds(panel: Panel, path: string): Promise<string[]> {
  const has = () => panel.evaluate('"session" in window') as Promise<boolean>;
  if (!(await has())) {
    await panel.evaluate(`{
      const { attach } = window;
      window.attach = (session, host) => {
        window.session = session;
        attach(session, host);
      };
    }`);
    await awayAndBack(panel);
    await until(has, 'the session in the panel');
  }
  return panel.evaluate(
    `session.log.sources.findLast(({ url }) => new URL(url).pathname === ${JSON.stringify(path)})
      .events.map(({ lastEventId }) => lastEventId)`,
  ) as Promise<string[]>;
}

/** DevTools of a page, on whatever tab they like. */
export interface Devtools {
  /** Is there a document of the SSE tab? */
  hasPanel(): Promise<boolean>;
  /** Is this the SSE tab of the same DevTools? */
  isOf(panel: Panel): Promise<boolean>;
}

/** Opens DevTools, and not on the SSE tab; resolves when new documents get the scripts. */
export const openDevtools = (page: Page): Promise<Devtools> =>
  BROWSER === 'firefox' ? openFirefoxDevtools(page) : openChromiumDevtools(page);

async function openChromiumDevtools(page: Page): Promise<Devtools> {
  const devtools = await page.openDevTools();
  const registered = 'chrome.scripting.getRegisteredContentScripts().then((scripts) => scripts.length === 2)';
  const find = (file: string) => devtools.frames().find((frame) => frame.url().endsWith(file));
  const isRegistered = async () => (await find('devtools.html')?.evaluate(registered)) as boolean | undefined;
  await until(isRegistered, 'the scripts to be registered');
  return {
    hasPanel: async () => find('panel.html') !== undefined,
    isOf: async (panel) => chromium(panel).devtools === devtools,
  };
}

async function openFirefoxDevtools(page: Page): Promise<Devtools> {
  await page.bringToFront();
  const chrome = await FirefoxChrome.of(page.browser());
  await chrome.evaluate(`(async () => {
    const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
    const { gDevTools } = require('devtools/client/framework/devtools');
    globalThis.firstToolbox = await gDevTools.showToolboxForTab(gBrowser.selectedTab, { toolId: 'webconsole' });
  })()`);
  const registered = `WebExtensionPolicy.getByID('sse-lifeline@extension').extension.registeredContentScripts.size === 2`;
  await until(() => chrome.evaluate(registered) as Promise<boolean>, 'the scripts to be registered');
  const panels = `firstToolbox.doc.querySelectorAll('[id^=toolbox-panel-iframe-webext]').length`;
  return {
    hasPanel: async () => (await chrome.evaluate(panels)) === 1,
    // [firefox] A tab has one toolbox at most.
    isOf: async (panel) => !(await panel.evaluate('document.hidden')) && (await chrome.evaluate(panels)) === 1,
  };
}
