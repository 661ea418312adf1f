import { createGzip } from 'node:zlib';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Behaviour, Connection, Exchange } from '../lab/lab.ts';
import { type FirefoxExtension, firefoxExtension } from './firefox-extension.ts';
import { attemptsOf, WIDE } from './network-rows.ts';
import type { Panel, SourceRow } from './panel.ts';
import { type Stage, setStage, unbroken } from './stage.ts';
import { until } from './until.ts';

/** Only Firefox lets an extension end an answer in the network. */

/** What the streams ask for: more than the least that Firefox grants. */
const RETRY = 1000;
const NEAR = 900;
const SCRIPT = { 'Content-Type': 'text/javascript' };

let stage: Stage;
let extension: FirefoxExtension;
beforeAll(async () => {
  stage = await setStage();
  extension = await firefoxExtension(stage.browser);
});
beforeEach(() => extension.grantTap());
afterEach(async () => {
  await stage.clear();
  stage.lab.clear();
});
afterAll(() => stage?.close());

/** What a listener saw: type, readyState, isTrusted, whether its target is the source, lastEventId. */
type Seen = [type: string, readyState: number, isTrusted: boolean, isSame: boolean, id: string];

/** A script that makes a source anywhere, and tells the page of each event. */
const reading = (url: string) => `{
  const channel = new BroadcastChannel('${pathOf(url)}');
  const es = new EventSource('${url}');
  for (const type of ['open', 'error', 'message']) es.addEventListener(type, (event) =>
    channel.postMessage([type, es.readyState, event.isTrusted, event.target === es, event.lastEventId ?? '']));
}`;
/** Workers of other tests may live on: each path has a channel of its own. */
const noting = (path: string) => `<script>
  window.seen = [];
  new BroadcastChannel('${path}').onmessage = ({ data }) => seen.push(data);
</script>`;

/** Each gives the script by which a page comes to have a source of `url`. */
const READERS: Record<string, { carried: string; start(url: string): string }> = {
  'a document': { carried: 'native', start: reading },
  'a document of another origin': {
    carried: 'native',
    start: (url) => reading(`${stage.lab.twin}${url}&cors=1`),
  },
  'a dedicated worker': {
    carried: 'network',
    start(url) {
      stage.lab.serve('/dedicated.js', reading(url), SCRIPT);
      return `window.worker = new Worker('/dedicated.js')`;
    },
  },
  'a worker from a blob': {
    carried: 'network',
    start: (url) =>
      `window.worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(reading(stage.lab.origin + url))}])))`,
  },
  'a shared worker': {
    carried: 'network',
    start(url) {
      stage.lab.serve('/shared.js', reading(url), SCRIPT);
      return `window.shared = new SharedWorker('/shared.js')`;
    },
  },
  'a service worker': {
    carried: 'network',
    start(url) {
      stage.lab.serve('/service.js', `oninstall = () => skipWaiting(); ${reading(url)}`, SCRIPT);
      return `navigator.serviceWorker.register('/service.js')`;
    },
  },
};

const pathOf = (url: string) => new URL(url, 'http://any').pathname;
const seen = (page: Page) => page.evaluate('window.seen') as Promise<Seen[]>;
const idsOf = (trace: Seen[]) => trace.filter(([type]) => type === 'message').map(([, , , , id]) => Number(id));
const changesOf = (trace: Seen[]) => trace.filter(([type]) => type !== 'message');

/** How the row says that it can be reset: 'network', 'managed', or not at all. */
const kindOf = (panel: Panel, { source }: SourceRow): Promise<string> =>
  panel.evaluate(
    (key) => document.querySelector<HTMLElement>(`[data-source="${key}"] [data-testid=reset]`)?.dataset['reset'] ?? '',
    source,
  );
const hintOf = (panel: Panel, { source }: SourceRow): Promise<string> =>
  panel.evaluate(
    (key) => document.querySelector(`[data-source="${key}"] [data-testid=reset]`)?.getAttribute('title') ?? '',
    source,
  );
const kindIs = (panel: Panel, row: SourceRow, kind: string) =>
  until(async () => (await kindOf(panel, row)) === kind, `a reset that is ${kind || 'none'}`);

/** More events than there are now. */
async function goesOn(page: Page, more = 5): Promise<void> {
  const before = idsOf(await seen(page)).length;
  await until(async () => idsOf(await seen(page)).length >= before + more, `${more} more events`);
}

/** Names, order and values of a request's headers; of the last event ID, that there is one. */
const headersOf = (connection: Readonly<Connection> | undefined) =>
  Object.entries(connection?.headers ?? {}).map(([name, value]) => [name, name === 'last-event-id' ? 'some' : value]);

describe('a network reset', () => {
  test.each(Object.entries(READERS))('of %s is what a lost connection is', async (name, { carried, start }) => {
    const { lab } = stage;
    const path = `/counter/${name.replaceAll(' ', '-')}`;
    const { page, panel, visit, errors } = await stage.inspect();
    await visit(`${noting(path)}<script>${start(`${path}?every=20&retry=${RETRY}`)}</script>`);
    const row = await panel.source(path, 'open');
    expect(row.carried).toBe(carried);
    await goesOn(page);

    // First the server drops it, then the user.
    lab.kick(path, 'reset');
    await lab.when(() => lab.connectionsTo(path).length === 2, 'the reconnect after a real drop');
    await panel.source(path, 'open');
    await goesOn(page);
    await kindIs(panel, row, 'network');
    expect(await hintOf(panel, row)).toMatch(/^Network reset of .* The browser itself reconnects/);
    await panel.evaluate(() =>
      addEventListener('click', () => Object.assign(window, { clicked: Date.now() }), { capture: true }),
    );
    await panel.reset(row);
    await lab.when(() => lab.connectionsTo(path).length === 3, 'the reconnect after a reset');
    await panel.source(path, 'open');
    await goesOn(page);

    // The page: the same trusted events on the same object, nothing lost, nothing repeated.
    const trace = await seen(page);
    const open = ['open', 1, true, true, ''];
    const error = ['error', 0, true, true, ''];
    expect(changesOf(trace)).toEqual([open, error, open, error, open]);
    expect(idsOf(trace)).toEqual(unbroken(idsOf(trace)));

    // The server: a client that goes, and comes back as after the real drop, with the last id that the page saw.
    const [first, second, third] = lab.connectionsTo(path);
    expect(second?.closed?.by).toBe('client');
    const clicked = await panel.evaluate<[], number>('window.clicked');
    expect((second?.closed?.time ?? 0) - clicked).toBeLessThan(1000);
    expect(headersOf(third)).toEqual(headersOf(second));
    const ends = trace.flatMap(([type], index) => (type === 'error' ? [trace[index - 1]?.[4]] : []));
    expect([second?.lastEventId, third?.lastEventId]).toEqual(ends);
    const waits = [first, second].map((one, index) => {
      const next = [second, third][index];
      return (next?.time ?? 0) - (one?.closed?.time ?? 0);
    });
    // The reconnection time, and what a busy machine takes.
    for (const wait of waits) expect(Math.abs(wait - RETRY)).toBeLessThan(NEAR);

    // The panel: which was which.
    const attempts = await attemptsOf(panel, row, 3);
    expect(attempts).toMatchObject([
      { outcome: 'reestablish', cause: 'reset' },
      { outcome: 'reset', cause: 'forced-in-network', lastEventId: ends[0] },
      { outcome: 'open', cause: '', lastEventId: ends[1] },
    ]);
    expect((await panel.source(path, 'open')).carried).toBe(carried);
    expect(await panel.sources()).toHaveLength(1);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  /** What each attempt is answered with; the connection stays open. [firefox] Before the first byte, there is nothing to tap. */
  const MOMENTS: Record<string, Behaviour> = {
    'in the middle of an event': (exchange) => {
      greet(exchange);
      exchange.write('id: 77\ndata: half of it\ndat');
    },
    'in the middle of a character': (exchange) => {
      greet(exchange);
      exchange.response.write(Uint8Array.of(...new TextEncoder().encode('id: 77\ndata: '), 0xf0, 0x9f, 0x98));
    },
    'of a compressed stream': ({ response, attempt }) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'gzip' });
      const gzip = createGzip();
      gzip.pipe(response);
      gzip.write(`retry: ${RETRY}\nid: ${attempt}\ndata: a\n\n`);
      gzip.flush();
    },
  };
  const greet = (exchange: Exchange) => {
    exchange.open();
    exchange.write(`retry: ${RETRY}\nid: ${exchange.attempt}\ndata: a\n\n`);
  };

  test.each(Object.entries(MOMENTS))('%s is what a lost connection is', async (name, behaviour) => {
    const { lab } = stage;
    const path = `/moment/${name.replaceAll(' ', '-')}`;
    lab.behave(path, behaviour);
    const { page, panel, visit } = await stage.inspect();
    await visit(`${noting(path)}<script>${reading(path)}</script>`);
    const arrived = (count: number) => lab.when(() => lab.connectionsTo(path).length === count, `attempt ${count}`);
    const row = await panel.source(path, 'open', 'connecting');
    await kindIs(panel, row, 'network');
    lab.kick(path, 'reset');
    await arrived(2);
    await panel.source(path, 'open', 'connecting');
    await kindIs(panel, row, 'network');
    const before = (await seen(page)).length;
    await panel.reset(row);
    await arrived(3);
    await until(
      async () => (await seen(page)).some(([type], index) => type === 'open' && index > before),
      'open again',
    );
    await until(async () => (await seen(page)).at(-1)?.[0] === 'message', 'an event');

    // What came between two errors is the same, but for the id.
    const trace = (await seen(page)).map((one) => one.slice(0, 4).join(' '));
    const [first, second, ...rest] = trace.join('\n').split('error 0 true true');
    expect(rest).toHaveLength(1);
    expect(second?.trim()).toBe(first?.trim());
    const [, two, three] = lab.connectionsTo(path);
    expect(headersOf(three)).toEqual(headersOf(two));
    expect([two?.lastEventId, three?.lastEventId]).toEqual(['1', '2']);
    expect(await attemptsOf(panel, row, 3)).toMatchObject([
      { cause: 'reset' },
      { cause: 'forced-in-network' },
      { cause: '' },
    ]);
  });
});

/** A body whose chunks are broken: an EventSource of Firefox gives up, unless a filter has ended the body for it. */
function serveBroken(path: string): void {
  stage.lab.behave(path, ({ response }) => {
    const { socket } = response;
    socket?.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n');
    socket?.write('a\r\ndata: a\n\n\n\r\n');
    setTimeout(() => socket?.end('no size\r\n'), 200);
  });
}

describe('streams that are none of our business', () => {
  test('those of other tabs are not touched', async () => {
    const { page, panel, visit } = await stage.inspect();
    for (const path of ['/broken/here', '/broken/there']) serveBroken(path);
    await visit(`${noting('/broken/here')}<script>${reading('/broken/here')}</script>`);
    await panel.source('/broken/here', 'waiting', 'open');
    const other = await stage.browser.newPage();
    stage.lab.serve('/other', `${noting('/broken/there')}<script>${reading('/broken/there')}</script>`);
    await other.goto(`${stage.lab.origin}/other`);
    const last = async (one: Page) => (await seen(one)).at(-1)?.slice(0, 2);
    // (That tells them apart, so that the test tests something.)
    await until(
      async () => (await seen(page)).some(([type, state]) => type === 'error' && state === 0),
      'an error here',
    );
    await until(async () => `${await last(other)}` === 'error,2', 'the end there');
  });

  test.each([
    ['fetch', `fetch(URL, { headers: { Accept: 'text/event-stream' } }).then((answer) => answer.text())`],
    [
      'fetch, from no cache',
      `fetch(URL, { cache: 'no-store', headers: { Accept: 'text/event-stream' } }).then((answer) => answer.text())`,
    ],
    ['fetch, of anything', `fetch(URL).then((answer) => answer.text())`],
    [
      'XHR',
      `new Promise((done, fail) => {
        const request = new XMLHttpRequest();
        request.open('GET', URL);
        request.onload = done;
        request.onerror = () => fail(new Error('lost'));
        request.send();
      })`,
    ],
  ])('a script that reads a stream by %s learns that it was lost', async (_, code) => {
    const { lab } = stage;
    const { page, panel, visit } = await stage.inspect();
    await visit(`<script>
      const URL = '/steady/read?every=20';
      window.read = ${code}.then(() => 'complete', (error) => error.name);
    </script>`);
    const row = await panel.source('/steady/read', 'open');
    expect(await kindOf(panel, row)).toBe('');
    lab.kick('/steady/read', 'reset');
    expect(await page.evaluate('read')).toMatch(/Error$/);
  });
});

describe('without the tap', () => {
  const withStream = async (path: string) => {
    const inspected = await stage.inspect();
    await inspected.visit(`${noting(path)}<script>${reading(`${path}?every=20&retry=700`)}</script>`);
    const row = await inspected.panel.source(path, 'open');
    await goesOn(inspected.page);
    return { ...inspected, row };
  };
  /** What was tapped goes on as if nothing had been; what can be done is the managed reset. */
  const expectManagedReset = async ({ page, panel, row }: Awaited<ReturnType<typeof withStream>>, path: string) => {
    const { lab } = stage;
    await kindIs(panel, row, 'managed');
    expect(await hintOf(panel, row)).toMatch(/^Managed reset of .* SSE Lifeline makes the next ones/);
    await goesOn(page, 20);
    expect(changesOf(await seen(page))).toEqual([['open', 1, true, true, '']]);
    expect(lab.connectionsTo(path)).toHaveLength(1);
    await panel.reset(row);
    await lab.when(() => lab.connectionsTo(path).length === 2, 'the reconnect');
    await panel.source(path, 'open');
    await goesOn(page);
    const trace = await seen(page);
    expect(changesOf(trace).map(([type, state, isTrusted]) => [type, state, isTrusted])).toEqual([
      ['open', 1, true],
      ['error', 0, false],
      ['open', 1, false],
    ]);
    expect(idsOf(trace)).toEqual(unbroken(idsOf(trace)));
    const [first] = await attemptsOf(panel, row, 2);
    expect(first).toMatchObject({ outcome: 'reset', cause: 'forced' });
    expect((await panel.source(path, 'open')).carried).toBe('managed');
  };

  test('a reset is managed, as the user allows no other', async () => {
    await extension.revokeTap();
    const stream = await withStream('/counter/not-allowed');
    await expectManagedReset(stream, '/counter/not-allowed');
    expect([...stream.errors, ...(await stream.panel.thrown())]).toEqual([]);
  });

  test('a stream goes on when the user takes the permission back', async () => {
    const stream = await withStream('/counter/revoked');
    await kindIs(stream.panel, stream.row, 'network');
    await extension.revokeTap();
    await expectManagedReset(stream, '/counter/revoked');
  });

  test('a stream goes on when the background is ended, and the next connection is tapped again', async () => {
    const path = '/counter/ended';
    const stream = await withStream(path);
    const { page, panel, row } = stream;
    for (let round = 1; round <= 3; round++) {
      await kindIs(panel, row, 'network');
      await extension.endBackground();
      await kindIs(panel, row, 'managed');
      await goesOn(page, 20);
      expect(stage.lab.connectionsTo(path)).toHaveLength(round);
      stage.lab.kick(path, 'reset');
      await stage.lab.when(() => stage.lab.connectionsTo(path).length === round + 1, 'the reconnect');
      await panel.source(path, 'open');
      await goesOn(page);
    }
    await extension.endBackground();
    const trace = await seen(page);
    expect(idsOf(trace)).toEqual(unbroken(idsOf(trace)));
    expect(changesOf(trace)).toHaveLength(7);
    expect([...stream.errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('a stream goes on when the background is ended, and its reset is managed', async () => {
    const stream = await withStream('/counter/fallback');
    await kindIs(stream.panel, stream.row, 'network');
    await extension.endBackground();
    await expectManagedReset(stream, '/counter/fallback');
  });

  test('a stream goes on when DevTools is closed', async () => {
    const path = '/counter/left';
    const { page, panel, row } = await withStream(path);
    await kindIs(panel, row, 'network');
    await extension.closeDevtools();
    await goesOn(page, 20);
    const trace = await seen(page);
    expect(idsOf(trace)).toEqual(unbroken(idsOf(trace)));
    expect(changesOf(trace)).toHaveLength(1);
    expect(stage.lab.connectionsTo(path)).toHaveLength(1);
  });

  test('what the user allows holds for the next connection', async () => {
    const path = '/counter/allowed-later';
    await extension.revokeTap();
    const { page, panel, row } = await withStream(path);
    await kindIs(panel, row, 'managed');
    await extension.grantTap();
    stage.lab.kick(path, 'reset');
    await stage.lab.when(() => stage.lab.connectionsTo(path).length === 2, 'the reconnect');
    await kindIs(panel, row, 'network');
    await panel.reset(row);
    await stage.lab.when(() => stage.lab.connectionsTo(path).length === 3, 'the next reconnect');
    await goesOn(page);
    expect((await seen(page)).every(([, , isTrusted]) => isTrusted)).toBe(true);
  });
});

describe('Reset all', () => {
  test('resets in the network what it can, and the others as ever', async () => {
    const { lab } = stage;
    const { panel, visit, page } = await stage.inspect(WIDE);
    const start = READERS['a dedicated worker']?.start('/counter/all/worker?every=50&retry=600');
    await panel.manageNew(true);
    await visit('');
    await page.evaluate(`void new EventSource('/counter/all/managed?every=50&retry=600')`);
    await panel.source('/counter/all/managed', 'open');
    await panel.manageNew(false);
    await page.evaluate(`void new EventSource('/counter/all/native?every=50&retry=600')`);
    await page.evaluate(`void (${start})`);
    const worker = await panel.source('/counter/all/worker', 'open');
    const native = await panel.source('/counter/all/native', 'open');
    for (const row of [worker, native]) await kindIs(panel, row, 'network');
    const rows = await panel.sources();
    await panel.click('[data-testid=reset-all]');
    await lab.when(() => lab.connectionsTo('/counter/all/').length === 6, 'all reconnects');
    for (const row of rows) {
      await panel.source(new URL(row.url).pathname, 'open');
      const isManaged = row.url.includes('managed');
      expect((await attemptsOf(panel, row, 2))[0]).toMatchObject({
        outcome: 'reset',
        cause: isManaged ? 'forced' : 'forced-in-network',
      });
    }
  });
});
