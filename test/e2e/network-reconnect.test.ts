import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Exchange } from '../lab/lab.ts';
import { BROWSER } from '../support/browser.ts';
import { attemptsOf, expectTimesOf, rowsOf, shownAttempts, timesOf, WIDE } from './network-rows.ts';
import { type Stage, setStage, WITNESS } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

/** The first answer ends with `block` as the last that it said; those after it wait for `release`, and stay. */
function lapse(path: string, block: string) {
  let wasReleased = false;
  let waiting: Exchange | undefined;
  const answer = (exchange: Exchange) => {
    exchange.open();
    exchange.event(100);
  };
  stage.lab.behave(path, (exchange) => {
    if (exchange.attempt === 1) {
      exchange.open();
      exchange.write(`retry: 400\nid: 7\ndata: seven\n\n${block}`);
      // The pause lets the page read it.
      exchange.after(100, () => exchange.end());
    } else if (wasReleased) answer(exchange);
    else waiting = exchange;
  });
  return {
    release() {
      wasReleased = true;
      if (waiting) answer(waiting);
    },
  };
}

/** What the browsers' own sources do, as the server sees it. */
const NATIVE = {
  chromium: { setWithoutData: 'nobody-saw-it', takenBack: '', redirectsAsked: 1 },
  // [firefox] An id in a block without data is no id, and a reconnect goes where the first attempt went.
  firefox: { setWithoutData: '7', takenBack: '7', redirectsAsked: 2 },
} as const;
const native = NATIVE[BROWSER];

describe("the browser's own reconnect", () => {
  test('is shown when it is made, and not when it is answered: connecting, with the id that was sent', async () => {
    const { lab } = stage;
    const { release } = lapse('/silent-then', '');
    const { panel, visit, page, errors } = await stage.inspect(WIDE);
    await visit(`${WITNESS}<script>watch(new EventSource('/silent-then'))</script>`);
    await panel.select(await panel.source('/silent-then', 'waiting', 'connecting'));
    await lab.when(() => lab.connectionsTo('/silent-then').length === 2, 'the reconnect');
    await panel.source('/silent-then', 'connecting');
    const [, pending] = await shownAttempts(panel, 2);
    expect(pending).toMatchObject({ lastEventId: '7', status: '', cause: '' });
    // The page was told nothing since the end of the first attempt.
    expect(await page.evaluate('seen')).toEqual(['open 1', 7, 'error 0']);
    const silent = Date.now();
    release();
    await panel.source('/silent-then', 'open');
    const [first, second] = await shownAttempts(panel, 2);
    expect(first).toMatchObject({ lastEventId: '', status: '200', cause: 'end' });
    expect(second).toMatchObject({ lastEventId: '7', status: '200', cause: '' });
    const [one, two] = lab.connectionsTo('/silent-then');
    expect(two?.headers['last-event-id']).toBe('7');
    expectTimesOf(second, two, one);
    expect(timesOf(second).ttfb).toBeGreaterThanOrEqual(Math.floor(silent - (two?.time ?? 0)));
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test.each([
    ['set by a block without data', 'id: nobody-saw-it\n\n', native.setWithoutData],
    ['outside of ASCII', 'id: ünï 日本\ndata: x\n\n', 'ünï 日本'],
    ['with blanks around it', 'id:   wide  \ndata: x\n\n', 'wide'],
    ['taken back in a block without data', 'id\n\n', native.takenBack],
    ['taken back', 'id\ndata: x\n\n', ''],
  ])('shows the id that was really sent: %s', async (_, block, id) => {
    const { lab } = stage;
    lapse('/id', block).release();
    const { panel, visit } = await stage.inspect(WIDE);
    lab.clear();
    await visit(`<script>new EventSource('/id')</script>`);
    await lab.when(() => lab.connectionsTo('/id').length === 2, 'the reconnect');
    expect(lab.connectionsTo('/id')[1]?.lastEventId ?? '').toBe(id);
    await panel.select(await panel.source('/id', 'open'));
    expect((await shownAttempts(panel, 2)).map(({ lastEventId }) => lastEventId)).toEqual(['', id]);
  });

  test('goes to where a redirect led, or through it again, and is an attempt of the same source', async () => {
    const { lab } = stage;
    lapse('/led-to', '').release();
    const { panel, visit } = await stage.inspect(WIDE);
    await visit(`<script>new EventSource('/redirect/307?to=/led-to')</script>`);
    await lab.when(() => lab.connectionsTo('/led-to').length === 2, 'the reconnect');
    await panel.select(await panel.source('/redirect/307', 'open'));
    const attempts = await until(async () => {
      const rows = await shownAttempts(panel, 2);
      return rows[1]?.status === '200' && rows;
    }, 'the status of the reconnect');
    expect(lab.connectionsTo('/redirect')).toHaveLength(native.redirectsAsked);
    expect(attempts.map(({ lastEventId, status, cause }) => [lastEventId, status, cause])).toEqual([
      ['', '200', 'end'],
      ['7', '200', ''],
    ]);
    const [, two] = lab.connectionsTo('/led-to');
    expectTimesOf(attempts[1], two, lab.connectionsTo('/led-to')[0]);
    expect((await panel.sources()).map(({ carried }) => carried)).toEqual(['native']);
  });
});

/** Each answer has an id of its own, tells with what it was asked, and ends, but for the last two. */
function ownIds(path: string) {
  stage.lab.behave(path, (exchange) => {
    exchange.open();
    exchange.write(`retry: 60\nid: of-${exchange.attempt}\ndata: ${exchange.lastEventId}\n\n`);
    // Each its own time, so that they overtake each other.
    if (exchange.attempt <= 6) exchange.after(30 + 25 * (exchange.attempt % 3), () => exchange.end());
  });
}

/** With what each source was asked for, in the order of construction, as its page saw it. */
const TOLD = `<script>
  window.told = [];
  window.make = (url) => {
    const ids = [];
    told.push(ids);
    new EventSource(url).onmessage = ({ data }) => ids.push(data);
  };
</script>`;

describe('sources with one URL', () => {
  test.each(['native', 'managed'])(
    'in one document, and of another origin: each with its own ids (%s)',
    async (mode) => {
      const { lab } = stage;
      const path = `/own-${mode}`;
      ownIds(path);
      const { panel, visit, page } = await stage.inspect(WIDE);
      await panel.manageNew(mode === 'managed');
      await visit(`${TOLD}<script>for (let n = 0; n < 2; n++) make('${lab.twin}${path}?cors=1')</script>`);
      await lab.when(() => lab.connectionsTo(path).length === 8, 'both to come to rest');
      await until(async () => (await page.evaluate('told.flat().length')) === 8, 'the last events');
      const told = (await page.evaluate('told')) as string[][];
      const rows = await rowsOf(panel, path, 2);
      for (const [index, row] of rows.entries()) {
        const ids = told[index] ?? [];
        const attempts = await attemptsOf(panel, row, ids.length);
        expect(attempts.map(({ lastEventId }) => lastEventId)).toEqual(ids);
        expect(attempts.map(({ status }) => status)).toEqual(ids.map(() => '200'));
      }
      expect(lab.connectionsTo(path).map(({ method }) => method)).toEqual(Array(8).fill('GET'));
      expect(rows.map(({ carried }) => carried)).toEqual([mode, mode]);
      expect(await panel.sources()).toHaveLength(2);
    },
  );

  test('in a document and in a frame of it: each with its own', async () => {
    const { lab } = stage;
    ownIds('/own-frames');
    const { panel, visit, page } = await stage.inspect(WIDE);
    const make = `${TOLD}<script>make('/own-frames')</script>`;
    lab.serve('/own-inner', make);
    await visit(`${make}<iframe src="/own-inner"></iframe>`);
    await lab.when(() => lab.connectionsTo('/own-frames').length === 8, 'both to come to rest');
    const inner = await until(async () => page.frames().find((one) => one.url().endsWith('/own-inner')), 'the frame');
    const count = async () =>
      (await page.evaluate('told[0].length')) === (await inner.evaluate('8 - told[0].length')) || undefined;
    await until(count, 'the last events');
    const rows = await rowsOf(panel, '/own-frames', 2);
    for (const row of rows) {
      const tag = await panel.has(`[data-source="${row.source}"] .source-name .tag[title$="/own-inner"]`);
      const ids = (await (tag ? inner : page).evaluate('told[0]')) as string[];
      const attempts = await attemptsOf(panel, row, ids.length);
      expect(attempts.map(({ lastEventId }) => lastEventId)).toEqual(ids);
    }
    expect(await panel.sources()).toHaveLength(2);
  });
});

describe('a managed connection', () => {
  test('is shown as the network saw it: with the id that was set on the wire, and without our marker', async () => {
    const { lab } = stage;
    lapse('/set-on-wire', '').release();
    const { panel, visit } = await stage.inspect(WIDE);
    await visit(`<script>new EventSource('${lab.twin}/set-on-wire?cors=1')</script>`);
    const row = await panel.source('/set-on-wire', 'open');
    await lab.when(() => lab.connectionsTo('/set-on-wire').length === 2, "the browser's own reconnect");
    await until(async () => (await panel.sources())[0]?.state === 'open', 'it to be open again');
    await panel.reset(row);
    await lab.when(() => lab.connectionsTo('/set-on-wire').length === 3, 'ours');
    await panel.select(await panel.source('/set-on-wire', 'open'));
    const [, second, third] = await until(async () => {
      const rows = await shownAttempts(panel, 3);
      // Only the network tells the time to the first byte.
      return rows[2] && !Number.isNaN(timesOf(rows[2]).ttfb) && rows;
    }, "the network's facts about the third attempt");
    expect(second).toMatchObject({ lastEventId: '7', cause: 'forced' });
    expect(third).toMatchObject({ lastEventId: '100', status: '200' });
    const log = lab.connectionsTo('/set-on-wire');
    expect(log.map(({ method, lastEventId }) => [method, lastEventId])).toEqual([
      ['GET', undefined],
      ['GET', '7'],
      ['GET', '100'],
    ]);
    expectTimesOf(third, log[2]);
    expect(await panel.evaluate(() => document.documentElement.outerHTML)).not.toMatch(/#[0-9a-f]{32}|%23[0-9a-f]{32}/);
    expect(await panel.sources()).toHaveLength(1);
  });
});
