import type { KeyInput } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findings } from './axe.ts';
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
const IN_FORCE = `${CHIP}[data-in-force=true]`;

async function press(panel: Panel, ...keys: KeyInput[]): Promise<void> {
  for (const key of keys) await panel.keyboard.press(key);
}

const focused = (panel: Panel) =>
  panel.evaluate('document.activeElement.dataset.testid ?? document.activeElement.className') as Promise<string>;
const focus = (panel: Panel, name: string) =>
  until(async () => (await focused(panel)) === name, `${name} to have the focus`);
const chip = (panel: Panel, fault: string) =>
  until(() => panel.has(`${IN_FORCE}[data-fault=${fault}]`), `${fault} to be in force`);
const noChip = (panel: Panel) => until(async () => !(await panel.has(CHIP)), 'no fault to be in force');

/** Opens a menu of the toolbar, and chooses one of its items, by keys alone. */
async function choose(panel: Panel, menu: string, item: string): Promise<void> {
  await panel.toFront();
  await panel.focus(`[data-testid=${menu}]`);
  await press(panel, 'ArrowDown');
  await until(() => panel.has(`.menu:popover-open [data-testid=${item}]`), `the item ${item}`);
  await until(async () => {
    if ((await focused(panel)) === item) return true;
    await press(panel, 'ArrowDown');
    return false;
  }, `${item} to have the focus`);
  await press(panel, 'Enter');
}

async function write(panel: Panel, field: string, text: string): Promise<void> {
  await panel.$eval(`#field-${field}`, (input) => (input as HTMLInputElement).select());
  await panel.keyboard.type(text);
}

async function streamAt(path: string, size?: number) {
  const set = await stage.inspect({ undocked: true });
  if (size !== undefined) await set.panel.resize(size, 700);
  await set.visit(`${WITNESS}<script>window.es = watch(new EventSource('${path}?every=40'))</script>`);
  const row = await set.panel.source(path, 'open');
  await set.panel.select(row);
  return { ...set, row };
}

describe('the reset menu', () => {
  test('opens with Shift+R, drops the id, and gives the focus back to the lanes', async () => {
    const { page, panel } = await streamAt('/steady/dropped');
    const { lab } = stage;
    await until(async () => ids(await seen(page)).length >= 3, 'some ids in the page');
    await panel.focus('.sources');
    await panel.keyboard.down('Shift');
    await panel.keyboard.press('R');
    await panel.keyboard.up('Shift');
    await focus(panel, 'resume-kept');
    await press(panel, 'Escape');
    await focus(panel, 'sources');
    await panel.keyboard.down('Shift');
    await panel.keyboard.press('R');
    await panel.keyboard.up('Shift');
    await focus(panel, 'resume-kept');
    // Again, before the browser has said that it was closed.
    await panel.evaluate(`{
      const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true }));
      press({ key: 'Escape' });
      press({ key: 'R', shiftKey: true });
    }`);
    await focus(panel, 'resume-kept');
    await press(panel, 'ArrowDown', 'Enter');
    await focus(panel, 'sources');
    const again = await lab.when(() => lab.connectionsTo('/steady/dropped')[1], 'the reconnect');
    expect(again.lastEventId).toBeUndefined();
    expect(await panel.hasDrawer()).toBe(false);
  });

  test('asks for another id, which the server gets', async () => {
    const { page, panel, row } = await streamAt('/steady/given');
    const { lab } = stage;
    await until(async () => ids(await seen(page)).length >= 3, 'some ids in the page');
    await panel.click(`[data-source="${row.source}"] [data-testid=reset-menu]`);
    await focus(panel, 'resume-kept');
    await press(panel, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    await until(() => panel.has('[data-testid=fault-form] #field-id'), 'the form');
    await write(panel, 'id', '1000');
    await press(panel, 'Enter');
    const again = await lab.when(() => lab.connectionsTo('/steady/given')[1], 'the reconnect');
    expect(again.lastEventId).toBe('1000');
    await focus(panel, 'reset-menu');
  });

  test('has an outage in the menu of all, at 480 px too; it is over by itself', async () => {
    const { page, panel } = await streamAt('/steady/outage', 480);
    await choose(panel, 'reset-all-menu', 'outage-1000');
    await chip(panel, 'outage');
    expect(await panel.text(CHIP)).toContain('Outage 1 s');
    await noChip(panel);
    await until(async () => (await seen(page)).filter((one) => one === 'open 1').length === 2, 'the page to be back');
    expect(await panel.has('[data-testid=faults]')).toBe(true);
  });
});

describe('the menu of faults', () => {
  test('puts a preset, by keys; its chip is removed by keys, and the focus is not lost', async () => {
    const { page, panel } = await streamAt('/steady/deploy');
    const { lab } = stage;
    await choose(panel, 'faults', 'preset-deploy');
    await focus(panel, 'faults');
    await chip(panel, 'respond');
    expect(await panel.text(CHIP)).toContain('Respond 503 text/plain');
    expect(await panel.text(CHIP)).toContain('3 times');
    await panel.source('/steady/deploy', 'closed');
    await lab.when(() => lab.connectionsTo('/steady/deploy').length === 2, 'the attempt to reach the server');
    expect((await seen(page)).filter((one) => typeof one === 'string')).toEqual(['open 1', 'error 0', 'error 2']);
    await until(async () => (await panel.text(CHIP)).includes('2 of 3 left'), 'one to be gone');
    await panel.focus('[data-testid=chip-remove]');
    await press(panel, 'Enter');
    await noChip(panel);
    await focus(panel, 'faults');
  });

  test('counts down what lasts for a time, second by second', async () => {
    const { panel } = await streamAt('/steady/restart');
    await choose(panel, 'faults', 'preset-restart');
    const left = async () => Number(/(\d) s left/.exec(await panel.text(CHIP).catch(() => ''))?.[1] ?? 0);
    const first = await until(left, 'what is left');
    expect(first).toBeLessThanOrEqual(5);
    await until(async () => (await left()) < first, 'less to be left');
    await noChip(panel);
  });

  test('asks for numbers: says what is wrong with them, and puts what is right', async () => {
    const { panel } = await streamAt('/steady/delay');
    await choose(panel, 'faults', 'ask-delay');
    await until(() => panel.has('[data-testid=fault-form]'), 'the form');
    await write(panel, 'delay', '50');
    await press(panel, 'Enter');
    await until(async () => (await panel.text('#form-problem')).includes('must not be greater'), 'what is wrong');
    expect(await panel.$eval('#field-jitter', (field) => field.getAttribute('aria-invalid'))).toBe('true');
    await write(panel, 'jitter', '20');
    await write(panel, 'seed', '77');
    await press(panel, 'Enter');
    await chip(panel, 'delay');
    const words = await panel.text(CHIP);
    for (const part of ['Delay 50 ± 20 ms', '/steady/delay', 'until removed', 'seed 77']) expect(words).toContain(part);
    const heard = await panel.$$eval('[role=status]', (all) => all.map(({ textContent }) => textContent).join());
    expect(heard).toContain('In force: Delay 50 ± 20 ms');
    await panel.click('[data-testid=remove-all]');
    await noChip(panel);
  });

  test('repeats chaos with its seed', async () => {
    const { panel } = await streamAt('/steady/chaos');
    await choose(panel, 'faults', 'preset-chaos');
    await chip(panel, 'chaos');
    const seedOf = async () => /seed (\d+)/.exec(await panel.text(CHIP))?.[1];
    const seed = await seedOf();
    expect(seed).toMatch(/^\d+$/);
    await panel.click('[data-testid=chip-remove]');
    await noChip(panel);
    await choose(panel, 'faults', 'chaos-again');
    await chip(panel, 'chaos');
    expect(await seedOf()).toBe(seed);
  });
});

test('events of the user reach the page, and stay in the history; a closed source is said to be', async () => {
  const { page, panel } = await streamAt('/steady/inject');
  await page.evaluate(`window.got = [];
    es.addEventListener('tick', ({ data, lastEventId }) => { window.got.push([data, lastEventId]); })`);
  const got = async (count: number) => {
    const all = async () => (await page.evaluate('window.got')) as string[][];
    await until(async () => (await all()).length >= count, `${count} events in the page`);
    return all();
  };
  await choose(panel, 'faults', 'ask-inject');
  await until(() => panel.has('[data-testid=inject-form]'), 'the form');
  await write(panel, 'event', 'tick');
  await write(panel, 'id', 'mine');
  await panel.focus('#field-data');
  await panel.keyboard.type('one');
  await press(panel, 'Enter');
  await panel.keyboard.type('two');
  const send = async () => {
    await until(() => panel.has('[data-testid=inject-send][aria-disabled=false]'), 'a source that is open');
    await panel.click('[data-testid=inject-send]');
  };
  await send();
  expect(await got(1)).toEqual([['one\ntwo', 'mine']]);
  await until(async () => (await panel.count('[data-testid=inject-history] li')) === 1, 'the history');
  // [spec] Empty data are dispatched; without data nothing is.
  await write(panel, 'data', ' ');
  await press(panel, 'Backspace');
  await send();
  expect((await got(2)).slice(1)).toEqual([['', 'mine']]);
  await panel.click('[data-testid=inject-no-data]');
  await send();
  await panel.click('[data-testid=inject-no-data]');
  await write(panel, 'data', 'end');
  await send();
  expect((await got(3)).slice(2)).toEqual([['end', 'mine']]);
  expect(await panel.count('[data-testid=inject-history] li')).toBe(4);
  await page.evaluate('es.close()');
  await until(async () => (await panel.text('#form-problem')).includes('is not open'), 'that it is not open');
  expect(await panel.thrown()).toEqual([]);
});

test.each([1000, 480])('axe finds nothing in menus, forms and chips, %d px wide', async (width) => {
  const { panel } = await streamAt('/steady/axe', width);
  await panel.click('[data-testid=reset-menu]');
  await until(() => panel.has('.menu:popover-open [data-testid=witness]'), 'the menu');
  expect(await findings(panel)).toEqual([]);
  await press(panel, 'Escape');
  await choose(panel, 'faults', 'preset-mobile');
  await chip(panel, 'chaos');
  await panel.click('[data-testid=faults]');
  await until(() => panel.has('.menu:popover-open [data-testid=ask-cut]'), 'the menu');
  expect(await findings(panel)).toEqual([]);
  await panel.click('[data-testid=ask-cut]');
  await until(() => panel.has('[data-testid=fault-form]'), 'the form');
  await write(panel, 'after', 'x');
  await press(panel, 'Enter');
  expect(await findings(panel)).toEqual([]);
  await press(panel, 'Escape');
  await choose(panel, 'faults', 'ask-inject');
  await until(() => panel.has('[data-testid=inject-form]'), 'the form');
  expect(await findings(panel)).toEqual([]);
});
