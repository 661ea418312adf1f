import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openDevtools, recordedIds } from './devtools-view.ts';
import type { Panel } from './panel.ts';
import { ids, type Stage, seen, setStage, unbroken, WITNESS } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const paths = async (panel: Panel) => (await panel.sources()).map(({ url }) => new URL(url).pathname).sort();

const events = async (page: Page, more = 5) => {
  const count = ids(await seen(page)).length;
  await until(async () => ids(await seen(page)).length > count + more, 'more events');
};

describe('DevTools', () => {
  test('whose SSE tab is shown late has all that happened since it was opened', async () => {
    const { browser, lab } = stage;
    const page = await browser.newPage();
    await page.goto(`${lab.origin}/nothing`);
    const devtools = await openDevtools(page);
    lab.serve(
      '/early',
      `<!doctype html>${WITNESS}<script>window.es = watch(new EventSource('/counter/early?every=20'))</script>`,
    );
    await page.goto(`${lab.origin}/early`);
    await events(page, 20);
    expect(await devtools.hasPanel()).toBe(false);
    const panel = await stage.openPanel(page);
    expect(await devtools.isOf(panel)).toBe(true);
    const row = await panel.source('/counter/early', 'open');
    await panel.select(row);
    await page.evaluate('es.close()');
    await panel.source('/counter/early', 'closed');
    const received = ids(await seen(page));
    expect(received).toEqual(unbroken(received));
    expect((await recordedIds(panel, '/counter/early')).map(Number)).toEqual(received);
  });

  test('that is closed and opened again lists new sources, not those from before; one that was reset goes on', async () => {
    const { lab } = stage;
    const { page, panel, visit, errors } = await stage.inspect();
    await visit(`${WITNESS}<script>
      window.native = watch(new EventSource('/counter/native?every=50&retry=300'));
      window.managed = new EventSource('/counter/managed?every=50&retry=300');
    </script>`);
    await panel.source('/counter/native', 'open');
    await panel.reset(await panel.source('/counter/managed', 'open'));
    await lab.when(() => lab.connectionsTo('/counter/managed').length === 2, 'the reconnect');
    await panel.close();

    const again = await stage.openPanel(page);
    expect(await again.sources()).toEqual([]);
    await page.evaluate(`window.fresh = new EventSource('/counter/fresh?every=50&retry=300'), undefined`);
    await again.reset(await again.source('/counter/fresh', 'open'));
    await lab.when(() => lab.connectionsTo('/counter/fresh').length === 2, 'the reconnect');
    await events(page);
    expect(await paths(again)).toEqual(['/counter/fresh']);
    // The connection that was ours keeps its own way to the background: the header reaches the server.
    lab.kick('/counter/managed', 'reset');
    await lab.when(() => lab.connectionsTo('/counter/managed').length === 3, 'its next reconnect');
    expect(Number(lab.connectionsTo('/counter/managed')[2]?.lastEventId)).toBeGreaterThan(0);
    await page.evaluate('native.close(), managed.close(), fresh.close()');
    await lab.when(() => lab.connectionsTo('/counter').every(({ closed }) => closed), 'the end of all requests');
    expect(await page.evaluate('[native.readyState, managed.readyState, fresh.readyState]')).toEqual([2, 2, 2]);
    expect(ids(await seen(page))).toEqual(unbroken(ids(await seen(page))));
    expect([...errors, ...(await again.thrown())]).toEqual([]);
  });

  test('that was opened after a page went into the back/forward cache enters that page when it comes back', async () => {
    const { browser, lab } = stage;
    // [chrome] It empties the cache when an extension begins to observe requests: the first DevTools does that.
    await stage.inspect();
    const body = `<!doctype html><iframe src="/framed"></iframe><script>
      window.shown = [];
      onpageshow = ({ persisted }) => shown.push(persisted);
    </script>`;
    for (const path of ['/cached', '/framed'])
      lab.serve(path, path === '/cached' ? body : '', { 'Cache-Control': 'no-cache' });
    const page = await browser.newPage();
    await page.goto(`${lab.origin}/cached`);
    await page.goto(`${lab.origin}/nothing`);
    const panel = await stage.openPanel(page);
    // (puppeteer's own goBack waits for a load, which no page from the cache has.)
    await page.evaluate('setTimeout(() => history.back())');
    await until(async () => isDeepStrictEqual(await page.evaluate('window.shown'), [false, true]), 'the cached page');
    // It takes a message to the background until the scripts are in; what is made before that is not seen.
    for (const [path, view] of [
      ['/steady/returned', 'window'],
      ['/steady/in-frame', 'frames[0]'],
    ] as const) {
      await panel.toFront();
      const make = `(window.last?.close(), window.last = new ${view}.EventSource('${path}'), undefined)`;
      await until(async () => {
        await page.evaluate(make);
        return (await panel.sources()).some(({ url }) => new URL(url).pathname === path);
      }, `a source ${path} in the panel`);
    }
    await page.evaluate('last.close()');
    expect(await panel.thrown()).toEqual([]);
  });
});

describe('the log', () => {
  test('has the sources of the document that the tab shows, after navigations and reloads in quick succession', async () => {
    const { lab } = stage;
    const { page, panel, errors } = await stage.inspect();
    lab.clear();
    const body = (name: string) =>
      `<!doctype html>${WITNESS}<script>watch(new EventSource('/counter/${name}?every=10'))</script>`;
    for (const name of ['one', 'two']) lab.serve(`/${name}`, body(name));
    await page.goto(`${lab.origin}/one`);
    await panel.source('/counter/one', 'open');
    await page.goto(`${lab.origin}/two`);
    await panel.source('/counter/two', 'open');
    expect(await paths(panel)).toEqual(['/counter/two']);
    // Hellos, farewells and last entries of many documents race.
    for (let round = 0; round < 5; round++) {
      const steps = [
        () => page.goto(`${lab.origin}/one`),
        () => page.reload(),
        () => page.goto(`${lab.origin}/two`),
        () => page.reload(),
      ];
      for (const [index, step] of steps.entries()) {
        await step();
        // A request of a document that goes before it is on its way never is.
        const count = 2 + 4 * round + index + 1;
        await lab.when(() => lab.connectionsTo('/counter').length === count, `request ${count}`);
      }
    }
    await panel.source('/counter/two', 'open');
    await until(async () => (await seen(page)).length > 20, 'events');
    expect(await paths(panel)).toEqual(['/counter/two']);
    // All of the last document, from its first event on, and nothing of those before.
    await page.evaluate('stop()');
    const received = ids(await seen(page));
    await panel.source('/counter/two', 'closed');
    expect((await recordedIds(panel, '/counter/two')).map(Number)).toEqual(received);
    expect(lab.connectionsTo('/counter')).toHaveLength(22);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('is that of one tab: the same page in two tabs, two DevTools, and a reset in one of them', async () => {
    const { lab } = stage;
    lab.serve(
      '/same',
      `<!doctype html>${WITNESS}<script>watch(new EventSource('/counter/same?every=50&retry=300&tab=' + name))</script>`,
    );
    const tabs = [await stage.inspect(), await stage.inspect()] as const;
    for (const [index, { page }] of tabs.entries()) {
      await page.evaluate(`name = 'tab${index}'`);
      await page.goto(`${lab.origin}/same`);
    }
    const urls = async (panel: Panel) => (await panel.sources()).map(({ url }) => new URL(url).searchParams.get('tab'));
    for (const [index, { panel }] of tabs.entries()) {
      await panel.source('/counter/same', 'open');
      expect(await urls(panel)).toEqual([`tab${index}`]);
    }
    const [first, second] = tabs;
    await first.panel.reset(await first.panel.source('/counter/same', 'open'));
    await lab.when(() => lab.connectionsTo('/counter/same').length === 3, 'the reconnect');
    expect(lab.connectionsTo('/counter/same').map(({ url }) => url.includes('tab0'))).toEqual([true, false, true]);
    // One DevTools closes: the other's tab stays inspected.
    await first.panel.close();
    const before = await second.panel.source('/counter/same', 'open');
    await second.page.reload();
    const fresh = await second.panel.sourceAfter(before, 'open');
    await second.panel.reset(fresh);
    await lab.when(() => lab.connectionsTo('/counter/same').length === 5, 'the reconnect in the other tab');
    expect(await urls(second.panel)).toEqual(['tab1']);
    expect([...first.errors, ...second.errors, ...(await second.panel.thrown())]).toEqual([]);
  });
});
