import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { stopBackground } from './background.ts';
import { recordedIds } from './devtools-view.ts';
import { ids, type Stage, seen, setStage, unbroken, WITNESS } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test('the service worker is stopped, twice, in the middle of a burst: the session has each event exactly once', async () => {
  const { lab } = stage;
  let sent = 0;
  let enough = false;
  lab.behave('/burst', (exchange) => {
    exchange.open();
    // 100,000 a second: more than fits in the four messages that may be on the way.
    exchange.repeat(2, () => {
      for (let n = 0; n < 200 && !enough; n++) exchange.event(++sent);
    });
  });
  const { page, panel, visit, errors } = await stage.inspect();
  await visit(`${WITNESS}<script>watch(new EventSource('/burst'))</script>`);
  for (let round = 1; round <= 2; round++) {
    const before = sent;
    await lab.when(() => sent > before + 5_000, 'the burst to be under way');
    await stopBackground(stage.browser);
  }
  const before = sent;
  await lab.when(() => sent >= Math.max(20_000, before + 5_000), 'the rest of the burst', 60_000);
  enough = true;
  await until(async () => (await seen(page)).length === sent + 1, 'the last event in the page');
  expect(await seen(page)).toEqual(['open 1', ...upTo(sent)]);
  const row = await panel.source('/burst', 'open');
  await panel.select(row);
  await until(async () => (await recordedIds(panel, '/burst')).at(-1) === `${sent}`, 'the last event in the session');
  expect((await recordedIds(panel, '/burst')).map(Number)).toEqual(upTo(sent));
  expect(lab.connectionsTo('/burst')).toHaveLength(1);
  expect([...errors, ...(await panel.thrown())]).toEqual([]);
});

test('the service worker is stopped between a reset and the reconnect, which has its Last-Event-ID and happens once', async () => {
  const { lab } = stage;
  const { page, panel, visit, errors } = await stage.inspect();
  // The twin: there, only the service worker can set the header without a preflight.
  const url = `${lab.twin}/counter/reset?every=20&cors=1`;
  await visit(`${WITNESS}<script>window.es = watch(new EventSource('${url}'))</script>`);
  const row = await panel.source('/counter/reset', 'open');
  await panel.select(row);
  await until(async () => ids(await seen(page)).length > 5, 'events');
  await panel.reset(row);
  await lab.when(() => lab.connectionsTo('/counter/reset')[0]?.closed, 'the end of the first request');
  const last = ids(await seen(page)).at(-1);
  await stopBackground(stage.browser);
  // Chromium's own reconnection time of 3 s is not over.
  expect(lab.connectionsTo('/counter/reset')).toHaveLength(1);
  await lab.when(() => lab.connectionsTo('/counter/reset').length === 2, 'the reconnect');
  const [, again] = lab.connectionsTo('/counter/reset');
  expect([again?.method, again?.lastEventId]).toEqual(['GET', `${last}`]);
  await panel.source('/counter/reset', 'open');
  const count = ids(await seen(page)).length;
  await until(async () => ids(await seen(page)).length > count + 20, 'events after the reconnect');
  await page.evaluate('es.close()');
  await panel.source('/counter/reset', 'closed');
  const trace = await seen(page);
  expect(trace.filter((item) => typeof item === 'string')).toEqual(['open 1', 'error 0', 'open 1']);
  expect(ids(trace)).toEqual(unbroken(ids(trace)));
  expect((await recordedIds(panel, '/counter/reset')).map(Number)).toEqual(ids(trace));
  expect((await panel.attempts()).map(({ outcome }) => outcome)).toEqual(['reset', 'close']);
  expect([...errors, ...(await panel.thrown())]).toEqual([]);
});
