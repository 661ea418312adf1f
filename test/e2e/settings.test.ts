import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Panel } from './panel.ts';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(async () => {
  await stage.clear();
  const { panel } = await stage.inspect();
  await panel.evaluate(`chrome.storage.local.clear()`);
  await stage.clear();
});
afterAll(() => stage?.close());

async function openSettings(panel: Panel): Promise<void> {
  await panel.press('settings');
  await until(() => panel.has('dialog:modal'), 'the settings');
}

async function closeSettings(panel: Panel): Promise<void> {
  await panel.keyboard.press('Escape');
  await until(async () => !(await panel.has('dialog')), 'the settings to be closed');
}

/** Opens the settings, and chooses one of what is offered. */
async function choose(panel: Panel, ...names: string[]): Promise<void> {
  await openSettings(panel);
  for (const name of names) await panel.click(`[data-testid=settings-${name}]`);
  await closeSettings(panel);
}

async function chooseLimit(panel: Panel, name: 'entries' | 'size', value: number): Promise<void> {
  await openSettings(panel);
  await panel.choose(`[data-testid=settings-${name}]`, `${value}`);
  await closeSettings(panel);
}

const checked = (panel: Panel) =>
  panel.$$eval('dialog input:checked', (inputs) => inputs.map((input) => (input as HTMLInputElement).value));

/** The times of the events in sight, as they are written. */
async function times(panel: Panel): Promise<string[]> {
  await panel.toFront();
  return panel.$$eval('[data-testid=event] td:first-child', (cells) => cells.map((cell) => cell.textContent ?? ''));
}

/** `+1:02.345` and `10:42:19.412` in milliseconds. */
function milliseconds(text: string): number {
  const parts = text.replace(' s', '').split(':').map(Number);
  return Math.round(parts.reduce((sum, part) => sum * 60 + part, 0) * 1000);
}

const isRelative = (text: string | undefined) => /^\+[\d:.]+( s)?$/.test(text ?? '');
const FIVE = `<script>new EventSource('/finite/five?every=30').onerror = ({ target }) => target.close();</script>`;

/** A panel on a page with a stream that brought five events and ended. */
async function ended() {
  const inspected = await stage.inspect();
  await inspected.visit(FIVE);
  await inspected.panel.select(await inspected.panel.source('/finite/five', 'closed'));
  await inspected.panel.show('events');
  await until(async () => (await times(inspected.panel)).length === 5, 'five events');
  return inspected;
}

describe('times', () => {
  test('are counted from the beginning of the session at once, and of day again', async () => {
    const { panel } = await ended();
    const ofDay = await times(panel);
    await choose(panel, 'relative');
    await until(async () => isRelative((await times(panel))[0]), 'relative times');
    const relative = await times(panel);
    const steps = (list: string[]) =>
      list.slice(1).map((time, at) => milliseconds(time) - milliseconds(list[at] ?? ''));
    for (const [at, step] of steps(relative).entries()) {
      // Both are cut to milliseconds, each from its own beginning.
      expect(Math.abs(step - (steps(ofDay)[at] ?? Number.NaN))).toBeLessThanOrEqual(1);
    }
    // The stream was there before its events.
    const started = (await panel.attempts())[0]?.cells[1] ?? '';
    expect(isRelative(started) || started.startsWith('0')).toBe(true);
    expect(milliseconds(started)).toBeLessThan(milliseconds(relative[0] ?? ''));
    await choose(panel, 'clock');
    await panel.show('events');
    await until(async () => (await times(panel)).join() === ofDay.join(), 'times of day');
    expect(await panel.thrown()).toEqual([]);
  });
});

describe('rows', () => {
  test('are higher where they are to be comfortable, one below the other, and the end stays in sight', async () => {
    const { panel, visit } = await stage.inspect();
    await visit(`<script>new EventSource('/steady/rows?every=5&count=200')</script>`);
    const last = '[data-testid=event][data-id="200"]';
    await panel.source('/steady/rows', 'open');
    await panel.show('events');
    await until(() => panel.has(last), 'the last event');
    const places = () =>
      panel.$$eval('[data-testid=event]', (rows) =>
        rows.map((row) => {
          const { top, height } = row.getBoundingClientRect();
          return { top, height };
        }),
      );
    await choose(panel, 'comfortable');
    await until(async () => (await places())[0]?.height === 24, 'higher rows');
    const found = await places();
    expect(found.slice(1).map(({ top }, at) => top - (found[at]?.top ?? 0))).toEqual(found.slice(1).map(() => 24));
    const isInSight = await panel.$eval(last, (row) => {
      const { left, top } = row.getBoundingClientRect();
      return row.contains(document.elementFromPoint(left + 20, top + 12));
    });
    expect(isInSight).toBe(true);
  });
});

describe('the log', () => {
  const EVENTS = 12_000;
  const status = (panel: Panel) => panel.$eval('[data-testid=status]', (bar) => bar.textContent ?? '');
  const numberBefore = (text: string, word: string) =>
    Number(new RegExp(`([\\d,]+) ${word}`).exec(text)?.[1]?.replaceAll(',', '') ?? Number.NaN);

  test('forgets at once what is over a lower limit, and counts it; a higher one holds more', async () => {
    const { panel, visit } = await stage.inspect();
    const body = Array.from({ length: EVENTS }, (_, id) => `id: ${id}\ndata: ${id}\n\n`).join('');
    stage.lab.serve('/many', body, { 'Content-Type': 'text/event-stream' });
    const once = `<script>new EventSource('/many').onerror = ({ target }) => target.close();</script>`;
    await visit(once);
    await panel.source('/many', 'closed');
    await until(async () => numberBefore(await status(panel), 'events') === EVENTS, 'all events');
    await chooseLimit(panel, 'entries', 10_000);
    await until(async () => (await status(panel)).includes('forgotten'), 'older events to be forgotten');
    const words = await status(panel);
    const held = numberBefore(words, 'events');
    expect(held).toBeLessThanOrEqual(10_000);
    expect(held + numberBefore(words, 'older events')).toBe(EVENTS);
    const hint = await panel.$$eval('[data-testid=status] [title]', (all) =>
      all.map((one) => one.getAttribute('title')),
    );
    expect(hint.join()).toContain('10,000 entries or 512 MiB');
    await chooseLimit(panel, 'entries', 2_000_000);
    await visit(once);
    await until(async () => numberBefore(await status(panel), 'events') === EVENTS, 'all events of another page');
    expect(await status(panel)).not.toContain('forgotten');
  });
});

describe('settings', () => {
  test('are the same in every DevTools, and in the ones that are opened later', async () => {
    const { panel: one } = await ended();
    const { page, panel: other } = await ended();
    await choose(one, 'relative', 'comfortable');
    await until(async () => isRelative((await times(other))[0]), 'the other DevTools to follow');
    await other.close();
    await one.close();
    const again = await stage.openPanel(page);
    await page.reload();
    await again.select(await again.source('/finite/five', 'closed'));
    await again.show('events');
    await until(async () => isRelative((await times(again))[0]), 'times as they were to be');
    await openSettings(again);
    expect(await checked(again)).toEqual(['relative', 'comfortable']);
    // And back to what they come with.
    await again.click('[data-testid=settings-defaults]');
    await until(async () => (await checked(again)).join() === 'clock,compact', 'the defaults');
    expect(await again.$eval('[data-testid=settings-defaults]', (one) => one.ariaDisabled)).toBe('true');
    expect(await again.thrown()).toEqual([]);
  });

  test('show all columns again, where some are hidden', async () => {
    const { panel } = await stage.inspect();
    await openSettings(panel);
    expect(await panel.has('[data-testid=settings-columns]')).toBe(false);
    await panel.evaluate(`chrome.storage.local.set({ settings: { columns: { events: { hidden: ['size'] } } } })`);
    await panel.click('[data-testid=settings-columns]');
    const stored = `chrome.storage.local.get('settings').then(({ settings }) => settings.columns.events.hidden.length)`;
    await until(async () => (await panel.evaluate(stored)) === 0, 'no column to be hidden');
    await until(async () => !(await panel.has('[data-testid=settings-columns]')), 'the button to go');
  });

  test('close with Escape, which DevTools does not hear, and with a click beside them; the focus goes back', async () => {
    const { panel } = await stage.inspect();
    const focused = () => panel.evaluate('document.activeElement.dataset.testid');
    await openSettings(panel);
    // In the menu, whose button has the focus when it closes.
    const opener = (await panel.has('[data-testid=more]')) ? 'more' : 'settings';
    await panel.keyboard.press('Escape');
    await until(async () => !(await panel.has('dialog')), 'the settings to be closed');
    expect(await focused()).toBe(opener);
    expect(await panel.hasDrawer()).toBe(false);
    await openSettings(panel);
    await panel.$eval('dialog', (dialog) => dialog.click());
    await until(async () => !(await panel.has('dialog')), 'the settings to be closed');
    expect(await focused()).toBe(opener);
  });
});
