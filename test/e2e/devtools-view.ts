import type { Page } from 'puppeteer-core';
import type { ChromiumPanel } from './driver-chromium.ts';
import { until } from './until.ts';

/** Shows another tab of DevTools, and then the extension's again: its panel is attached anew to the session. */
export async function awayAndBack(panel: ChromiumPanel): Promise<void> {
  // As text: see SHOW_TAB in driver-chromium.ts.
  await panel.devtools.evaluate(`(async () => {
    const { ViewManager } = await import('./ui/legacy/legacy.js');
    const manager = ViewManager.ViewManager.instance();
    await manager.showView('console');
    await manager.showView([...manager.views.keys()].find((key) => key.startsWith('chrome-extension://')));
  })()`);
}

/** Ids of all events of the newest source of this path that the session has, in order: too many to scroll through. */
export async function recordedIds(panel: ChromiumPanel, path: string): Promise<string[]> {
  const has = () => panel.frame.evaluate('"session" in window') as Promise<boolean>;
  if (!(await has())) {
    await panel.frame.evaluate(`{
      const { attach } = window;
      window.attach = (session, host) => {
        window.session = session;
        attach(session, host);
      };
    }`);
    await awayAndBack(panel);
    await until(has, 'the session in the panel');
  }
  return panel.frame.evaluate(
    `session.log.sources.findLast(({ url }) => new URL(url).pathname === ${JSON.stringify(path)})
      .events.map(({ lastEventId }) => lastEventId)`,
  ) as Promise<string[]>;
}

/** Opens DevTools on whatever tab it likes; resolves when new documents get the scripts. */
export async function openDevtools(page: Page): Promise<Page> {
  const devtools = await page.openDevTools();
  const registered = 'chrome.scripting.getRegisteredContentScripts().then((scripts) => scripts.length === 2)';
  const ours = () => devtools.frames().find((frame) => frame.url().endsWith('devtools.html'));
  await until(async () => (await ours()?.evaluate(registered)) as boolean | undefined, 'the scripts to be registered');
  return devtools;
}
