import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { feed } from './pages/feed.ts';
import { load } from './pages/packages.ts';
import { type Inspected, ids, type Stage, seen, setStage, unbroken, WITNESS } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

/** The numbers that the page shows in its list, as the client put them there. */
const listed = ({ page }: Inspected) =>
  page.$$eval('#list li', (items) => items.map((item) => Number(item.textContent)));

/** Resets the only stream of this path, and checks that page, panel and server go on as after a lost connection. */
async function outlivesReset(inspected: Inspected, path: string, shown: () => Promise<number[]>): Promise<void> {
  const { page, panel, errors } = inspected;
  const { lab } = stage;
  const row = await panel.source(path, 'open');
  expect(row.carried).toBe('native');
  // Clients that draw in animation frames do it only in a tab that is in sight.
  await page.bringToFront();
  await until(async () => (await shown()).length >= 3, 'three events in the page');

  await panel.reset(row);
  await lab.when(() => lab.connectionsTo(path).length === 2, 'the reconnect');
  expect((await panel.source(path, 'open')).carried).toBe('managed');
  await page.bringToFront();
  const [first, second] = lab.connectionsTo(path);
  const resumedAfter = Number(second?.lastEventId);
  await until(async () => (await shown()).some((id) => id > resumedAfter + 3), 'events from after the reset');

  expect(first?.closed?.by).toBe('client');
  const trace = await shown();
  expect(trace).toEqual(unbroken(trace));
  expect(trace).toContain(resumedAfter);
  // The client made no connection of its own beside the one that it was given back.
  expect(lab.connectionsTo(path).filter(({ closed }) => !closed)).toHaveLength(1);
  expect(lab.connectionsTo(path)).toHaveLength(2);
  expect((await panel.sources()).filter(({ url }) => new URL(url).pathname === path)).toHaveLength(1);
  expect([...errors, ...(await panel.thrown())]).toEqual([]);
}

describe('a reset is survived by', () => {
  test('reconnecting-eventsource, which leaves it to the browser as long as that reconnects', async () => {
    const inspected = await stage.inspect();
    const { page, visit } = inspected;
    await visit(`${WITNESS}${load(stage.lab, 'reconnecting-eventsource')}
      <script>window.es = watch(new ReconnectingEventSource('/counter/reconnecting?every=50'))</script>`);
    await outlivesReset(inspected, '/counter/reconnecting', async () => ids(await seen(page)));
    expect((await seen(page)).filter((item) => typeof item === 'string')).toEqual(['open 1', 'error 0', 'open 1']);
    await page.evaluate('es.close()');
    await stage.lab.when(
      () => stage.lab.connectionsTo('/counter/reconnecting')[1]?.closed?.by === 'client',
      'the end of the request',
    );
  });

  test('htmx with its sse extension: what comes after the reset is swapped in', async () => {
    const inspected = await stage.inspect();
    stage.lab.behave(
      '/feed/htmx',
      feed((number) => `<li>${number}</li>`),
    );
    await inspected.visit(`<body>${load(stage.lab, 'htmx', 'htmx-sse')}
      <div hx-ext="sse" sse-connect="/feed/htmx"><ul id="list" sse-swap="message" hx-swap="beforeend"></ul></div>`);
    await outlivesReset(inspected, '/feed/htmx', () => listed(inspected));
    // The extension closes its source together with the element.
    await inspected.page.evaluate(`htmx.remove(document.querySelector('[sse-connect]'))`);
    await inspected.panel.source('/feed/htmx', 'closed');
    await stage.lab.when(() => stage.lab.connectionsTo('/feed/htmx')[1]?.closed, 'the end of the request');
  });

  test('Turbo’s <turbo-stream-source>: what comes after the reset is rendered', async () => {
    const inspected = await stage.inspect();
    stage.lab.behave(
      '/feed/turbo',
      feed(
        (number) =>
          `<turbo-stream action="append" target="list"><template><li>${number}</li></template></turbo-stream>`,
      ),
    );
    await inspected.visit(`<head>${load(stage.lab, 'turbo')}</head>
      <body><ul id="list"></ul><turbo-stream-source src="/feed/turbo"></turbo-stream-source>`);
    await outlivesReset(inspected, '/feed/turbo', () => listed(inspected));
    await inspected.page.evaluate(`document.querySelector('turbo-stream-source').remove()`);
    await inspected.panel.source('/feed/turbo', 'closed');
    await stage.lab.when(() => stage.lab.connectionsTo('/feed/turbo')[1]?.closed, 'the end of the request');
  });
});

describe('event-source-polyfill beside the native class', () => {
  test('works as ever, and Reset all does not touch what it carries itself', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    const { lab } = stage;
    await visit(`${WITNESS}${load(lab, 'event-source-polyfill')}<script>
      window.es = watch(new EventSourcePolyfill('/counter/polyfill?every=50'));
      window.clock = new EventSource('/counter/clock');
    </script>`);
    await panel.source('/counter/clock', 'open');
    await until(async () => ids(await seen(page)).length >= 3, 'three events in the page');
    await panel.click('[data-testid=reset-all]');
    await lab.when(() => lab.connectionsTo('/counter/clock').length === 2, 'the reconnect of the native source');
    const count = ids(await seen(page)).length;
    await until(async () => ids(await seen(page)).length > count + 3, 'further events by the polyfill');

    const trace = await seen(page);
    expect(trace.filter((item) => typeof item === 'string')).toEqual(['open 1']);
    expect(ids(trace)).toEqual(unbroken(ids(trace)));
    expect(lab.connectionsTo('/counter/polyfill')).toHaveLength(1);
    // It reads by XHR, which only the network sees.
    const rows = (await panel.sources()).map(({ url, carried }) => `${new URL(url).pathname} ${carried}`);
    expect(rows.sort()).toEqual(['/counter/clock managed', '/counter/polyfill network']);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });
});
