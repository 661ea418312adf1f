import browser, { type Scripting } from 'webextension-polyfill';
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

type Target = Scripting.InjectionTarget;
/** [chrome] 106 and later know documents, of which each frame has one after the other; the polyfill's types do not. */
type Result = Scripting.InjectionResult & { documentId?: string };

const run = (target: Target, file: string, world: 'ISOLATED' | 'MAIN') =>
  browser.scripting.executeScript({ target, files: [file], world, injectImmediately: true });

/** Whether a document has a page script; null where there is not even a bridge. */
const look = (target: Target): Promise<Result[]> =>
  browser.scripting.executeScript({
    target,
    world: 'ISOLATED',
    injectImmediately: true,
    func: () => globalThis.sseLifelineRelay?.hasPage ?? null,
  });

/**
 * Did the user keep us out of what the tab shows? [chrome] A script would wait there until the extension's icon is clicked
 * (measured with 156), and nobody would be told. The URL of a tab is told to whoever may enter it.
 */
async function isWithheld(tab: number): Promise<boolean> {
  if (await browser.permissions.contains({ origins: ['<all_urls>'] })) return false;
  return (await browser.tabs.get(tab)).url === undefined;
}

/**
 * Puts both scripts into the documents that the tab shows already, and wakes the bridges that are there. False where
 * the browser does not let us: its own pages, its store, sites that the user has not allowed.
 */
export async function inject(tab: number): Promise<boolean> {
  try {
    if (await isWithheld(tab)) return false;
    await run({ tabId: tab, allFrames: true }, bridge, 'ISOLATED');
    return await enter(tab);
  } catch {
    return false;
  }
}

/** The same for the documents that have none, and leaves the others in peace. */
export async function enter(tab: number): Promise<boolean> {
  try {
    if (await isWithheld(tab)) return false;
    const found = await look({ tabId: tab, allFrames: true });
    await Promise.all(found.filter(({ result }) => result !== true).map((result) => enterDocument(tab, result)));
    return true;
  } catch {
    return false;
  }
}

async function enterDocument(tab: number, { frameId, documentId, result }: Result): Promise<void> {
  const target: Target = { tabId: tab, ...(documentId ? { documentIds: [documentId] } : { frameIds: [frameId] }) };
  try {
    if (result === null) await run(target, bridge, 'ISOLATED');
    // Where there is a page script, a second one would hand over a port in vain, under the eyes of the page. We may have
    // looked at a document that was about to get it by itself.
    const [now] = await look(target);
    if (now?.result === false) await run(target, page, 'MAIN');
  } catch {
    // It went away meanwhile.
  }
}
