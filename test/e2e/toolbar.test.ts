import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findings } from './axe.ts';
import type { Panel } from './panel.ts';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

/** A panel in a window of its own, of this width. */
async function panelOf(width: number, body = ''): Promise<Panel> {
  const { panel, visit } = await stage.inspect({ undocked: true });
  await resize(panel, width);
  if (body) await visit(body);
  return panel;
}

async function resize(panel: Panel, width: number, height = 600): Promise<void> {
  await panel.toFront();
  await panel.resize(width, height);
  await until(() => panel.evaluate(`innerWidth === ${width}`), `a panel ${width} px wide`);
  await panel.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

const focused = (panel: Panel) => panel.evaluate('document.activeElement.dataset.testid') as Promise<string>;
const press = (panel: Panel, ...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => panel.keyboard.press(key as 'Enter')), Promise.resolve());

/** What is wrong with how the toolbar lies there: things that are cut, wrap, or lie over each other. */
const FAULTS = `(() => {
  const bar = document.querySelector('.toolbar');
  const faults = bar.scrollWidth > bar.clientWidth ? ['the bar is too wide'] : [];
  if (bar.offsetHeight !== 29) faults.push('the bar is ' + bar.offsetHeight + ' px high');
  let end = 0;
  for (const tool of bar.querySelectorAll(':is(:scope, .toolbar-split) > :is(button, label, .filter)')) {
    const { left, right, top, bottom } = tool.getBoundingClientRect();
    const name = tool.dataset.testid ?? tool.textContent ?? '';
    if (left < end || right > innerWidth) faults.push(name + ' lies over another, or outside');
    if (tool.scrollWidth > tool.clientWidth) faults.push(name + ' is cut');
    if (bottom - top !== 22) faults.push(name + ' is ' + (bottom - top) + ' px high');
    end = right;
  }
  return faults;
})()`;

describe('the toolbar', () => {
  const STREAM = `<script>new EventSource('/counter/toolbar?every=50')</script>`;

  test('has everything at 640 px and more, and below that the most important and a menu: nothing is cut, or wraps', async () => {
    const panel = await panelOf(640, STREAM);
    await panel.source('/counter/toolbar', 'open');
    await panel.type('#filter', 'type:message');
    const tools = () =>
      panel.$$eval('.toolbar [data-testid]', (all) => all.map((one) => one.getAttribute('data-testid')));
    for (const width of [640, 720, 800, 900, 1000, 1400]) {
      await resize(panel, width);
      expect([width, await panel.evaluate(FAULTS)]).toEqual([width, []]);
      expect(await tools()).toEqual(
        expect.arrayContaining([
          'record',
          'clear',
          'reset-all',
          'reset-all-menu',
          'faults',
          'check',
          'manage-new',
          'settings',
        ]),
      );
      expect(await tools()).not.toContain('more');
    }
    for (const width of [639, 480, 400, 300]) {
      await resize(panel, width);
      expect([width, await panel.evaluate(FAULTS)]).toEqual([width, []]);
      expect(await tools()).toEqual(
        expect.arrayContaining(['record', 'clear', 'reset-all', 'reset-all-menu', 'faults', 'check', 'filter', 'more']),
      );
      expect(await tools()).not.toContain('settings');
    }
    expect(await panel.$eval('#filter', (field) => (field as HTMLInputElement).value)).toBe('type:message');
  });

  test('is one stop for the Tab key; arrows go on and around, and leave a text to its caret', async () => {
    const panel = await panelOf(1000);
    const stops = () =>
      panel.$$eval('.toolbar [tabindex="0"]', (all) => all.map((one) => one.getAttribute('data-testid')));
    expect(await stops()).toEqual(['record']);
    await panel.click('#filter');
    expect(await stops()).toEqual(['filter']);
    await press(panel, 'ArrowLeft', 'ArrowLeft');
    expect(await focused(panel)).toBe('manage-new');
    await press(panel, 'Space');
    await until(() => panel.has('[data-testid=manage-new]:checked'), 'new connections to be managed');
    await press(panel, 'Home', 'ArrowLeft');
    expect(await focused(panel)).toBe('settings');
    await press(panel, 'ArrowRight');
    expect(await focused(panel)).toBe('record');
    await press(panel, ...Array.from({ length: 8 }, () => 'ArrowRight'));
    expect(await focused(panel)).toBe('filter');
    await panel.keyboard.type('ab');
    await press(panel, 'ArrowLeft', 'ArrowLeft');
    expect(await focused(panel)).toBe('filter');
    await press(panel, 'ArrowRight', 'ArrowRight');
    expect(await focused(panel)).toBe('filter');
    await press(panel, 'ArrowRight');
    expect(await focused(panel)).toBe('filter-clear');
    // The button goes with the text: the focus is not to be lost.
    await press(panel, 'Enter');
    expect([await focused(panel), await stops()]).toEqual(['filter', ['filter']]);
  });
});

describe('the menu', () => {
  test('is opened, walked through and closed by keys', async () => {
    const panel = await panelOf(480);
    const isOpen = (open: boolean) =>
      until(() => panel.has(`[data-testid=more][aria-expanded=${open}]`), `the menu to be ${open ? 'open' : 'closed'}`);
    await panel.click('[data-testid=more]');
    await isOpen(true);
    await until(async () => (await focused(panel)) === 'manage-new', 'the first item to have the focus');
    await press(panel, 'ArrowDown');
    expect(await focused(panel)).toBe('preserve-log');
    await press(panel, 'Enter');
    await until(() => panel.has('[data-testid=preserve-log][aria-checked=true]'), 'the log to be preserved');
    await press(panel, 'ArrowUp', 'ArrowUp');
    expect(await focused(panel)).toBe('settings');
    await press(panel, 'ArrowDown', 'End', 'Home');
    expect(await focused(panel)).toBe('manage-new');
    await press(panel, 'Escape');
    await isOpen(false);
    expect(await focused(panel)).toBe('more');
    await press(panel, 'ArrowUp');
    await until(async () => (await focused(panel)) === 'settings', 'the last item to have the focus');
    await press(panel, 'Enter');
    await until(() => panel.has('dialog:modal'), 'the settings');
    await press(panel, 'Escape');
    await until(async () => (await focused(panel)) === 'more', 'the button to have the focus again');
    await press(panel, 'ArrowDown');
    await isOpen(true);
    await panel.click('[data-testid=record]');
    await isOpen(false);
    expect(await panel.has('[data-testid=preserve-log]')).toBe(false);
    expect(await panel.thrown()).toEqual([]);
  });
});

describe('the filter field', () => {
  const count = async (panel: Panel) =>
    (await panel.has('[data-testid=filter-count]')) && panel.text('[data-testid=filter-count]');

  test('says how many events match, of how many; Escape clears it, and then leaves it', async () => {
    const panel = await panelOf(
      1000,
      `<script>
        const source = new EventSource('/named/n?types=tick,beat,beat&count=9&every=20');
        for (const type of ['tick', 'beat']) source.addEventListener(type, () => {});
      </script>`,
    );
    await panel.source('/named/n', 'open');
    await panel.click('#filter');
    await panel.keyboard.type('type:be');
    await until(async () => (await count(panel)) === '6 of 9', 'six of nine events');
    await panel.keyboard.type(' -id:3');
    await until(async () => (await count(panel)) === '5 of 9', 'five of nine events');
    const heard = () =>
      panel.$$eval('.filter [role=status]', (all) => all.map(({ textContent }) => textContent).join());
    await until(async () => (await heard()) === '5 of 9 events of this source match', 'that to be announced');
    await press(panel, 'Escape');
    await until(async () => !(await count(panel)), 'the filter to be empty');
    expect(await focused(panel)).toBe('filter');
    await press(panel, 'Escape');
    expect(await focused(panel)).toBeUndefined();
  });

  test('says what is no regular expression, and lists what may be written', async () => {
    const panel = await panelOf(1000);
    await panel.click('#filter');
    await panel.keyboard.type('/(/');
    await until(() => panel.has('#filter[aria-invalid=true]'), 'the field to be invalid');
    const described = await panel.$eval('#filter', (field) => field.getAttribute('aria-describedby'));
    expect(await panel.$eval(`#${described}`, (words) => words.textContent)).toContain('/(/');
    await press(panel, 'Escape');
    await panel.click('[data-testid=filter-help]');
    await until(() => panel.has('#filter-help:popover-open'), 'the list');
    const listed = await panel.$$eval('#filter-help dt', (all) => all.map(({ textContent }) => textContent));
    for (const syntax of ['type:', 'id:', 'source:', 'is:unheard', 'is:duplicate', '/', '-']) {
      expect(listed.some((one) => one?.startsWith(syntax))).toBe(true);
    }
    await press(panel, 'Escape');
    await until(() => panel.has('#filter-help:not(:popover-open)'), 'the list to go');
  });
});

test('axe finds nothing in menu, settings and list of what a filter may say, in either theme', async () => {
  const panel = await panelOf(400);
  await panel.click('[data-testid=more]');
  await until(() => panel.has('[role=menu] [data-testid=settings]'), 'the menu');
  expect(await findings(panel)).toEqual([]);
  await panel.click('[data-testid=settings]');
  await until(() => panel.has('dialog:modal'), 'the settings');
  expect(await findings(panel)).toEqual([]);
  await press(panel, 'Escape');
  await panel.click('[data-testid=filter-help]');
  await until(() => panel.has('#filter-help:popover-open'), 'the list');
  expect(await findings(panel)).toEqual([]);
});
