import type { Page } from 'puppeteer-core';
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

/** Opens DevTools on whatever tab it likes; resolves when new documents get the scripts. */
export async function openDevtools(page: Page): Promise<Page> {
  const devtools = await page.openDevTools();
  const registered = 'chrome.scripting.getRegisteredContentScripts().then((scripts) => scripts.length === 2)';
  const ours = () => devtools.frames().find((frame) => frame.url().endsWith('devtools.html'));
  await until(async () => (await ours()?.evaluate(registered)) as boolean | undefined, 'the scripts to be registered');
  return devtools;
}
