import { writeFile } from 'node:fs/promises';
import type { Browser } from 'puppeteer-core';
import { FirefoxChrome } from './firefox-chrome.ts';
import { FirefoxKeyboard, FirefoxMouse } from './firefox-input.ts';
import { until } from './until.ts';

const TAB = `gBrowser.tabs.find(({ linkedBrowser }) => linkedBrowser.currentURI.spec.endsWith('/options.html'))`;

/** The extension's page of permissions, in a tab of Firefox. */
export class OptionsPage {
  readonly #chrome: FirefoxChrome;
  readonly #context: string;
  readonly keyboard: FirefoxKeyboard;

  private constructor(chrome: FirefoxChrome, context: string) {
    this.#chrome = chrome;
    this.#context = context;
    this.keyboard = new FirefoxKeyboard(chrome, context);
  }

  /** Waits for the tab that somebody opened, to be shown. */
  static async opened(browser: Browser): Promise<OptionsPage> {
    const chrome = await FirefoxChrome.of(browser);
    const context = await until(
      () => chrome.evaluate(ADDRESS) as Promise<string | undefined>,
      'the page of permissions',
    );
    const page = new OptionsPage(chrome, context);
    await until(() => page.evaluate(`document.querySelector('main') !== null`) as Promise<boolean>, 'what is on it');
    return page;
  }

  evaluate(look: string): Promise<unknown> {
    return this.#chrome.evaluate(look, this.#context);
  }

  async click(selector: string): Promise<void> {
    const is = `document.querySelector(${JSON.stringify(selector)}) !== null`;
    await until(() => this.evaluate(is) as Promise<boolean>, `${selector} on the page of permissions`);
    await new FirefoxMouse(this.#chrome, this.#context).clickOn(selector);
  }

  /** Waits until a section says whether it is allowed. */
  async says(section: 'sites' | 'network', isAllowed: boolean): Promise<void> {
    const state = `document.querySelector('[data-testid=${section}] .state').dataset.allowed`;
    await until(async () => (await this.evaluate(state)) === `${isAllowed}`, `${section} to be ${isAllowed}`);
  }

  async chooseTheme(theme: 'light' | 'dark'): Promise<void> {
    await this.#chrome.evaluate(`{
      Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', ${theme === 'dark' ? 0 : 1});
    }`);
    const is = `matchMedia('(prefers-color-scheme: ${theme})').matches`;
    await until(() => this.evaluate(is) as Promise<boolean>, `the ${theme} theme`);
  }

  async screenshot(path: `${string}.png`): Promise<void> {
    await writeFile(path, await this.#chrome.pictureOf(`${TAB}.linkedBrowser`));
  }

  async close(): Promise<void> {
    await this.#chrome.evaluate(`{ gBrowser.removeTab(${TAB}); }`);
  }
}

/** What WebDriver BiDi calls the document in the tab, once it is the one that is shown. */
const ADDRESS = `(() => {
  const { NavigableManager } = ChromeUtils.importESModule('chrome://remote/content/shared/NavigableManager.sys.mjs');
  const tab = ${TAB};
  return tab?.selected ? NavigableManager.getIdForBrowser(tab.linkedBrowser) : undefined;
})()`;
