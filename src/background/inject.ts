import browser from 'webextension-polyfill';
import bridge from '../bridge/main.iife.ts?script&iife';
import page from '../page/main.iife.ts?script&iife';

/** The bridge first: it must be listening when the page script hands over its port. */
const SCRIPTS = [
  { id: 'a-bridge', file: bridge, world: 'ISOLATED' },
  { id: 'b-page', file: page, world: 'MAIN' },
] as const;

/** One change at a time: two DevTools that open together must not register twice. */
let last: Promise<unknown> = Promise.resolve();
const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
  const result = last.then(step, step);
  last = result.catch(() => {});
  return result;
};

/** Does any document get the scripts? Then a tab is inspected, or was when the background was stopped. */
export const isRegistered = async (): Promise<boolean> =>
  (await browser.scripting.getRegisteredContentScripts()).length > 0;

/** From now on every document of every tab gets both scripts before its own. Not remembered over a browser restart. */
export const register = (): Promise<void> =>
  inTurn(async () => {
    const there = new Set((await browser.scripting.getRegisteredContentScripts()).map(({ id }) => id));
    const missing = SCRIPTS.filter(({ id }) => !there.has(id));
    if (missing.length === 0) return;
    await browser.scripting.registerContentScripts(
      missing.map(({ id, file, world }) => ({
        id,
        js: [file],
        world,
        matches: ['<all_urls>'],
        runAt: 'document_start' as const,
        allFrames: true,
        matchOriginAsFallback: true,
        persistAcrossSessions: false,
      })),
    );
  });

export const unregister = (): Promise<void> =>
  inTurn(async () => {
    const scripts = await browser.scripting.getRegisteredContentScripts();
    if (scripts.length > 0) await browser.scripting.unregisterContentScripts();
  });

/**
 * Puts both scripts into the documents that the tab shows already, and wakes the bridges that are there. False where
 * the browser does not let us: its own pages, its store, sites that the user has not allowed.
 */
export async function inject(tab: number): Promise<boolean> {
  try {
    const everywhere = { target: { tabId: tab, allFrames: true }, injectImmediately: true };
    await browser.scripting.executeScript({ ...everywhere, files: [bridge], world: 'ISOLATED' });
    const bridges = await browser.scripting.executeScript({
      ...everywhere,
      world: 'ISOLATED',
      func: () => globalThis.sseLifelineRelay?.hasPage,
    });
    // Where there is a page script, a second one would hand over a port in vain, under the eyes of the page.
    const frameIds = bridges.filter(({ result }) => result === false).map(({ frameId }) => frameId);
    const enter = (frame: number) =>
      browser.scripting
        .executeScript({
          target: { tabId: tab, frameIds: [frame] },
          injectImmediately: true,
          files: [page],
          world: 'MAIN',
        })
        .catch(() => {}); // It went away meanwhile.
    await Promise.all(frameIds.map(enter));
    return true;
  } catch {
    return false;
  }
}
