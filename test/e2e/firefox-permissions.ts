import type { Browser } from 'puppeteer-core';
import { FirefoxChrome } from './firefox-chrome.ts';

const ID = 'sse-lifeline@extension';

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
