import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findingsOn } from './axe.ts';
import { FirefoxChrome } from './firefox-chrome.ts';
import { changePermissions } from './firefox-extension.ts';
import { OptionsPage } from './options-page.ts';
import type { Panel } from './panel.ts';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

const SITES = { origins: ['<all_urls>'] };
const NETWORK = { permissions: ['webRequestBlocking', 'webRequestFilterResponse'] };

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
  // [firefox] What the user says to its question, which is the browser's own window: yes.
  const chrome = await FirefoxChrome.of(stage.browser);
  await chrome.evaluate(`{ Services.prefs.setBoolPref('extensions.webextOptionalPermissionPrompts', false); }`);
});
beforeEach(async () => {
  await changePermissions(stage.browser, 'add', SITES);
  await changePermissions(stage.browser, 'remove', NETWORK);
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

/** Opens the settings in the panel, and from there the page of permissions. */
async function open(panel: Panel): Promise<OptionsPage> {
  await panel.press('settings');
  await panel.click('[data-testid=settings-network]');
  return OptionsPage.opened(stage.browser);
}

describe('the page of permissions', () => {
  test('is reached from the settings; network resets are allowed there and given back, and the panel knows at once', async () => {
    const { panel } = await stage.inspect();
    const options = await open(panel);
    await options.says('sites', true);
    await options.says('network', false);
    expect(await findingsOn(options)).toEqual([]);
    await options.click('[data-testid=ask-network]');
    await options.says('network', true);
    expect(await findingsOn(options)).toEqual([]);
    // The button has the focus still, and means the opposite.
    expect(await options.evaluate('document.activeElement.dataset.testid')).toBe('give-back-network');
    const offered = () => panel.text('[data-testid=settings-network]');
    await until(async () => (await offered()) === 'Permissions…', 'the panel to know that they are allowed');
    await options.keyboard.press('Enter');
    await options.says('network', false);
    await until(async () => (await offered()) === 'Allow network resets…', 'the panel to know that they are not');
    await options.close();
    expect(await panel.thrown()).toEqual([]);
  });

  test('is reached from where an event would be looked for that cannot be seen', async () => {
    const { panel, visit } = await stage.inspect();
    await visit(`<script>new EventSource('/counter/hinted')</script>`);
    await panel.select(await panel.source('/counter/hinted', 'open'));
    await panel.show('events');
    await panel.click('[data-testid=ask-network]');
    const options = await OptionsPage.opened(stage.browser);
    await options.click('[data-testid=ask-network]');
    await options.says('network', true);
    await options.close();
    await until(async () => !(await panel.has('[data-testid=ask-network]')), 'the panel to stop asking');
    expect(await panel.thrown()).toEqual([]);
  });

  test('asks for the access to sites that was taken away, and the panel goes on by itself', async () => {
    const { page, panel } = await stage.inspect();
    await changePermissions(stage.browser, 'remove', SITES);
    await panel.connected('denied');
    await panel.click('[data-testid=sites]');
    const options = await OptionsPage.opened(stage.browser);
    await options.says('sites', false);
    expect(await findingsOn(options)).toEqual([]);
    await options.click('[data-testid=ask-sites]');
    await options.says('sites', true);
    // Where the button was that had the focus, the state has it: it says what came of it.
    expect(await options.evaluate('document.activeElement.textContent')).toBe('Allowed on all sites.');
    await options.close();
    await panel.connected();
    await page.evaluate(`void new EventSource('/counter/allowed')`);
    await panel.source('/counter/allowed', 'open');
    expect(await panel.thrown()).toEqual([]);
  });

  test('opens once, wherever it is opened from, and follows what is changed elsewhere', async () => {
    const { panel } = await stage.inspect();
    const options = await open(panel);
    await panel.click('[data-testid=settings-network]');
    await OptionsPage.opened(stage.browser);
    const chrome = await FirefoxChrome.of(stage.browser);
    const tabs = `gBrowser.tabs.filter(({ linkedBrowser }) => linkedBrowser.currentURI.spec.endsWith('/options.html')).length`;
    expect(await chrome.evaluate(tabs)).toBe(1);
    await changePermissions(stage.browser, 'add', NETWORK);
    await options.says('network', true);
    await changePermissions(stage.browser, 'remove', SITES);
    await options.says('sites', false);
    await options.close();
  });
});
