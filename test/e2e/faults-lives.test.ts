import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Panel } from './panel.ts';
import { ids, type Stage, seen, setStage, WITNESS } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const CHIP = '[data-testid=fault-chip]';

/** Silence for the whole test, on what the menu offers under this name. */
async function silence(panel: Panel, target: 'on-source' | 'on-pattern'): Promise<void> {
  await panel.press('faults');
  await panel.click(`[data-testid=${target}]`);
  await until(async () => panel.has(`[data-testid=${target}][aria-checked=true]`), 'the target to be chosen');
  await panel.click('[data-testid=ask-silence]');
  await until(() => panel.has('[data-testid=fault-form]'), 'the form');
  await panel.type('#field-duration', '600');
  await panel.click('[data-testid=put]');
  await until(() => panel.has(`${CHIP}[data-in-force=true][data-fault=silence]`), 'the silence');
}

describe('a fault', () => {
  test('that is pinned goes along to the next document; one that is not ends with its own', async () => {
    const { page, panel, visit } = await stage.inspect({ undocked: true });
    const { lab } = stage;
    const body = `${WITNESS}<script>watch(new EventSource('/steady/pinned?every=40&retry=200'))</script>`;
    await visit(body);
    await panel.select(await panel.source('/steady/pinned', 'open'));
    await silence(panel, 'on-source');
    await page.reload();
    await until(async () => !(await panel.has(CHIP)), 'the fault to end with its document');
    await until(async () => ids(await seen(page)).length > 2, 'events of the reloaded page');

    await panel.select(await panel.source('/steady/pinned', 'open'));
    await silence(panel, 'on-pattern');
    await page.reload();
    // It is listed all the time; then the new page says that it is in force there.
    const before = lab.connectionsTo('/steady/pinned').length;
    // (Firefox announces a connection at the first byte that comes through.)
    await panel.source('/steady/pinned');
    await until(() => panel.has(`${CHIP}[data-in-force=true][data-fault=silence]`), 'the silence in the new page');
    await lab.when(() => (lab.connectionsTo('/steady/pinned').at(-1)?.sent ?? 0) > 20, 'much to be sent');
    expect(lab.connectionsTo('/steady/pinned').length).toBeGreaterThanOrEqual(before);
    const { closed } = lab.connectionsTo('/steady/pinned').at(-1) ?? {};
    expect(closed).toBeUndefined();
    const quiet = ids(await seen(page)).length;
    await lab.when(() => (lab.connectionsTo('/steady/pinned').at(-1)?.sent ?? 0) > 40, 'more to be sent');
    expect(ids(await seen(page)).length).toBe(quiet);

    await panel.click('[data-testid=remove-all]');
    await until(async () => ids(await seen(page)).length > quiet, 'events when it is taken back');
  });

  test('does not outlive DevTools: what it held back goes on', async () => {
    const { page, panel, visit } = await stage.inspect({ undocked: true });
    await visit(`${WITNESS}<script>window.es = watch(new EventSource('/steady/outlived?every=40&retry=200'))</script>`);
    await panel.select(await panel.source('/steady/outlived', 'open'));
    await silence(panel, 'on-source');
    const count = await until(async () => {
      const before = ids(await seen(page)).length;
      const sent = stage.lab.connectionsTo('/steady/outlived').at(-1)?.sent ?? 0;
      await stage.lab.when(
        () => (stage.lab.connectionsTo('/steady/outlived').at(-1)?.sent ?? 0) > sent + 10,
        'more to be sent',
      );
      return ids(await seen(page)).length === before && before;
    }, 'the page to hear nothing more');
    await panel.close();
    await until(async () => ids(await seen(page)).length > count, 'events after DevTools has gone');
    expect(await page.evaluate('es.readyState')).toBe(1);
  });
});

describe('a witness', () => {
  test('tells what is lost of a stream without ids, which nothing else can', async () => {
    const { page, panel, visit } = await stage.inspect({ undocked: true });
    const { lab } = stage;
    // The same for all who are there, and gone for all who are not.
    const started = performance.now();
    lab.behave('/no-ids', (exchange) => {
      exchange.open();
      exchange.write('retry: 1000\n\n');
      const now = () => Math.floor((performance.now() - started) / 60);
      let last = now();
      exchange.repeat(10, () => {
        for (; last < now(); last++) exchange.write(`data: ${last}\n\n`);
      });
    });
    const data = `${WITNESS}<script>
      window.data = [];
      const source = watch(new EventSource('/no-ids'));
      source.addEventListener('message', ({ data }) => window.data.push(+data));
    </script>`;
    await visit(data);
    await panel.select(await panel.source('/no-ids', 'open'));
    await panel.press('reset-menu');
    await panel.click('[data-testid=witness]');
    const both = () => lab.connectionsTo('/no-ids').filter(({ closed }) => !closed).length === 2;
    await lab.when(both, 'the second connection');
    if (await panel.has('.menu:popover-open')) await panel.keyboard.press('Escape');
    const numbers = () => page.evaluate('window.data') as Promise<number[]>;
    const met = (await numbers()).length;
    await until(async () => (await numbers()).length > met + 30, 'events that both get');
    await panel.reset(await panel.source('/no-ids', 'open'));
    await lab.when(() => lab.connectionsTo('/no-ids').length === 3, 'the reconnect');
    const then = (await numbers()).length;
    await until(async () => (await numbers()).length > then + 30, 'events after it');

    const all = await numbers();
    const gap = all.findIndex((number, index) => index > 0 && number !== (all[index - 1] ?? 0) + 1);
    const lost = (all[gap] ?? 0) - (all[gap - 1] ?? 0) - 1;
    expect(lost).toBeGreaterThan(5);
    await panel.show('verdict');
    await until(() => panel.has('[data-testid=verdict][data-verdict=lost]'), 'the verdict');
    expect(await panel.text('[data-testid=verdict]')).toContain(`${lost} events lost`);
    // It is no stream of the page's.
    expect(await panel.sources()).toHaveLength(1);
    expect(lab.connectionsTo('/no-ids').every(({ url }) => !url.includes('#'))).toBe(true);
  });
});

test('two reconnectors that fight are found', async () => {
  const { panel, visit } = await stage.inspect({ undocked: true });
  await visit(`<script>
    let made = 0;
    const connect = () => {
      const source = new EventSource('/counter/fight?every=50&retry=300');
      // The browser's own reconnect goes on.
      source.onerror = () => { if (made++ === 0) setTimeout(connect, 100); };
    };
    connect();
  </script>`);
  await panel.reset(await panel.source('/counter/fight', 'open'));
  await until(async () => (await panel.sources()).filter(({ state }) => state === 'open').length === 2, 'both to live');
  await panel.show('findings');
  await until(() => panel.has('[data-testid=finding][data-finding=fighting]'), 'the finding');
  expect(await panel.text('[data-testid=finding][data-finding=fighting]')).toContain('fight');
});
