import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { load } from './pages/packages.ts';
import type { PatchedPage } from './pages/patches.ts';
import type { Panel } from './panel.ts';
import { ids, unbroken } from './stage.ts';
import { until } from './until.ts';

/**
 * `watch(name, source)` notes under `traces[name]` what the listeners of that source saw, and under `handled[name]` what
 * its onmessage handler did.
 *
 * `isHooked()` tells whether our hook is in this document: by two functions that we replace, of which the page patches one
 * at most. Another realm shows their text without a name. (The document's own shows the same with us and without us.)
 *
 * `notePatches()` and then `arePatchesKept()` tell whether what the page put in since this script ran stays there.
 */
export const WATCH = `<script>{
  const { prototype } = EventSource;
  window.isHooked = () => {
    const frame = document.documentElement.appendChild(document.createElement('iframe'));
    const { toString } = frame.contentWindow.Function.prototype;
    frame.remove();
    // Browsers do not agree on the white space.
    const isOurs = (value) => toString.call(value).replace(/\\s+/g, ' ') === 'function () { [native code] }';
    return isOurs(prototype.constructor) || isOurs(EventTarget.prototype.addEventListener);
  };
  const values = () => [EventSource, prototype.close, prototype.addEventListener, EventTarget.prototype.addEventListener];
  const before = values();
  let patched;
  window.notePatches = () => { patched = values().map((value, index) => value === before[index] ? undefined : value); };
  window.arePatchesKept = () => values().every((value, index) => !patched[index] || value === patched[index]);
  window.traces = {};
  window.handled = {};
  window.watch = (name, es) => {
    const trace = (traces[name] = []);
    const byHandler = (handled[name] = []);
    es.onmessage = ({ lastEventId }) => byHandler.push(Number(lastEventId));
    for (const type of ['open', 'error']) es.addEventListener(type, () => trace.push(type + ' ' + es.readyState));
    es.addEventListener('message', ({ lastEventId }) => trace.push(Number(lastEventId)));
    const removed = () => trace.push('removed');
    es.addEventListener('message', removed);
    es.removeEventListener('message', removed);
    return (window[name] = es);
  };
}</script>`;

/** The body of a page with these patches; `before` comes before them. */
export const patchedBody = (lab: Lab, { packages, script }: PatchedPage, before = ''): string =>
  `${WATCH}${before}${load(lab, ...packages)}<script>{${script}\n}</script>`;

/** What the listeners of the source of this name saw. */
export const trace = (page: Page, name: string): Promise<(string | number)[]> =>
  page.evaluate(`traces.${name}`) as never;

/** Waits for more events. @throws if one is missing or came twice, to the listener or to the handler. */
export async function more(page: Page, name: string, count = 3): Promise<void> {
  const before = ids(await trace(page, name)).length;
  const handled = await until(async () => {
    const now = (await page.evaluate(`handled.${name}`)) as number[];
    return now.length >= before + count && now;
  }, `more events of ${name} in the page`);
  const heard = ids(await trace(page, name));
  for (const all of [heard, handled]) {
    if (all.join() !== unbroken(all).join()) throw new Error(`${name} saw ${all.join()}.`);
  }
  if (heard[0] !== handled[0]) throw new Error(`The listener of ${name} began at ${heard[0]}, the handler did not.`);
}

/**
 * Makes the page's one source of its own, resets it where the panel has it (`listed`), and checks that page, panel and
 * server go on as they should, and that the page's patch saw what it would see without us.
 */
export async function worksWhileInspected(
  { page, panel, lab }: { page: Page; panel: Panel; lab: Lab },
  { inForce }: PatchedPage,
  listed: boolean,
): Promise<void> {
  const path = '/counter/patched';
  await page.evaluate(`watch('es', make('${path}?every=50')), undefined`);
  await more(page, 'es');
  expect(await page.evaluate(inForce)).toBe(true);
  if (listed) {
    await panel.reset(await panel.source(path, 'open'));
    await lab.when(() => lab.connectionsTo(path).length === 2, 'the reconnect');
    await panel.source(path, 'open');
  }
  await more(page, 'es');
  const signs = (await trace(page, 'es')).filter((item) => typeof item === 'string');
  expect(signs).toEqual(listed ? ['open 1', 'error 0', 'open 1'] : ['open 1']);
  expect(await rowsOf(panel, path)).toHaveLength(listed ? 1 : 0);
  expect(lab.connectionsTo(path).filter(({ closed }) => !closed)).toHaveLength(1);
  expect(await page.evaluate(inForce)).toBe(true);
  expect(await panel.thrown()).toEqual([]);
}

/** Closes DevTools, and waits until our hook has stepped aside. */
export async function leave(page: Page, panel: Panel): Promise<void> {
  await panel.close();
  await until(async () => !(await page.evaluate('isHooked()')), 'the hook to step aside');
}

/** How many events the panel has of the source that is selected there: `allEventIds` names each id only once. */
export const eventCount = (panel: Panel): Promise<number> =>
  panel.$eval('#tab-events .number', (element) => Number(element.textContent?.replace(/\D/g, '')));

/** The rows of this path: one for each time that somebody recorded a source of it. */
export const rowsOf = async (panel: Panel, path: string) =>
  (await panel.sources()).filter(({ url }) => new URL(url).pathname === path);

/**
 * Makes a new native source in a page with DevTools open, and closes it again after some events. The panel has to have
 * it once, and each of its events once.
 */
export async function recordedOnce(page: Page, panel: Panel, name: string, make: string): Promise<void> {
  const path = `/counter/${name}`;
  await page.evaluate(`watch('${name}', ${make}('${path}?every=50')), undefined`);
  await panel.source(path, 'open');
  await more(page, name);
  await page.evaluate(`${name}.close()`);
  await panel.select(await panel.source(path, 'closed'));
  const seen = ids(await trace(page, name));
  const last = `${seen.at(-1)}`;
  await until(async () => (await panel.allEventIds()).includes(last), 'the last event in the panel');
  expect(await rowsOf(panel, path)).toHaveLength(1);
  expect(await eventCount(panel)).toBe(seen.length);
}
