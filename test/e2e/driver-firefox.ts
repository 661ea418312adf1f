/**
 * Drives the extension's panel in the real DevTools of a real Firefox, headless or not. Used by the e2e tests and by
 * `npm start`.
 */
import { writeFile } from 'node:fs/promises';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import type { LaunchOptions } from './driver-chromium.ts';
import { FirefoxChrome } from './firefox-chrome.ts';
import { called, Panel } from './panel.ts';
import { until } from './until.ts';

/** Nothing but the tests talks to the network, and nothing asks the user. */
const PREFS = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

export async function launch({
  executablePath,
  extension,
  headless,
  size = { width: 1400, height: 900 },
  theme = 'light',
  language = 'en-US',
}: LaunchOptions): Promise<Browser> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless,
    handleSIGINT: false,
    defaultViewport: null,
    // The browser's own documents, DevTools among them, are to be spoken to as well.
    args: ['-remote-allow-system-access', `--width=${size.width}`, `--height=${size.height}`],
    extraPrefsFirefox: {
      ...PREFS,
      'devtools.theme': theme,
      'ui.systemUsesDarkTheme': theme === 'dark' ? 1 : 0,
      'intl.locale.requested': language,
    },
  });
  if (extension !== undefined) await browser.installExtension(extension);
  return browser;
}

/** The SSE tab in Firefox's toolbox, whose documents are the browser's own. */
export class FirefoxPanel extends Panel {
  readonly chrome: FirefoxChrome;
  /** What WebDriver BiDi calls the panel's document. */
  readonly #context: string;
  readonly #page: Page;

  constructor(page: Page, chrome: FirefoxChrome, context: string) {
    super();
    this.#page = page;
    this.chrome = chrome;
    this.#context = context;
  }

  evaluate<Args extends unknown[], Result>(look: string | ((...args: Args) => Result), ...args: Args) {
    return this.chrome.evaluate(called(look, args), this.#context) as Promise<Awaited<Result>>;
  }

  /** A toolbox shows its tab's panel while the tab is the selected one. */
  toFront(): Promise<void> {
    return this.#page.bringToFront();
  }

  clickOn(selector: string): Promise<void> {
    return this.chrome.press(selector, this.#context);
  }

  thrown(): Promise<string[]> {
    return this.chrome.evaluate('globalThis.thrownByExtensions') as Promise<string[]>;
  }

  async screenshot(path: `${string}.png`): Promise<void> {
    await writeFile(path, await this.chrome.pictureOf('toolbox.topWindow'));
  }
}

/** Opens DevTools for a page on the SSE tab; in a window of its own if `undocked`. */
export async function openPanel(page: Page, { undocked = false, size = { width: 1400, height: 900 } } = {}) {
  await page.bringToFront();
  const chrome = await FirefoxChrome.of(page.browser());
  await chrome.evaluate(NOTE_ERRORS);
  const tool = await until(
    () => chrome.evaluate(showTool(undocked ? 'window' : 'bottom')) as Promise<string | undefined>,
    'the SSE tab',
  );
  if (undocked) await chrome.evaluate(`toolbox.topWindow.resizeTo(${size.width}, ${size.height})`);
  const context = await until(
    () => chrome.evaluate(addressPanel(tool)) as Promise<string | undefined>,
    "the panel's document",
  );
  const panel = new FirefoxPanel(page, chrome, context);
  await panel.connected();
  return panel;
}

/** What scripts of extensions threw, wherever they run. */
const NOTE_ERRORS = `{
  globalThis.thrownByExtensions = [];
  if (!globalThis.isListening) Services.console.registerListener({
    observe(message) {
      const isError = message instanceof Ci.nsIScriptError && !(message.flags & message.warningFlag);
      if (isError && message.sourceName.startsWith('moz-extension://')) thrownByExtensions.push(message.errorMessage);
    },
  });
  globalThis.isListening = true;
}`;

/** Opens the toolbox of the selected tab, on the extension's tool; gives the tool's id once it is there. */
const showTool = (host: 'window' | 'bottom') => `(async () => {
  const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
  const { gDevTools } = require('devtools/client/framework/devtools');
  const tab = gBrowser.selectedTab;
  globalThis.toolbox = await gDevTools.showToolboxForTab(tab, { hostType: '${host}' });
  const tool = toolbox.getAdditionalTools().find(({ label }) => label === 'SSE');
  if (tool) await gDevTools.showToolboxForTab(tab, { toolId: tool.id });
  return tool?.id;
})()`;

/**
 * Lets WebDriver BiDi address the panel's document; gives its name for it. [firefox] It knows browsers by a key that those
 * of extension panels do not have.
 */
const addressPanel = (tool: string) => `(() => {
  const { NavigableManager } = ChromeUtils.importESModule('chrome://remote/content/shared/NavigableManager.sys.mjs');
  const frame = toolbox.doc.getElementById('toolbox-panel-iframe-${tool}');
  const browser = frame?.contentDocument?.getElementById('webext-panels-browser');
  if (!browser?.currentURI?.spec.startsWith('moz-extension:')) return undefined;
  browser.permanentKey ??= new (Cu.getGlobalForObject(Services).Object)();
  const id = NavigableManager.getIdForBrowser(browser);
  const others = NavigableManager.getBrowserById.bind(NavigableManager);
  NavigableManager.getBrowserById = (other) => (other === id ? browser : others(other));
  return id;
})()`;
