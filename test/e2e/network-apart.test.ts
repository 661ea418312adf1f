import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { find } from '../../scripts/browsers.mjs';
import { BROWSER } from '../support/browser.ts';
import { attemptsOf } from './network-rows.ts';
import { launch, type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(async () => {
  await stage.clear();
  stage.lab.clear();
});
afterAll(() => stage?.close());

describe('two tabs', () => {
  test('with one URL: each panel has the attempts of its own tab, and the workers of its own', async () => {
    const { lab } = stage;
    const NAMES = ['one', 'two'];
    const worker = (path: string) => {
      const script = `${path}.js`;
      lab.serve(script, `new EventSource('${path}')`, { 'Content-Type': 'text/javascript' });
      return `new Worker('${script}')`;
    };
    const tabs = [];
    // Both DevTools are open before anything is asked for: what each is told of does not depend on which came first.
    for (const name of NAMES) tabs.push({ name, ...(await stage.inspect()) });
    for (const { name, panel, visit } of tabs) {
      await visit(`<script>new EventSource('/silence/both?retry=200'); ${worker(`/silence/worker-${name}`)}</script>`);
      await panel.source('/silence/both', 'open');
      await panel.source(`/silence/worker-${name}`, 'open');
    }
    // Only the first one's ends, and comes back.
    const [first] = lab.connectionsTo('/silence/both');
    lab.kick(first?.id ?? 0, 'reset');
    await lab.when(() => lab.connectionsTo('/silence/both').length === 3, 'the reconnect');
    for (const { name, panel } of tabs) {
      const row = await panel.source('/silence/both', 'open');
      const attempts = await attemptsOf(panel, row, name === 'one' ? 2 : 1);
      expect(attempts.map(({ status }) => status)).toEqual(attempts.map(() => '200'));
      const shown = (await panel.sources()).map(({ url, carried }) => `${new URL(url).pathname} ${carried}`);
      // [firefox] Names no tab with the requests of any worker: each is of all tabs that show its origin.
      const workers = BROWSER === 'firefox' ? NAMES : [name];
      expect(shown.sort()).toEqual(['/silence/both native', ...workers.map((one) => `/silence/worker-${one} network`)]);
    }
  });
});

test('a worker is of no tab that shows another origin', async () => {
  const { lab } = stage;
  lab.serve('/apart.js', `new EventSource('/silence/apart')`, { 'Content-Type': 'text/javascript' });
  lab.serve('/other-origin', `<!doctype html><script>new EventSource('/silence/other')</script>`);
  const other = await stage.inspect();
  await other.page.goto(`${lab.twin}/other-origin`);
  await other.panel.source('/silence/other', 'open');
  const { panel, visit } = await stage.inspect();
  await visit(`<script>new Worker('/apart.js')</script>`);
  await panel.source('/silence/apart', 'open');
  // Whatever was told of the worker has been told when the other tab's next stream is there.
  await other.page.evaluate(`void new EventSource('/silence/after')`);
  await other.panel.source('/silence/after', 'open');
  const shown = (await other.panel.sources()).map(({ url }) => new URL(url).pathname);
  expect(shown).toEqual(['/silence/other', '/silence/after']);
});

/** What a page of the lab asks for: a native source of the other origin, and of its own, each with one reconnect. */
async function requestsOf(page: Page, go: (body: string) => Promise<unknown>): Promise<unknown[]> {
  const { lab } = stage;
  lab.clear();
  await go(
    `<script>for (const origin of ['', '${lab.twin}']) new EventSource(origin + '/end/same?cors=1&retry=50&count=1');</script>`,
  );
  await lab.when(() => lab.connectionsTo('/end/same').length >= 4, 'both to come back');
  await page.goto('about:blank');
  const all = lab.connectionsTo('/end/same').map(({ method, url, headers }) => ({ method, url, headers }));
  // Two sources in turn: the first two attempts of each.
  const of = (origin: string) => all.filter(({ url }) => url.startsWith(origin)).slice(0, 2);
  const preflights = lab.connections.filter(({ method }) => method === 'OPTIONS');
  return [...of(lab.origin), ...of(lab.twin), ...preflights].map(({ method, url, headers }) => {
    const { referer, ...others } = headers;
    return { method, url, headers: others };
  });
}

test('to watch the headers changes none of them, and asks no preflight: the server sees what it sees without us', async () => {
  const { lab } = stage;
  const executablePath = find(BROWSER);
  if (!executablePath) throw new Error(`There is no ${BROWSER} here.`);
  const plain: Browser = await launch({ executablePath, headless: true });
  try {
    const page = await plain.newPage();
    const native = await requestsOf(page, (body) => {
      lab.serve('/native', `<!doctype html>${body}`);
      return page.goto(`${lab.origin}/native`);
    });
    expect(native).toHaveLength(4);
    const inspected = await stage.inspect();
    const watched = await requestsOf(inspected.page, inspected.visit);
    expect(watched).toEqual(native);
    // It was watched: the panel has what was sent.
    await inspected.visit(`<script>new EventSource('${lab.twin}/steady/watched?cors=1')</script>`);
    const [attempt] = await attemptsOf(inspected.panel, await inspected.panel.source('/steady/watched', 'open'), 1);
    expect(attempt?.status).toBe('200');
  } finally {
    await plain.close();
  }
});
