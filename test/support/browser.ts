import { resolve } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { find } from '../../scripts/browsers.mjs';
import type { LaunchOptions } from '../e2e/driver-chromium.ts';
import * as chromium from '../e2e/driver-chromium.ts';
import * as firefox from '../e2e/driver-firefox.ts';
import type { Panel } from '../e2e/panel.ts';

/** Which browser this run of the tests is in; a project of vitest says so. */
export type BrowserName = 'chromium' | 'firefox';

export const BROWSER: BrowserName = process.env['TEST_BROWSER'] === 'firefox' ? 'firefox' : 'chromium';

/** What a native EventSource was measured to do in each browser, where the standard leaves it open or is not followed. */
export type ByBrowser<T> = Record<BrowserName, T>;
export const here = <T>(values: ByBrowser<T>): T => values[BROWSER];

export interface PanelOptions {
  /** In a window of its own. */
  undocked?: boolean;
  /** The window's. */
  size?: { width: number; height: number };
  /** What the panel is to say of it; 'connected' if not said. */
  connection?: string;
}

/** What both drivers can. */
export interface Driver {
  /** Folder of the extension as it was built for this browser. */
  extension: string;
  launch(options: LaunchOptions): Promise<Browser>;
  openPanel(page: Page, options?: PanelOptions): Promise<Panel>;
  /** Files that are downloaded from now on go to this folder, unasked. */
  saveTo(browser: Browser, folder: string): Promise<void>;
  /** Is it about the page's code, and not what the browser tells of its network? */
  isThrown(message: string): boolean;
}
export const DRIVERS: ByBrowser<Driver> = {
  chromium: { ...chromium, extension: resolve('dist/chrome'), isThrown: () => true },
  firefox: { ...firefox, extension: resolve('dist/firefox') },
};

/** @throws a sentence, where there is none. */
export function browserPath(browser: BrowserName): string {
  const path = find(browser);
  if (!path) throw new Error(`There is no ${browser} here; \`npm test\` finds or installs one.`);
  return path;
}
