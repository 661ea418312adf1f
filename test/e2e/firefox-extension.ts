import type { Browser } from 'puppeteer-core';
import { FirefoxChrome } from './firefox-chrome.ts';

/** What the user may allow, so that streams can be ended in the network. */
const TAP = "{ permissions: ['webRequestBlocking', 'webRequestFilterResponse'], origins: [], data_collection: [] }";
const EXTENSION = "const { extension } = WebExtensionPolicy.getByID('sse-lifeline@extension');";
const PERMISSIONS =
  "const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');";

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
    await chrome.evaluate(`(async () => { ${EXTENSION} ${PERMISSIONS} ${what} })()`);
  };
  return {
    grantTap: () => does(`await ExtensionPermissions.add(extension.id, ${TAP}, extension);`),
    revokeTap: () => does(`await ExtensionPermissions.remove(extension.id, ${TAP}, extension);`),
    closeDevtools: () => does(`${DEVTOOLS} await gDevTools.closeToolboxForTab(gBrowser.selectedTab);`),
    endBackground: () => does('await extension.terminateBackground({ disableResetIdleForTest: true });'),
  };
}
