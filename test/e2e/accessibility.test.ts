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

describe('axe finds nothing', () => {
  test('in the empty panel, and in the one that is stopped', async () => {
    const { panel } = await stage.inspect();
    expect(await findings(panel)).toEqual([]);
    await panel.click('[data-testid=record]');
    await until(() => panel.has('[data-testid=record][aria-pressed=false]'), 'recording to be stopped');
    expect(await findings(panel)).toEqual([]);
  });

  test('with streams in every state, their events, headers and data, and a filter', async () => {
    const { page, panel, visit } = await stage.inspect();
    await page.evaluate('0');
    await visit(`<script>
      const types = new EventSource('/named/e?types=tick&every=20');
      new EventSource('/steady/open?every=20&count=5');
      new EventSource('/rst/waiting?every=20&count=1&retry=60000');
      new EventSource('/status/503');
      new EventSource('/slow-headers/e?ms=60000');
      fetch('/counter/fetched');
    </script>`);
    await panel.source('/steady/open', 'open');
    await panel.source('/rst/waiting', 'waiting');
    await panel.source('/status/503', 'closed');
    await panel.source('/slow-headers/e', 'connecting');
    await panel.source('/counter/fetched', 'open');
    await panel.select(await panel.source('/steady/open'));
    expect(await findings(panel)).toEqual([]);
    await panel.show('events');
    await panel.click('[data-testid=event]');
    expect(await findings(panel)).toEqual([]);
    await panel.click('#tab-headers');
    await until(() => panel.has('[data-testid=headers]'), 'the headers');
    expect(await findings(panel)).toEqual([]);
    await panel.type('#filter', 'source:/[/');
    expect(await findings(panel)).toEqual([]);
  });

  test('while a range is chosen on the overview', async () => {
    const { panel, visit } = await stage.inspect();
    await visit(`<script>new EventSource('/steady/range?every=20'); new EventSource('/status/503')</script>`);
    await panel.source('/steady/range', 'open');
    await panel.source('/status/503', 'closed');
    await panel.focus('[data-testid=overview] [role=slider]');
    await panel.keyboard.press('ArrowRight');
    await until(() => panel.has('[data-testid=range-chip]'), 'the chip of the range');
    expect(await findings(panel)).toEqual([]);
    // As far as it goes: before there was anything to show.
    await panel.focus('[data-testid=overview] [role=slider]:last-child');
    await panel.keyboard.press('Home');
    expect(await findings(panel)).toEqual([]);
  });

  test('with comments, all sources, a sorted list and its menus', async () => {
    const { panel, visit } = await stage.inspect({ undocked: true });
    await panel.manageNew(true);
    await visit(
      `<script>new EventSource('/comments/e?every=20&count=5'); new EventSource('/steady/e?every=500')</script>`,
    );
    await panel.select(await panel.source('/comments/e', 'open'));
    await panel.click('[data-testid=line]');
    expect(await findings(panel)).toEqual([]);
    await panel.click('[data-testid=all-sources]');
    await panel.click('.grid-events [data-column=size]');
    await until(() => panel.has('[data-testid=sort-again]'), 'newer events');
    await panel.click('.grid-events .grid-more button');
    await until(() => panel.has('[role=menuitemcheckbox]'), 'the menu of columns');
    expect(await findings(panel)).toEqual([]);
    await panel.keyboard.press('Escape');
    await panel.click('[data-testid=copy-menu]');
    await until(() => panel.has('[role=menuitem]'), 'the menu of what can be copied');
    expect(await findings(panel)).toEqual([]);
  });

  test('in a page that was there before DevTools', async () => {
    const { page, panel } = await stage.inspect();
    await page.evaluate(`new EventSource('/counter/late')`);
    await panel.source('/counter/late', 'open');
    await until(() => panel.has('[data-testid=late]'), 'the notice');
    expect(await findings(panel)).toEqual([]);
  });
});

describe('the keyboard', () => {
  const press = async (panel: Panel, key: 'e' | 'f' | 'l') => {
    await panel.keyboard.down('Control');
    await panel.keyboard.press(key);
    await panel.keyboard.up('Control');
  };

  test('finds, records and clears as in the Network panel', async () => {
    const { panel, visit } = await stage.inspect();
    await visit(`<script>new EventSource('/counter/keys?every=20'); new EventSource('/status/204');</script>`);
    await panel.source('/status/204', 'closed');
    // Keys go where the focus is, and DevTools has many frames; this is one that the pointer can give it to.
    await panel.click('#filter');
    await panel.focus('.sources');
    await press(panel, 'f');
    await until(() => panel.evaluate(`document.activeElement.id === 'filter'`), 'the filter to have the focus');
    await panel.type('#filter', 'source:204');
    await until(async () => (await panel.sources()).length === 1, 'the other source to be filtered');
    await panel.keyboard.press('Escape');
    await until(async () => (await panel.sources()).length === 2, 'both sources');
    await press(panel, 'l');
    await until(async () => (await panel.sources()).length === 1, 'what is past to go');
    await press(panel, 'e');
    await until(() => panel.has('[data-testid=record][aria-pressed=false]'), 'recording to be stopped');
    await press(panel, 'e');
    await until(() => panel.has('[data-testid=record][aria-pressed=true]'), 'recording again');
  });
});

test('keys go through all rows of a grid, which scroll into sight', async () => {
  const { panel, visit } = await stage.inspect({ undocked: true });
  await visit(`<script>new EventSource('/steady/rows?every=1&count=200')</script>`);
  await panel.select(await panel.source('/steady/rows', 'open'));
  await panel.show('events');
  await until(() => panel.has('[data-testid=event][data-id="200"]'), 'the last event');
  /** The id of the row that is selected, if it is in sight. */
  const selected = () =>
    panel.evaluate(() => {
      const row = document.querySelector<HTMLElement>('[data-testid=event][aria-selected=true]');
      const { left = 0, top = 0 } = row?.getBoundingClientRect() ?? {};
      return row?.contains(document.elementFromPoint(left + 20, top + 12)) ? row.dataset['id'] : undefined;
    });
  await panel.focus('.grid-events');
  const goes = async (key: 'Home' | 'End' | 'PageDown' | 'ArrowDown', isThere: (id: number) => boolean) => {
    await panel.keyboard.press(key);
    return until(async () => {
      const id = Number(await selected());
      return isThere(id) && id;
    }, `the row that ${key} leads to`);
  };
  await goes('Home', (id) => id === 1);
  await goes('ArrowDown', (id) => id === 2);
  const below = await goes('PageDown', (id) => id > 5 && id < 200);
  await goes('PageDown', (id) => id > below);
  await goes('End', (id) => id === 200);
});
