import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { KeyInput } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Panel } from './panel.ts';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const CHIP = '[data-testid=fault-chip]';
const COUNT = '[data-testid=chosen-count]';
const SELECTED = '[data-testid=source][aria-selected=true]';

const row = (path: string) => `[data-testid=source][data-url*="${path}"]`;

async function held(panel: Panel, key: 'Control' | 'Shift', act: () => Promise<void>): Promise<void> {
  await panel.keyboard.down(key);
  await act();
  await panel.keyboard.up(key);
}
const clickWith = (panel: Panel, key: 'Control' | 'Shift', path: string) =>
  held(panel, key, () => panel.click(`${row(path)} .source-path`));
const pressWith = (panel: Panel, key: 'Control' | 'Shift', ...keys: KeyInput[]) =>
  held(panel, key, async () => {
    for (const one of keys) await panel.keyboard.press(one);
  });

/** The paths that are selected, as they are listed; waits until these are. */
const selected = (panel: Panel, ...paths: string[]) =>
  until(async () => {
    const urls = await panel.$$eval(SELECTED, (rows) => rows.map((one) => (one as HTMLElement).dataset['url'] ?? ''));
    return urls.map((url) => new URL(url).pathname).join() === paths.join();
  }, `${paths} to be selected, and nothing else`);

/** What is said to those who listen. */
const heard = (panel: Panel) =>
  panel.$$eval('[role=status]', (all) => all.map(({ textContent }) => textContent).join(' | '));
const says = (panel: Panel, words: string) =>
  until(async () => (await heard(panel)).includes(words), `“${words}” to be said`);

/** A page with three streams, which are open, and no others. */
async function three(name: string, size?: number) {
  const set = await stage.inspect({ undocked: true });
  if (size !== undefined) await set.panel.resize(size, 700);
  const paths = ['a', 'b', 'c'].map((letter) => `/counter/${name}-${letter}`) as [string, string, string];
  await set.visit(
    `<script>window.all = ${JSON.stringify(paths)}.map((path) => { const es = new EventSource(path + '?every=40&retry=400'); es.onmessage = () => {}; return es; })</script>`,
  );
  for (const path of paths) await set.panel.source(path, 'open');
  await set.panel.click(`${row(paths[0])} .source-path`);
  return { ...set, paths };
}

/** The server's word: these were asked for so many times, and what was asked for last is open. */
const asked = (counts: Record<string, number>) =>
  stage.lab.when(
    () =>
      Object.entries(counts).every(([path, count]) => {
        const all = stage.lab.connectionsTo(path);
        return all.length === count && !all.at(-1)?.closed;
      }),
    `connections as in ${JSON.stringify(counts)}`,
  );

describe('several sources are selected', () => {
  test('by keys, beside each other or not; a reset is for them, as the server sees, and for no other', async () => {
    const { panel, paths } = await three('keys');
    const [a, b, c] = paths;
    await panel.focus('.sources');
    await pressWith(panel, 'Shift', 'ArrowDown');
    await selected(panel, a, b);
    await says(panel, '2 sources selected');
    await pressWith(panel, 'Control', 'a');
    await selected(panel, a, b, c);
    await says(panel, '3 sources selected');
    await panel.keyboard.press('Escape');
    await selected(panel, b);
    await says(panel, '1 source selected');
    expect(await panel.hasDrawer()).toBe(false);
    await panel.keyboard.press('ArrowUp');
    await selected(panel, a);
    await pressWith(panel, 'Control', 'ArrowDown', 'ArrowDown');
    await selected(panel, a);
    await pressWith(panel, 'Control', 'Space');
    await selected(panel, a, c);
    expect(await panel.$eval('.sources', (grid) => grid.getAttribute('aria-multiselectable'))).toBe('true');

    await panel.keyboard.press('r');
    await asked({ [a]: 2, [b]: 1, [c]: 2 });
    for (const path of [a, c])
      expect(stage.lab.connectionsTo(path)[1]?.lastEventId, `the id that ${path} went on with`).toMatch(/^\d+$/);
    await selected(panel, a, c);
    expect(await panel.thrown()).toEqual([]);
  });

  test('by mouse; the button of the bar, and that of each of them, says for how many it is', async () => {
    const { panel, paths } = await three('mouse');
    const [a, b, c] = paths;
    await clickWith(panel, 'Shift', c);
    await selected(panel, a, b, c);
    await clickWith(panel, 'Control', b);
    await selected(panel, a, c);
    // The details are those of the one that was chosen last.
    expect(await panel.text('#attempts-title')).toBe(c);
    expect(await panel.text(COUNT)).toBe('2 sources selected');
    const label = (path: string) =>
      panel.$eval(`${row(path)} [data-testid=reset]`, (button) => button.getAttribute('aria-label'));
    expect([await label(a), await label(b)]).toEqual(['Reset 2 sources', `Reset ${b}`]);
    expect(await panel.text('[data-testid=reset-several]')).toBe('Reset 2 sources');
    await panel.click('[data-testid=reset-several]');
    await asked({ [a]: 2, [b]: 1, [c]: 2 });
    await panel.click(`${row(a)} [data-testid=reset]`);
    await asked({ [a]: 3, [b]: 1, [c]: 3 });
    await selected(panel, a, c);
    // That of one beside them is for that one.
    await panel.click(`${row(b)} [data-testid=reset]`);
    await asked({ [a]: 3, [b]: 2, [c]: 3 });
    await selected(panel, b);
    expect(await panel.has(COUNT)).toBe(false);
  });

  test('and stay so in what the filter leaves; what is hidden is not reset', async () => {
    const { panel, paths } = await three('filter');
    const [a, b, c] = paths;
    await clickWith(panel, 'Control', b);
    await clickWith(panel, 'Control', c);
    await panel.type('#filter', `source:/-[bc]/`);
    await selected(panel, b, c);
    await panel.click('[data-testid=reset-several]');
    await asked({ [a]: 1, [b]: 2, [c]: 2 });
  });

  test('until the page is another one', async () => {
    const { panel, paths, visit } = await three('left');
    await clickWith(panel, 'Shift', paths[2]);
    await selected(panel, ...paths);
    await visit(
      `<script>new EventSource('/steady/next-1?every=40'); new EventSource('/steady/next-2?every=40')</script>`,
    );
    await panel.source('/steady/next-2', 'open');
    await selected(panel, '/steady/next-1');
    expect(await panel.has(COUNT)).toBe(false);
  });
});

describe('what is done to several', () => {
  test('leaves out what has ended, and says so', async () => {
    const { page, panel, paths } = await three('ended');
    const [a, b, c] = paths;
    await page.evaluate('all[1].close()');
    await panel.source(b, 'closed');
    await clickWith(panel, 'Shift', c);
    await selected(panel, a, b, c);
    expect(await panel.text('[data-testid=chosen-left]')).toBe('Left out: 1 ended');
    await panel.click('[data-testid=faults]');
    await until(() => panel.has('.menu:popover-open [data-testid=on-source]'), 'the menu');
    expect(await panel.text('[data-testid=on-source]')).toContain('2 of the 3 selected');
    await panel.keyboard.press('Escape');
    expect(await panel.text('[data-testid=reset-several]')).toBe('Reset 2 sources');
    await panel.click('[data-testid=reset-several]');
    await asked({ [a]: 2, [c]: 2 });
    expect(stage.lab.connectionsTo(b)).toHaveLength(1);
  });

  test('is listed as one fault, and one click takes it back', async () => {
    const { panel, paths } = await three('outage');
    const [a, b, c] = paths;
    await clickWith(panel, 'Control', c);
    await panel.focus('.sources');
    await pressWith(panel, 'Shift', 'R');
    await until(() => panel.has('.menu:popover-open [data-testid=outage-30000]'), 'the menu');
    expect(await panel.text('.menu:popover-open .menu-title')).toBe('Reset 2 sources');
    await panel.click('.menu:popover-open [data-testid=outage-30000]');
    await until(() => panel.has(`${CHIP}[data-fault=outage][data-in-force=true]`), 'the outage');
    expect(await panel.count(CHIP)).toBe(1);
    expect(await panel.text(CHIP)).toContain('2 sources');
    for (const path of [a, c])
      await stage.lab.when(() => stage.lab.connectionsTo(path)[0]?.closed, `${path} to be lost`);
    await panel.click('[data-testid=chip-remove]');
    await until(async () => !(await panel.has(CHIP)), 'no fault to be in force');
    // Long before the 30 s are over.
    await asked({ [a]: 2, [b]: 1, [c]: 2 });
  });

  test('is a preset, too', async () => {
    const { panel, paths } = await three('preset');
    const [a, b, c] = paths;
    await clickWith(panel, 'Control', b);
    await panel.click('[data-testid=faults]');
    await until(() => panel.has('.menu:popover-open [data-testid=on-source][aria-checked=true]'), 'the menu');
    expect(await panel.text('[data-testid=on-source]')).toContain('The 2 selected');
    await panel.click('[data-testid=preset-expired]');
    await panel.source(a, 'closed');
    await panel.source(b, 'closed');
    expect(stage.lab.connectionsTo(c).map(({ closed }) => closed)).toEqual([undefined]);
    expect((await panel.source(c)).state).toBe('open');
  });

  test('is a check of those alone', async () => {
    const { panel, paths } = await three('check');
    const [a, , c] = paths;
    await clickWith(panel, 'Control', c);
    const name = () => panel.$eval('[data-testid=check]', (button) => button.getAttribute('aria-label'));
    expect(await name()).toBe('Check 2 sources');
    await panel.click('[data-testid=check]');
    await until(() => panel.has('[data-testid=check-stream]'), 'the table');
    const urls = await panel.$$eval('[data-testid=check-stream]', (all) =>
      all.map((one) => (one as HTMLElement).dataset['url'] ?? ''),
    );
    expect(urls.map((url) => new URL(url).pathname)).toEqual([a, c]);
    await panel.click('[data-testid=check-stop]');
    await until(() => panel.has('[data-testid=check-bar][data-phase=over]'), 'the end of the check');
  });
});

/** What axe finds, in both themes: rule, and the elements that break it. */
async function findings(panel: Panel): Promise<string[]> {
  await panel.evaluate(AXE);
  const found: string[] = [];
  for (const theme of ['light', 'dark']) {
    await panel.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
    found.push(
      ...((await panel.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
        violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html))
          .filter((one) => !one.includes('grid-body')))`)) as string[]),
    );
  }
  return found;
}

test.each([1000, 480])(
  'axe finds nothing while several are selected, %d px wide',
  async (width) => {
    const { panel, paths, page } = await three(`axe-${width}`, width);
    await page.evaluate('all[1].close()');
    await panel.source(paths[1], 'closed');
    await clickWith(panel, 'Shift', paths[2]);
    await selected(panel, ...paths);
    expect(await findings(panel)).toEqual([]);
    await panel.click('[data-testid=reset-several-menu]');
    await until(() => panel.has('.menu:popover-open [data-testid=witness]'), 'the menu');
    expect(await findings(panel)).toEqual([]);
    await panel.keyboard.press('Escape');
    await panel.click('[data-testid=check]');
    await until(() => panel.has('[data-testid=check-stream]'), 'the table');
    // Until there is something below a step.
    await until(
      () => panel.has('[data-testid=check-step]:is([data-result=pass], [data-result=fail], [data-result=unknown])'),
      'a step',
      60_000,
    );
    expect(await panel.$eval('.check-result', (table) => table.scrollWidth - table.clientWidth)).toBe(0);
    expect(await findings(panel)).toEqual([]);
    await panel.click('[data-testid=check-stop]');
    await until(() => panel.has('[data-testid=check-bar][data-phase=over]'), 'the end of the check');
  },
  120_000,
);
