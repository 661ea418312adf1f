import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { stopBackground } from './background.ts';
import { FINGERPRINT } from './fingerprint.ts';
import { ids, type Stage, seen, setStage, unbroken, WITNESS } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

describe('the service worker', () => {
  test('may be stopped at any moment: no event is lost, none is shown twice, and Reset works', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    await visit(`${WITNESS}<script>window.es = watch(new EventSource('/counter/stopped?every=20'))</script>`);
    const row = await panel.source('/counter/stopped', 'open');
    await panel.select(row);
    for (let round = 0; round < 3; round++) {
      const count = ids(await seen(page)).length;
      await stopBackground(stage.browser);
      await until(async () => ids(await seen(page)).length > count + 20, 'events while it starts again');
    }
    await panel.connected();
    await panel.reset(row);
    await stage.lab.when(() => stage.lab.connectionsTo('/counter/stopped').length === 2, 'the reconnect');
    await panel.source('/counter/stopped', 'open');
    await page.evaluate('es.close()');
    await panel.source('/counter/stopped', 'closed');
    const trace = ids(await seen(page));
    expect(trace).toEqual(unbroken(trace));
    const last = `${trace.at(-1)}`;
    const shown = await until(async () => {
      const all = (await panel.allEventIds()).map(Number);
      return all.includes(Number(last)) && all;
    }, 'the last event in the panel');
    expect(shown).toEqual(unbroken(shown));
    expect(shown[0]).toBe(trace[0]);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });
});

describe('DevTools in a window of its own', () => {
  test('is connected, and so is every DevTools that is opened afterwards', async () => {
    const first = await stage.inspect({ undocked: true });
    await first.visit(`<script>new EventSource('/counter/undocked')</script>`);
    await first.panel.source('/counter/undocked', 'open');
    const second = await stage.inspect();
    await second.visit(`<script>new EventSource('/counter/docked')</script>`);
    await second.panel.source('/counter/docked', 'open');
    await stopBackground(stage.browser);
    for (const { panel } of [first, second]) await panel.connected();
    await second.panel.reset(await second.panel.source('/counter/docked', 'open'));
    await stage.lab.when(() => stage.lab.connectionsTo('/counter/docked').length === 2, 'the reconnect');
  });
});

describe('a page that nobody inspects', () => {
  test('has nothing of ours: while another tab is inspected, and when DevTools was closed', async () => {
    const { browser, lab } = stage;
    const plain = await browser.newPage();
    await plain.goto(`${lab.origin}/nothing`);
    const { page, panel, visit } = await stage.inspect();
    // Its descriptors are those of a browser without the extension: it was open before DevTools was.
    const native = await plain.evaluate(FINGERPRINT);

    const stranger = await browser.newPage();
    await stranger.goto(`${lab.origin}/nothing`);
    await until(async () => (await stranger.evaluate(FINGERPRINT)) === native, 'the stranger to be as it was');

    await visit(`${WITNESS}<script>window.es = watch(new EventSource('/counter/left?every=50'))</script>`);
    await panel.source('/counter/left', 'open');
    expect(await page.evaluate(FINGERPRINT)).not.toBe(native);
    await panel.close();
    await until(async () => (await page.evaluate(FINGERPRINT)) === native, 'the inspected page to be as it was');
    // Its stream goes on.
    const count = ids(await seen(page)).length;
    await until(async () => ids(await seen(page)).length > count + 2, 'events after DevTools was closed');
    expect(lab.connectionsTo('/counter/left')).toHaveLength(1);
  });
});

describe('a source that was reset', () => {
  test('goes on working when DevTools is closed: it receives, reconnects and closes', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    const { lab } = stage;
    await visit(`${WITNESS}<script>window.es = watch(new EventSource('/counter/kept?every=50&retry=300'))</script>`);
    await panel.reset(await panel.source('/counter/kept', 'open'));
    await lab.when(() => lab.connectionsTo('/counter/kept').length === 2, 'the reconnect');
    await panel.source('/counter/kept', 'open');
    await panel.close();
    const count = ids(await seen(page)).length;
    await until(async () => ids(await seen(page)).length > count + 2, 'events after DevTools was closed');

    lab.kick('/counter/kept', 'reset');
    await lab.when(() => lab.connectionsTo('/counter/kept').length === 3, 'a reconnect without DevTools');
    await until(async () => (await seen(page)).filter((item) => item === 'open 1').length === 3, 'open again');
    const received = ids(await seen(page));
    expect(received).toEqual(unbroken(received));
    await page.evaluate('es.close()');
    await lab.when(() => lab.connectionsTo('/counter/kept')[2]?.closed?.by === 'client', 'the end of the request');
    expect(await page.evaluate('es.readyState')).toBe(2);
    expect(errors).toEqual([]);
  });
});
