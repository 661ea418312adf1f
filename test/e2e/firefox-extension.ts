import type { Browser } from 'puppeteer-core';
import { FirefoxChrome } from './firefox-chrome.ts';

const ID = 'sse-lifeline@extension';

/** What the user may allow, so that streams can be ended in the network. */
const TAP = { permissions: ['webRequestBlocking', 'webRequestFilterResponse'] };

/** What a user does on Firefox's own page of the extension, under "Permissions and data". */
export async function changePermissions(
  browser: Browser,
  how: 'add' | 'remove',
  { origins = [] as string[], permissions = [] as string[] },
): Promise<void> {
  const chrome = await FirefoxChrome.of(browser);
  await chrome.evaluate(`(async () => {
    const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
    const { extension } = WebExtensionPolicy.getByID('${ID}');
    await ExtensionPermissions.${how}('${ID}', ${JSON.stringify({ origins, permissions, data_collection: [] })}, extension);
  })()`);
}

const DEVTOOLS = `
  const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
  const { gDevTools } = require('devtools/client/framework/devtools');`;

/** What the user, and Firefox itself, can do to the extension. */
export interface FirefoxExtension {
  /** As if the user had said yes, wherever it was asked. */
  grantTap(): Promise<void>;
  revokeTap(): Promise<void>;
  /** Ends the background as Firefox does when it has been idle. */
  endBackground(): Promise<void>;
  /** Of the tab in front. */
  closeDevtools(): Promise<void>;
}

export async function firefoxExtension(browser: Browser): Promise<FirefoxExtension> {
  const chrome = await FirefoxChrome.of(browser);
  const does = async (what: string) => {
    await chrome.evaluate(`(async () => { ${what} })()`);
  };
  return {
    grantTap: () => changePermissions(browser, 'add', TAP),
    revokeTap: () => changePermissions(browser, 'remove', TAP),
    closeDevtools: () => does(`${DEVTOOLS} await gDevTools.closeToolboxForTab(gBrowser.selectedTab);`),
    endBackground: () =>
      does(
        `await WebExtensionPolicy.getByID('${ID}').extension.terminateBackground({ disableResetIdleForTest: true });`,
      ),
  };
}
