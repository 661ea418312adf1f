import type { Page } from 'puppeteer-core';
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

interface Range {
  from: number;
  to: number;
}

/** What the two handles of the window say, and what the overview shows; epoch milliseconds. */
async function handles(panel: Panel): Promise<{ window: Range; bounds: Range; words: string[] }> {
  const [from, to] = await panel.$$eval('[data-testid=overview] [role=slider]', (sliders) =>
    sliders.map((slider) => ({
      now: Number(slider.getAttribute('aria-valuenow')),
      least: Number(slider.getAttribute('aria-valuemin')),
      most: Number(slider.getAttribute('aria-valuemax')),
      words: slider.getAttribute('aria-valuetext') ?? '',
    })),
  );
  if (!from || !to) throw new Error('The overview has no handles.');
  const bounds = { from: from.least, to: from.most };
  return { window: { from: from.now, to: to.now }, bounds, words: [from.words, to.words] };
}

/** Where a moment is on the overview, in the DevTools window. */
async function place(panel: Panel, time: number): Promise<{ x: number; y: number }> {
  const box = await panel.box('[data-testid=overview]');
  if (!box) throw new Error('There is no overview.');
  const { from, to } = (await handles(panel)).bounds;
  return { x: box.x + ((time - from) / (to - from)) * box.width, y: box.y + box.height / 2 };
}

async function drag(panel: Panel, from: number, to: number): Promise<void> {
  await panel.toFront();
  const [start, end] = [await place(panel, from), await place(panel, to)];
  const { mouse } = panel;
  await mouse.move(start.x, start.y);
  await mouse.down();
  await mouse.move(end.x, end.y, { steps: 5 });
  await mouse.up();
}

const chip = (panel: Panel) => panel.has('[data-testid=range-chip]');
const isChosen = (panel: Panel) => until(() => chip(panel), 'the chip of the range');
const isLetGo = (panel: Panel) => until(async () => !(await chip(panel)), 'the chip to go');
const says = (panel: Panel, selector: string) => panel.$eval(selector, (element) => element.textContent ?? '');
const focused = (panel: Panel) =>
  panel.evaluate(() => ({
    name: document.activeElement?.getAttribute('aria-label'),
    isSeen: document.activeElement?.matches(':focus-visible'),
  }));

const EACH = 3;
let streams = 0;

/** A stream that ended eight times, each time after three events, and is closed: nothing moves any more. */
async function ended(page: Page, panel: Panel, visit: (body: string) => Promise<string>) {
  const path = `/end/often-${++streams}`;
  await visit(`<script>window.es = new EventSource('${path}?every=20&count=${EACH}&retry=400')</script>`);
  const connections = () => stage.lab.connectionsTo(path);
  await stage.lab.when(() => connections().filter(({ closed }) => closed).length >= 8, 'eight ends');
  await page.evaluate('es.close()');
  await panel.select(await panel.source(path, 'closed'));
  await until(async () => (await panel.attempts()).length >= 8, 'its attempts');
  return connections();
}

describe('a range that is drawn on the overview', () => {
  test('is what the timeline and the tables show, until the chip is closed', async () => {
    const { page, panel, visit, errors } = await stage.inspect({ undocked: true });
    const connections = await ended(page, panel, visit);
    const all = (await panel.attempts()).length;
    // Between the connections, far from every beginning and end.
    const gap = (index: number) => {
      const before = connections[index - 1]?.closed?.time ?? 0;
      return before + ((connections[index]?.time ?? 0) - before) / 2;
    };
    await drag(panel, gap(2), gap(5));
    await isChosen(panel);
    const { window } = await handles(panel);
    const within = connections.filter(({ time, closed }) => time <= window.to && (closed?.time ?? time) >= window.from);
    expect(within).toEqual(connections.slice(2, 5));

    const numbers = (await panel.attempts()).map(({ cells }) => cells[0]);
    expect(numbers).toEqual(['3', '4', '5']);
    const sent = within.reduce((sum, connection) => sum + connection.sent, 0);
    expect(sent).toBe(3 * EACH);
    expect((await panel.allEventIds()).map(Number)).toEqual(
      Array.from({ length: sent }, (_, index) => 2 * EACH + index + 1),
    );
    expect(await says(panel, '#tab-events .number')).toMatch(new RegExp(`^${sent} of `));
    expect(await says(panel, '[data-testid=status-events]')).toMatch(new RegExp(`^${sent} of \\d+ events$`));

    await panel.click('[data-testid=range-release]');
    await isLetGo(panel);
    expect(await panel.attempts()).toHaveLength(all);
    // The picture stays where it was.
    expect((await handles(panel)).window).toEqual(window);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('is moved and resized by dragging, and let go by a double click', async () => {
    const { page, panel, visit } = await stage.inspect({ undocked: true });
    const [first] = await ended(page, panel, visit);
    const start = first?.time ?? 0;
    await drag(panel, start + 1000, start + 2000);
    await isChosen(panel);
    const { bounds } = await handles(panel);
    const width = (await panel.box('[data-testid=overview]'))?.width ?? 1;
    /** As exact as a pointer can be. */
    const pixels = (2 * (bounds.to - bounds.from)) / width;
    const isNear = (time: number, expected: number) => Math.abs(time - start - expected) < pixels;
    const expectWindow = (from: number, to: number) =>
      until(async () => {
        const { window } = await handles(panel);
        return isNear(window.from, from) && isNear(window.to, to);
      }, `the window to be from ${from} to ${to} ms after the start`);
    await expectWindow(1000, 2000);
    await drag(panel, start + 1500, start + 2500);
    await expectWindow(2000, 3000);
    await drag(panel, start + 3000, start + 3500);
    await expectWindow(2000, 3500);
    const { x, y } = await place(panel, start + 1000);
    await panel.mouse.click(x, y);
    await expectWindow(250, 1750);
    await panel.mouse.click(x, y, { count: 2 });
    await isLetGo(panel);
    expect((await panel.attempts()).length).toBeGreaterThanOrEqual(8);
  });

  test('ends with what was in it: cleared, or left for another page', async () => {
    const { page, panel, visit } = await stage.inspect({ undocked: true });
    await visit(`<script>new EventSource('/steady/on?every=50'); new EventSource('/status/503')</script>`);
    const sent = () => stage.lab.connectionsTo('/steady/on').reduce((sum, one) => sum + one.sent, 0);
    const choose = async () => {
      const before = sent();
      await stage.lab.when(() => sent() >= before + 30, 'more than a second of events');
      const { from } = (await handles(panel)).bounds;
      // Not so near to the beginning that the handle there is dragged.
      await drag(panel, from + 600, from + 1200);
      await isChosen(panel);
    };
    await choose();
    await panel.click('[data-testid=clear]');
    await isLetGo(panel);
    await choose();
    await page.reload();
    await isLetGo(panel);
    await until(async () => (await panel.attempts()).length > 0, 'the attempt of the new page');
  });

  test('is drawn by a finger', async () => {
    const { page, panel, visit } = await stage.inspect({ undocked: true });
    const [first] = await ended(page, panel, visit);
    const start = first?.time ?? 0;
    const [from, to] = [await place(panel, start + 1000), await place(panel, start + 2000)];
    const parts = [0, 0.3, 0.6, 1];
    await panel.swipe(parts.map((part) => ({ x: from.x + (to.x - from.x) * part, y: to.y })));
    await isChosen(panel);
    const { window } = await handles(panel);
    expect(Math.abs(window.from - (start + 1000))).toBeLessThan(50);
    expect(Math.abs(window.to - (start + 2000))).toBeLessThan(50);
  });
});

describe('the keyboard', () => {
  test('moves both ends of the window, and lets go of it', async () => {
    const { page, panel, visit } = await stage.inspect({ undocked: true });
    await ended(page, panel, visit);
    // By key: [firefox] what a script focuses after a click is not drawn as having the focus.
    await panel.focus('[data-testid=record]');
    await panel.keyboard.press('Tab');
    const { keyboard } = panel;
    const press = async (key: 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End' | 'Escape' | 'Tab') => {
      await keyboard.press(key);
      return handles(panel);
    };
    // What moves with the present does not say so again and again.
    expect((await handles(panel)).words).toEqual([expect.stringMatching(/before now$/), 'now']);
    expect((await press('ArrowRight')).words[1]).toMatch(/^\d\d:\d\d:\d\d/);
    await isChosen(panel);
    expect(await focused(panel)).toEqual({ name: 'Start of the range', isSeen: true });

    const before = (await handles(panel)).window;
    const step = (await press('ArrowRight')).window.from - before.from;
    expect(step).toBeGreaterThan(0);
    await keyboard.down('Shift');
    const far = (await press('ArrowRight')).window.from;
    await keyboard.up('Shift');
    expect(far - before.from - step).toBeCloseTo(10 * step, -1);

    await press('Tab');
    expect(await focused(panel)).toEqual({ name: 'End of the range', isSeen: true });
    const back = (await press('ArrowLeft')).window;
    expect(back.from).toBe(far);
    expect(back.to).toBeLessThan(before.to);
    expect((await press('End')).window.to).toBe((await handles(panel)).bounds.to);
    // It stays behind the other one.
    const least = (await press('Home')).window;
    expect(least.to).toBeGreaterThan(least.from);

    await press('Escape');
    await isLetGo(panel);
    expect((await handles(panel)).words[1]).toBe('now');
  });
});
