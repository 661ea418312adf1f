/**
 * Drives the extension's panel in the real DevTools of a real Firefox, headless or not. Used by the e2e tests and by
 * `npm start`.
 */
import { writeFile } from 'node:fs/promises';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import type { LaunchOptions } from './driver-chromium.ts';
import { FirefoxChrome } from './firefox-chrome.ts';
import { FirefoxKeyboard, FirefoxMouse } from './firefox-input.ts';
import { type Box, called, type Keyboard, Panel } from './panel.ts';
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
      // As wide as Chromium's, where it is docked beside the page.
      'devtools.toolbox.sidebar.width': 554,
      'ui.systemUsesDarkTheme': theme === 'dark' ? 1 : 0,
      'intl.locale.requested': language,
    },
  });
  try {
    await speaks(browser, language);
    if (extension !== undefined) await browser.installExtension(extension);
  } catch (error) {
    await browser.close();
    throw error;
  }
  return browser;
}

/** [firefox] An extension speaks the browser's language: any but the one it was built in needs a pack. */
async function speaks(browser: Browser, language: string): Promise<void> {
  if (language.startsWith('en')) return;
  const chrome = await FirefoxChrome.of(browser);
  await until(
    async () => (await chrome.evaluate('Services.locale.appLocaleAsBCP47')) === language,
    `${language}: Firefox speaks it with a language pack, such as Debian’s firefox-esr-l10n-${language.toLowerCase()}`,
  );
}

export async function saveTo(browser: Browser, folder: string): Promise<void> {
  const chrome = await FirefoxChrome.of(browser);
  await chrome.evaluate(`{
    Services.prefs.setIntPref('browser.download.folderList', 2);
    Services.prefs.setCharPref('browser.download.dir', ${JSON.stringify(folder)});
    Services.prefs.setBoolPref('browser.download.useDownloadDir', true);
    Services.prefs.setBoolPref('browser.download.always_ask_before_handling_new_types', false);
  }`);
}

/** [firefox] It writes on the console, as if it were an error of the page, what a request could not do. */
const NETWORK_WORDS =
  /can’t establish a connection|was interrupted while the page was loading|Cross-Origin Request Blocked|Content-Security-Policy/;
export const isThrown = (message: string): boolean => !NETWORK_WORDS.test(message);

interface Place {
  toolbox: string;
  tool: string;
  /** What WebDriver BiDi calls the panel's document. */
  context: string;
}

/** The SSE tab in Firefox's toolbox, whose documents are the browser's own. */
export class FirefoxPanel extends Panel {
  readonly chrome: FirefoxChrome;
  readonly keyboard: Keyboard;
  readonly mouse: FirefoxMouse;
  /** What the toolbox calls the extension's tab. */
  readonly #tool: string;
  /** The toolbox, for scripts of the browser's window. */
  readonly #toolbox: string;
  /** What WebDriver BiDi calls the panel's document. */
  readonly #context: string;
  readonly #page: Page;

  constructor(page: Page, chrome: FirefoxChrome, { toolbox, tool, context }: Place) {
    super();
    this.#toolbox = toolbox;
    this.keyboard = new FirefoxKeyboard(chrome, context);
    this.mouse = new FirefoxMouse(chrome, context);
    this.#tool = tool;
    this.#page = page;
    this.chrome = chrome;
    this.#context = context;
  }

  evaluate<Args extends unknown[], Result>(look: string | ((...args: Args) => Result), ...args: Args) {
    const found =
      typeof look === 'string'
        ? this.chrome.run(look, this.#context)
        : this.chrome.evaluate(called(look, args), this.#context);
    return found as Promise<Awaited<Result>>;
  }

  /**
   * A toolbox shows its tab's panel while the tab is the selected one. As for a user who has clicked into the panel, it has
   * the focus: without, an element that gets the focus is not told so.
   */
  async toFront(): Promise<void> {
    await this.#page.bringToFront();
    await this.chrome.evaluate(`{
      const { topWindow, doc } = ${this.#toolbox};
      topWindow.focus();
      const around = doc.getElementById('toolbox-panel-iframe-${this.#tool}')?.contentDocument;
      const panel = around?.getElementById('webext-panels-browser');
      if (around?.activeElement !== panel) panel?.focus();
    }`);
  }

  protected async clickOn(selector: string): Promise<boolean> {
    if (!(await this.has(selector))) return false;
    await this.mouse.clickOn(selector);
    return true;
  }

  async box(selector: string): Promise<Box | undefined> {
    const found = await this.evaluate((wanted) => {
      const { x, y, width, height } = document.querySelector(wanted)?.getBoundingClientRect() ?? new DOMRect();
      return { x, y, width, height };
    }, selector);
    return found.width > 0 && found.height > 0 ? found : undefined;
  }

  swipe(places: { x: number; y: number }[]): Promise<void> {
    return this.mouse.swipe(places);
  }

  upload(selector: string, path: string): Promise<void> {
    return this.chrome.chooseFile(selector, path, this.#context);
  }

  async resize(width: number, height: number): Promise<void> {
    // The window has the toolbox' own tabs too.
    await this.chrome.evaluate(`{
      const { topWindow } = ${this.#toolbox};
      const frame = ${this.#toolbox}.getCurrentPanel().panelWin?.innerWidth ?? topWindow.innerWidth;
      topWindow.resizeTo(${width} + topWindow.outerWidth - frame, ${height} + topWindow.outerHeight - topWindow.innerHeight);
    }`);
  }

  async away(): Promise<void> {
    await this.chrome.evaluate(`${this.#toolbox}.selectTool('webconsole').then(() => true)`);
    // [firefox] Of a panel that is hidden, only this tells: it gets no frames.
    const isHidden = `new Promise((done) => {
      requestAnimationFrame(() => done(false));
      setTimeout(() => done(true), 500);
    })`;
    await until(() => this.evaluate(isHidden) as Promise<boolean>, 'the panel to be hidden');
  }

  async back(): Promise<void> {
    await this.chrome.evaluate(`${this.#toolbox}.selectTool('${this.#tool}').then(() => true)`);
  }

  async chooseTheme(theme: 'light' | 'dark'): Promise<void> {
    await this.chrome.evaluate(`{ Services.prefs.setCharPref('devtools.theme', '${theme}'); }`);
  }

  hasDrawer(): Promise<boolean> {
    return this.chrome.evaluate(`${this.#toolbox}.splitConsole === true`) as Promise<boolean>;
  }

  async close(): Promise<void> {
    await this.chrome.evaluate(`${this.#toolbox}.destroy().then(() => true)`);
  }

  thrown(): Promise<string[]> {
    return this.chrome.evaluate('globalThis.thrownByExtensions') as Promise<string[]>;
  }

  async screenshot(path: `${string}.png`): Promise<void> {
    await writeFile(path, await this.chrome.pictureOf(`${this.#toolbox}.topWindow`));
  }
}

/** How many there were. */
let toolboxes = 0;

/** Opens DevTools for a page on the SSE tab; in a window of its own if `undocked`. */
export async function openPanel(
  page: Page,
  { undocked = false, connection = 'connected', size = { width: 1400, height: 900 } } = {},
): Promise<FirefoxPanel> {
  await page.bringToFront();
  const chrome = await FirefoxChrome.of(page.browser());
  await chrome.evaluate(NOTE_ERRORS);
  const toolbox = `toolboxes[${++toolboxes}]`;
  const tool = await until(
    () => chrome.evaluate(showTool(toolbox, undocked ? 'window' : 'right')) as Promise<string | undefined>,
    'the SSE tab',
  );
  if (undocked) await chrome.evaluate(`${toolbox}.topWindow.resizeTo(${size.width}, ${size.height})`);
  const context = await until(
    () => chrome.evaluate(addressPanel(toolbox, tool)) as Promise<string | undefined>,
    "the panel's document",
  );
  const panel = new FirefoxPanel(page, chrome, { toolbox, tool, context });
  await panel.connected(connection);
  return panel;
}

/** What scripts of extensions threw, wherever they run. */
const NOTE_ERRORS = `{
  globalThis.thrownByExtensions = [];
  if (!globalThis.isListening) Services.console.registerListener({
    observe(message) {
      const isError = message instanceof Ci.nsIScriptError && !(message.flags & message.warningFlag);
      // It says so of each answer that comes when its document has gone, or is kept for later: nobody threw.
      if (isError && /^Promise (?:resolved|rejected) (?:after|while) context /.test(message.errorMessage)) return;
      if (isError && message.sourceName.startsWith('moz-extension://')) thrownByExtensions.push(message.errorMessage);
    },
  });
  globalThis.isListening = true;
}`;

/** Opens the toolbox of the selected tab, on the extension's tool; gives the tool's id once it is there. */
const showTool = (toolbox: string, host: 'window' | 'right') => `(async () => {
  const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
  const { gDevTools } = require('devtools/client/framework/devtools');
  const tab = gBrowser.selectedTab;
  globalThis.toolboxes ??= {};
  ${toolbox} = await gDevTools.showToolboxForTab(tab, { hostType: '${host}' });
  const tool = ${toolbox}.getAdditionalTools().find(({ label }) => label === 'SSE');
  if (tool) await gDevTools.showToolboxForTab(tab, { toolId: tool.id });
  return tool?.id;
})()`;

/**
 * Lets WebDriver BiDi address the panel's document; gives its name for it. [firefox] It knows browsers by a key that those
 * of extension panels do not have.
 */
const addressPanel = (toolbox: string, tool: string) => `(() => {
  const { NavigableManager } = ChromeUtils.importESModule('chrome://remote/content/shared/NavigableManager.sys.mjs');
  const frame = ${toolbox}.doc.getElementById('toolbox-panel-iframe-${tool}');
  const browser = frame?.contentDocument?.getElementById('webext-panels-browser');
  if (!browser?.currentURI?.spec.startsWith('moz-extension:')) return undefined;
  browser.permanentKey ??= new (Cu.getGlobalForObject(Services).Object)();
  const id = NavigableManager.getIdForBrowser(browser);
  const others = NavigableManager.getBrowserById.bind(NavigableManager);
  NavigableManager.getBrowserById = (other) => (other === id ? browser : others(other));
  return id;
})()`;
