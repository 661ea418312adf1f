import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { attemptsOf, expectTimesOf, WIDE } from './network-rows.ts';
import type { Panel, SourceRow } from './panel.ts';
import { type Inspected, type Stage, setStage } from './stage.ts';

const SCRIPT = { 'Content-Type': 'text/javascript' };

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(async () => {
  await stage.clear();
  stage.lab.clear();
});
afterAll(() => stage?.close());

/** Each says how a page of the lab comes to a stream of `url` that no script of ours can reach; and how it is ended. */
const READERS: Record<string, { start(url: string): string; end: string }> = {
  'a dedicated worker': {
    start(url) {
      stage.lab.serve('/dedicated.js', `new EventSource('${url}')`, SCRIPT);
      return `window.worker = new Worker('/dedicated.js')`;
    },
    end: 'worker.terminate()',
  },
  'a shared worker': {
    start(url) {
      const code = `const es = new EventSource('${url}'); onconnect = ({ ports: [p] }) => { p.onmessage = () => es.close(); }`;
      stage.lab.serve('/shared.js', code, SCRIPT);
      return `window.shared = new SharedWorker('/shared.js'); shared.port.start()`;
    },
    end: 'shared.port.postMessage(0)',
  },
  'a service worker': {
    start(url) {
      const code = `oninstall = () => skipWaiting(); const es = new EventSource('${url}'); onmessage = () => es.close()`;
      stage.lab.serve('/service.js', code, SCRIPT);
      return `window.registered = navigator.serviceWorker.register('/service.js').then(() => navigator.serviceWorker.ready)`;
    },
    end: 'registered.then(({ active }) => active.postMessage(0))',
  },
  'a script with fetch': {
    start: (url) => `window.stop = new AbortController();
      fetch('${url}', { signal: stop.signal }).then((response) => response.text()).catch(() => {})`,
    end: 'window.stop.abort()',
  },
  'a script with XHR': {
    start: (url) => `window.xhr = new XMLHttpRequest(); xhr.open('GET', '${url}'); xhr.send()`,
    end: 'xhr.abort()',
  },
};

const carriedBy = (rows: SourceRow[]) => rows.map(({ url, carried }) => [new URL(url).pathname, carried]);

describe('a stream that our scripts cannot reach', () => {
  test.each(Object.entries(READERS))('of %s is a row of the network', async (name, { start, end }) => {
    const { lab } = stage;
    const path = `/steady/${name.replaceAll(' ', '-')}`;
    const url = `${path}?every=50&retry=200`;
    const { panel, visit, page, errors } = await stage.inspect(WIDE);
    await visit(`<script>${start(url)}</script>`);
    const row = await panel.source(path, 'open');
    expect(row).toMatchObject({ url: lab.origin + url, carried: 'network' });
    const [first] = await attemptsOf(panel, row, 1);
    expect(first).toMatchObject({ status: '200', lastEventId: '', cause: '' });
    expectTimesOf(first, lab.connectionsTo(path)[0]);

    const button = `[data-source="${row.source}"] [data-testid=reset]`;
    const reset = await panel.$eval(button, (one) => [one.getAttribute('aria-disabled'), one.getAttribute('title')]);
    expect(reset).toEqual(['true', expect.stringContaining('cannot be reset')]);
    await panel.reset(row);

    await page.evaluate(`void (${end})`);
    await lab.when(() => lab.connectionsTo(path)[0]?.closed, 'its end');
    await panel.source(path, 'closed');
    // The click on its reset button did nothing.
    expect(lab.connectionsTo(path)).toHaveLength(1);
    expect(carriedBy(await panel.sources())).toEqual([[path, 'network']]);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test.each(Object.entries(READERS).slice(0, 3))('of %s comes back as the next attempt', async (name, { start }) => {
    const { lab } = stage;
    const path = `/steady/again-${name.split(' ').at(-2)}`;
    const { panel, visit } = await stage.inspect(WIDE);
    await visit(`<script>${start(`${path}?every=20&retry=300`)}</script>`);
    const row = await panel.source(path, 'open');
    await lab.when(() => (lab.connectionsTo(path)[0]?.sent ?? 0) > 5, 'events');
    lab.kick(path, 'reset');
    await lab.when(() => lab.connectionsTo(path).length === 2, 'the reconnect');
    await panel.source(path, 'open');
    const [first, second] = await attemptsOf(panel, row, 2);
    const [one, two] = lab.connectionsTo(path);
    expect(first).toMatchObject({ status: '200', cause: 'reset', outcome: 'reestablish' });
    expect(second).toMatchObject({ status: '200', lastEventId: two?.lastEventId, cause: '' });
    expect(Number(two?.lastEventId)).toBeGreaterThan(0);
    expectTimesOf(second, two, one);
    expect(await panel.sources()).toHaveLength(1);
  });

  test('of a worker fails as an EventSource does, with its status', async () => {
    const { panel, visit } = await stage.inspect(WIDE);
    await visit(`<script>${READERS['a dedicated worker']?.start('/status/503?type=text/event-stream')}</script>`);
    const row = await panel.source('/status/503', 'closed');
    expect(await attemptsOf(panel, row, 1)).toMatchObject([{ status: '503', cause: 'status', outcome: 'fail' }]);
  });
});

/** Notes every row of a source that is in the panel for as little as one frame. */
async function watchRows(panel: Panel): Promise<() => Promise<string[]>> {
  await panel.evaluate(() => {
    const seen = new Set<string>();
    const look = () => {
      for (const row of document.querySelectorAll<HTMLElement>('[data-testid=source]')) {
        const { url = '', carried = '' } = row.dataset;
        seen.add(`${new URL(url).pathname} ${carried}`);
      }
    };
    look();
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
    Object.assign(globalThis, { rowsSeen: seen });
  });
  return async () => ((await panel.evaluate('[...rowsSeen].sort()')) as string[]) ?? [];
}

/** A worker's stream that begins now is shown: whatever was going to be shown of what began before it is, too. */
async function afterAnother({ panel, page }: Inspected, path: string): Promise<void> {
  await page.evaluate(`void (${READERS['a dedicated worker']?.start(path)})`);
  await panel.source(path, 'open');
}

describe('a row of the network', () => {
  test('is not made for other requests, nor for what the page reads with an EventSource', async () => {
    const inspected = await stage.inspect(WIDE);
    const { panel, visit } = inspected;
    stage.lab.serve('/data.json', '{}', { 'Content-Type': 'application/json' });
    await visit('');
    const seen = await watchRows(panel);
    await inspected.page.evaluate(`void (() => {
      for (const url of ['/data.json', '/status/500', '/wrong-type/a', '/nowhere']) fetch(url);
      fetch('/data.json', { headers: { Accept: 'application/json, text/event-stream' } });
      new EventSource('/steady/mine');
      new Image().src = '/nowhere.png';
    })()`);
    await panel.source('/steady/mine', 'open');
    await afterAnother(inspected, '/steady/of-worker');
    expect(await seen()).toEqual(['/steady/mine native', '/steady/of-worker network']);
  });

  test.each(['native', 'managed'])(
    'does not show for a moment beside a %s source that comes, goes and is reset',
    async (mode) => {
      const inspected = await stage.inspect(WIDE);
      const { panel, visit, page } = inspected;
      const { lab } = stage;
      await panel.manageNew(mode === 'managed');
      await visit('');
      const seen = await watchRows(panel);
      // A third of its time the page is busy, in the moments that follow a request too.
      await page.evaluate(`window.busy = setInterval(() => {
      for (const end = performance.now() + 60; performance.now() < end; );
    }, 180)`);
      for (let round = 0; round < 4; round++) {
        const path = `/end/mine-${round}`;
        await page.evaluate(`void (window.es = new EventSource('${path}?retry=100&count=2&every=30'))`);
        await lab.when(() => lab.connectionsTo(path).length >= 3, 'reconnects');
        await panel.reset(await panel.source(path, 'open', 'waiting', 'connecting'));
        await lab.when(() => lab.connectionsTo(path).length >= 5, 'reconnects after a reset');
        await page.evaluate('es.close()');
        await panel.source(path, 'closed');
      }
      await afterAnother(inspected, '/steady/of-worker');
      expect((await seen()).filter((row) => row.includes('network'))).toEqual(['/steady/of-worker network']);
    },
  );

  test.each([
    ['after its start', ''],
    ['at its start', 'at once'],
  ])('does not show for a source of a page that is busy for seconds %s', async (_, atOnce) => {
    const inspected = await stage.inspect(WIDE);
    const { panel, visit, page } = inspected;
    const { lab } = stage;
    // The request is on its way when it begins, and nothing of ours is yet.
    const code = `for (let n = 0; n < 3; n++) new EventSource('/steady/busy-' + n);
      setTimeout(() => { for (const end = performance.now() + 2500; performance.now() < end; ); }, 5);`;
    const seen = await watchRows(panel);
    if (atOnce) await visit(`<script>${code}</script>`);
    else {
      await visit('');
      await page.evaluate(`void (() => {${code}})()`);
    }
    await lab.when(() => lab.connectionsTo('/steady/busy').length === 3, 'the requests');
    await panel.source('/steady/busy-2', 'open');
    await afterAnother(inspected, '/steady/of-worker');
    const mine = [0, 1, 2].map((n) => `/steady/busy-${n} native`);
    expect(await seen()).toEqual([...mine, '/steady/of-worker network']);
  });
});
