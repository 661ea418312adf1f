import type { Page } from 'puppeteer-core';
import type { Fault } from '../../src/protocol/command.ts';
import { keepSession } from '../bench/in-panel.ts';
import { awayAndBack } from '../e2e/devtools-view.ts';
import type { ChromiumPanel } from '../e2e/driver-chromium.ts';
import { until } from '../e2e/until.ts';
import type { Lab } from '../lab/lab.ts';
import { type Filling, fillLog } from './full-log.ts';

export interface Set {
  page: Page;
  panel: ChromiumPanel;
  lab: Lab;
}

const MINUTE = 60_000;

/** What the panel has to show, by name: each resolves when it shows it. */
export const STATES: Record<string, (set: Set) => Promise<void>> = {
  /** Nothing yet. */
  empty: async () => {},

  /** The demo page's three streams, one of which was reset. */
  async demo({ page, panel, lab }) {
    const stream = '/counter/browser';
    const sent = () => lab.connectionsTo(stream).at(-1)?.sent ?? 0;
    await page.goto(`${lab.origin}/`);
    const row = await panel.source(stream, 'open');
    await panel.select(row);
    await lab.when(() => sent() >= 8, 'some events before the reset');
    await panel.reset(row);
    await panel.source(stream, 'waiting');
    await panel.source(stream, 'open');
    await lab.when(() => sent() >= 20, 'events after the reset');
    await away(panel);
  },

  /** Every way to fail that the lab has, beside streams that live. */
  async errors({ page, panel, lab }) {
    const url = (path: string) => `listen(new EventSource('${path}'));`;
    lab.serve(
      '/failures',
      `<!doctype html><title>failures</title><script>
        const listen = (source) => ['message', 'tick'].forEach((type) => source.addEventListener(type, () => {}));
        ${url('/named/prices?types=tick,trade&every=200')}
        ${url('/rst/orders?count=6&every=150&retry=1500')}
        ${url('/end/news?count=4&every=200&retry=2500')}
        ${url('/cut/alerts?count=5&every=150&retry=60000')}
        ${url('/status/503')}
        ${url('/wrong-type/page')}
        ${url(`${lab.twin}/steady/foreign?cors=none`)}
        ${url('/slow-headers/reports?ms=60000')}
      </script>`,
    );
    await page.goto(`${lab.origin}/failures`);
    await panel.source('/cut/alerts', 'waiting');
    await panel.source('/status/503', 'closed');
    await panel.source('/wrong-type/page', 'closed');
    const attempts = async (count: number) => (await panel.attempts()).length >= count;
    await panel.select(await panel.source('/rst/orders'));
    await until(() => attempts(4), 'some attempts of a stream that breaks');
    await away(panel);
  },

  /** Five hundred sources. */
  sources: (set) =>
    fill(set, { sources: 500, events: 60, took: 10 * MINUTE, drops: 1, restarted: true, gaveUpEvery: 25 }),

  /** The server was started anew, and all came back at once. */
  storm: (set) =>
    fill(set, { sources: 14, events: 260, took: 1.5 * MINUTE, drops: 1, restarted: true, gaveUpEvery: 7 }),

  /** As many events as the log holds. */
  million: (set) =>
    fill(set, { sources: 3, events: 332_000, took: 60 * MINUTE, drops: 40, restarted: true, gaveUpEvery: 9 }),

  /** A filter that some events pass. */
  async filter(set) {
    await fill(set, { sources: 6, events: 900, took: 3 * MINUTE, drops: 2, restarted: true, gaveUpEvery: 6 });
    await set.panel.click('[data-testid=filter]');
    await set.panel.keyboard.type('brisbane acme');
    await rendered(set.panel);
  },

  /** Faults in force: one on a stream, two on another, one that is over; an answer that we gave, and a refusal. */
  async faults({ page, panel, lab }) {
    const url = (path: string) => `listen(new EventSource('${path}'));`;
    lab.serve(
      '/broken',
      `<!doctype html><title>broken</title><script>
        const listen = (source) => ['message', 'tick'].forEach((type) => source.addEventListener(type, () => {}));
        ${url('/counter/orders?every=150&retry=700')}
        ${url('/named/prices?types=tick,trade&every=200')}
        ${url('/counter/news?every=250&retry=700')}
        ${url('/counter/alerts?every=250&retry=700')}
      </script>`,
    );
    await panel.evaluate(keepSession);
    await awayAndBack(panel);
    await until(() => panel.evaluate(() => window.benched !== undefined), 'the session');
    await page.goto(`${lab.origin}/broken`);
    for (const path of ['/counter/orders', '/named/prices', '/counter/news', '/counter/alerts']) {
      await panel.source(path, 'open');
    }
    const put = (path: string, fault: Fault, options: { times?: number } = {}) =>
      panel.evaluate(
        (on, what, how) => {
          const source = window.benched?.log.sources.find(({ url: whole }) => whole.includes(on));
          if (source) window.benched?.faults.put(what, { type: 'source', source }, how);
        },
        path,
        fault,
        options,
      );
    await put('/counter/orders', { type: 'delay', delay: 300, jitter: 100 });
    await put('/named/prices', { type: 'drop', probability: 0.3 });
    await put('/counter/news', { type: 'refuse' }, { times: 2 });
    await put('/counter/alerts', { type: 'respond', status: 503, contentType: 'text/html' }, { times: 1 });
    await panel.source('/counter/alerts', 'closed');
    await until(async () => (await lab.connectionsTo('/named/prices')).length >= 2, 'a managed connection');
    await put('/named/prices', { type: 'throttle', rate: 2000 });
    await panel.source('/counter/news', 'open');
    await lab.when(() => (lab.connectionsTo('/counter/orders').at(-1)?.sent ?? 0) >= 20, 'some events');
    await panel.select(await panel.source('/counter/news'));
    await away(panel);
  },

  /** The headers of a request and its answer. */
  async headers({ page, panel, lab }) {
    lab.serve(
      '/headers',
      `<!doctype html><script>for (const path of ['/counter/a', '/steady/b']) new EventSource(path).onmessage = () => {};</script>`,
    );
    await page.goto(`${lab.origin}/headers`);
    const row = await panel.source('/counter/a', 'open');
    await lab.when(() => (lab.connectionsTo('/counter/a').at(-1)?.sent ?? 0) >= 3, 'some events');
    await panel.reset(row);
    await panel.source('/counter/a', 'waiting');
    await panel.source('/counter/a', 'open');
    await panel.click('#tab-headers');
    await away(panel);
  },

  /** An event, read as JSON. */
  async detail(set) {
    await fill(set, { sources: 4, events: 300, took: MINUTE, drops: 1, restarted: false, gaveUpEvery: 9 });
    const rows = await set.panel.frame.$$('[data-testid=event]');
    await rows.at(-4)?.click();
    await rendered(set.panel);
  },
};

/** Puts what happened into the log itself: it would take too long to happen. */
async function fill({ page, panel }: Set, filling: Filling): Promise<void> {
  await panel.evaluate(keepSession);
  await awayAndBack(panel);
  await until(() => panel.evaluate(() => window.benched !== undefined), 'the session');
  // The page's own document must not come back: the tab can show one only.
  await page.goto('about:blank');
  await panel.evaluate(`(${fillLog})(benched, ${JSON.stringify(filling)})`);
  await panel.toFront();
  await until(async () => (await panel.sources()).length > 0, 'the sources in the panel');
  // All of the session.
  await panel.focus('[data-testid=timeline] [role=application]');
  await panel.keyboard.press('0');
  await panel.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await away(panel);
}

/** The pointer points at nothing of interest. */
async function away(panel: ChromiumPanel): Promise<void> {
  await panel.toFront();
  await panel.frame.hover('[data-testid=status]');
  await rendered(panel);
}

const rendered = (panel: ChromiumPanel) =>
  panel.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
