import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER } from '../support/browser.ts';
import { chromium } from './driver-chromium.ts';
import { FirefoxChrome } from './firefox-chrome.ts';
import { firefoxExtension } from './firefox-extension.ts';
import { ids, type Stage, seen, setStage, unbroken, WITNESS } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

interface Rules {
  requestHeaders: number;
  responseHeaders: number;
}

/** [firefox] No page of the extension in DevTools may ask for them. */
const RULES = `(() => {
  const { ExtensionDNR } = ChromeUtils.importESModule('resource://gre/modules/ExtensionDNR.sys.mjs');
  const { extension } = WebExtensionPolicy.getByID('sse-lifeline@extension');
  const all = ExtensionDNR.getRuleManager(extension).getSessionRules();
  const count = (part) => all.filter(({ action }) => action[part]).length;
  return { requestHeaders: count('requestHeaders'), responseHeaders: count('responseHeaders') };
})()`;

/** Rules for requests that the extension has in force, as its own background tells, or the browser. */
async function rules(): Promise<Rules> {
  if (BROWSER === 'firefox') return (await FirefoxChrome.of(stage.browser)).evaluate(RULES) as Promise<Rules>;
  const { devtools } = chromium((await stage.inspect()).panel);
  const frame = devtools.frames().find((each) => each.url().includes('devtools.html'));
  const count = (part: string) =>
    frame?.evaluate(
      `chrome.declarativeNetRequest.getSessionRules().then((all) => all.filter(({ action }) => action.${part}).length)`,
    ) as Promise<number>;
  return { requestHeaders: await count('requestHeaders'), responseHeaders: await count('responseHeaders') };
}

describe('Manage new connections', () => {
  test('is in force before the first script of a document, in frames of any kind, with one request for each source', async () => {
    // [firefox] Frames of other origins are told in time for certain only with this.
    if (BROWSER === 'firefox') await (await firefoxExtension(stage.browser)).grantTap();
    const { panel, visit } = await stage.inspect();
    const { lab } = stage;
    await panel.manageNew(true);
    const make = (name: string) => `<script>new EventSource('${lab.origin}/steady/${name}?every=100&cors=1')</script>`;
    lab.serve('/managed-inner', make('m-same-origin'));
    lab.serve('/managed-twin', make('m-cross-origin'));
    lab.serve('/managed-sandboxed', make('m-sandboxed'));
    await visit(`${make('m-top')}
      <iframe src="/managed-inner"></iframe>
      <iframe src="${lab.twin}/managed-twin"></iframe>
      <iframe sandbox="allow-scripts" src="/managed-sandboxed"></iframe>
      <iframe srcdoc="${make('m-srcdoc').replaceAll('"', '&quot;')}"></iframe>`);
    for (const name of ['m-top', 'm-same-origin', 'm-cross-origin', 'm-sandboxed', 'm-srcdoc']) {
      const row = await panel.source(`/steady/${name}`, 'open');
      expect([name, row.carried]).toEqual([name, 'managed']);
      expect(lab.connectionsTo(`/steady/${name}`)).toHaveLength(1);
    }
    if (BROWSER === 'firefox') await (await firefoxExtension(stage.browser)).revokeTap();
  });

  test('is in force at once in a document that is there, ends when it is switched off, and with DevTools', async () => {
    const { panel, visit, page } = await stage.inspect();
    await visit('');
    await panel.manageNew(true);
    await page.evaluate(`void new EventSource('/steady/on')`);
    expect((await panel.source('/steady/on', 'open')).carried).toBe('managed');
    await panel.manageNew(false);
    await page.evaluate(`void new EventSource('/steady/off')`);
    expect((await panel.source('/steady/off', 'open')).carried).toBe('native');
    await panel.manageNew(true);
    expect((await rules()).responseHeaders).toBe(1);
    await panel.close();
    await until(async () => (await rules()).responseHeaders === 0, 'the rule to be gone');
  });

  test('shows a source that closes at once, and sends nothing for it', async () => {
    const { panel, visit, page } = await stage.inspect();
    await panel.manageNew(true);
    await visit(`<script>
      new EventSource('/steady/kept');
      for (let n = 0; n < 50; n++) new EventSource('/steady/closed-at-once').close();
    </script>`);
    await panel.source('/steady/closed-at-once', 'closed');
    await panel.source('/steady/kept', 'open');
    // A round trip that begins after all of them: what they had sent would be in the log by then.
    await page.evaluate(`fetch('/status/200').then((response) => response.text())`);
    expect(stage.lab.connectionsTo('/steady/closed-at-once')).toEqual([]);
    expect(stage.lab.connectionsTo('/steady/kept')).toHaveLength(1);
  });
});

describe('the back/forward cache', () => {
  test.each(['native', 'managed'])(
    'gives back a page whose %s source goes on (in Firefox, makes it anew): nothing lost, no request too many',
    async (carried) => {
      const { panel, page, errors } = await stage.inspect();
      const { lab } = stage;
      await panel.manageNew(carried === 'managed');
      const path = `/cached-${carried}`;
      // What says `no-store` is not kept by the cache.
      lab.behave(path, (exchange) => {
        exchange.response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        let id = Number(exchange.lastEventId);
        exchange.repeat(20, () => exchange.event(++id));
      });
      const document = `${WITNESS}<script>
        window.shown = [];
        onpageshow = ({ persisted }) => shown.push(persisted);
        watch(new EventSource('${path}'));
      </script>`;
      lab.serve(`/page${path}`, document, { 'Cache-Control': 'no-cache' });
      await page.goto(`${lab.origin}/page${path}`);
      expect((await panel.source(path, 'open')).carried).toBe(carried);
      await until(async () => ids(await seen(page)).length > 3, 'events');
      await page.goto(`${lab.origin}/nothing`);
      if (BROWSER === 'firefox') {
        // [firefox] Keeps no page whose source is open: it was left for good, and comes back anew.
        await lab.when(() => lab.connectionsTo(path)[0]?.closed, 'the end of the request');
        await page.goBack();
        expect((await panel.source(path, 'open')).carried).toBe(carried);
        expect(await page.evaluate('shown')).toEqual([false]);
        expect(lab.connectionsTo(path)).toHaveLength(2);
        expect([...errors, ...(await panel.thrown())]).toEqual([]);
        return;
      }
      const sent = () => lab.connectionsTo(path)[0]?.sent ?? 0;
      const before = sent();
      await lab.when(() => sent() > before + 10, 'events while the page is away');
      await page.goBack();
      expect(await page.evaluate('shown')).toEqual([false, true]);
      const count = ids(await seen(page)).length;
      await until(async () => ids(await seen(page)).length > count + 10, 'events after the return');
      const trace = await seen(page);
      expect(ids(trace)).toEqual(unbroken(ids(trace)));
      expect(trace.filter((item) => typeof item === 'string')).toEqual(['open 1']);
      expect(lab.connectionsTo(path)).toHaveLength(1);
      // The panel has all of it, and Reset reaches the page again.
      const row = await panel.source(path, 'open');
      await panel.reset(row);
      await lab.when(() => lab.connectionsTo(path).length === 2, 'the reconnect after a reset');
      expect([...errors, ...(await panel.thrown())]).toEqual([]);
    },
  );
});

describe('Last-Event-ID', () => {
  test('reaches another origin without a preflight; two sources on one URL do not mix; no rule is left', async () => {
    const { panel, visit, page } = await stage.inspect();
    const { lab } = stage;
    // Each attempt's answer has an id of its own, and ends.
    lab.behave('/own-id', (exchange) => {
      exchange.open();
      exchange.write(`retry: 50\nid: ${exchange.attempt} ünï\ndata: ${exchange.lastEventId}\n\n`);
      if (exchange.attempt <= 4) exchange.end();
    });
    await panel.manageNew(true);
    await visit(`${WITNESS}<script>
      for (const name of ['one', 'two']) {
        window[name] = [];
        new EventSource('${lab.twin}/own-id?cors=1').onmessage = ({ data, lastEventId, target }) => {
          window[name].push([data, lastEventId, target.url]);
        };
      }
    </script>`);
    await lab.when(() => lab.connectionsTo('/own-id').length === 6, 'both to come to rest');
    await until(async () => (await page.evaluate('one.length + two.length')) === 6, 'the last events');
    expect(lab.connectionsTo('/own-id').map(({ method }) => method)).toEqual(Array(6).fill('GET'));
    for (const name of ['one', 'two']) {
      const trace = (await page.evaluate(name)) as [string, string, string][];
      // What each was sent as its last event ID is what its event before had.
      expect(trace.map(([data]) => data)).toEqual(['', ...trace.slice(0, -1).map(([, id]) => id)]);
      expect(new Set(trace.map(([, , url]) => url))).toEqual(new Set([`${lab.twin}/own-id?cors=1`]));
    }
    await until(async () => (await rules()).requestHeaders === 0, 'no rule to be left');
    expect(await seen(page)).toEqual([]);
  });
});
