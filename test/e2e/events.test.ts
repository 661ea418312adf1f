import { execFile } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER } from '../support/browser.ts';
import type { Panel } from './panel.ts';
import { ids, type Stage, seen, setStage, WITNESS } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

interface Row {
  type: string;
  id: string;
  source: string;
  data: string;
}

/** All rows of the list, from its top to its end; those where the connection was made anew have no type. */
async function rowsOf(panel: Panel): Promise<Row[]> {
  await panel.toFront();
  const found = new Map<number, Row>();
  const look = () =>
    panel.$$eval('.grid-events tbody tr', (rows) =>
      rows.map((row) => {
        const { type = '', id = '', source = '' } = (row as HTMLElement).dataset;
        const data = row.lastElementChild?.textContent ?? '';
        return [Number(row.getAttribute('aria-rowindex')), { type, id, source, data }] as const;
      }),
    );
  const scroll = (to: 'top' | 'on') =>
    panel.$eval(
      '.grid-events tbody',
      async (body, to) => {
        body.scrollTop = to === 'top' ? 0 : body.scrollTop + body.clientHeight / 2;
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        return to === 'top' ? body.scrollTop === 0 : body.scrollTop + body.clientHeight >= body.scrollHeight - 1;
      },
      to,
    );
  await until(() => scroll('top'), 'the top of the list');
  for (let isEnd = false; ; isEnd = await scroll('on')) {
    for (const [index, row] of await look()) found.set(index, row);
    if (isEnd) return [...found].sort(([a], [b]) => a - b).map(([, row]) => row);
  }
}

const settled = (panel: Panel) =>
  until(() => panel.has('[data-testid=list-status][data-busy=""]'), 'the list to be complete');
const write = async (panel: Panel, text: string) => {
  await panel.click('#filter');
  await panel.type('#filter', text);
};
const press = (panel: Panel, ...keys: Parameters<typeof panel.keyboard.press>[0][]) =>
  keys.reduce((before, key) => before.then(() => panel.keyboard.press(key)), Promise.resolve());

describe('what a stream says without an event', () => {
  test('is in its place between the events, as the server sent it, and can be hidden', async () => {
    const { panel, visit, errors } = await stage.inspect();
    await panel.manageNew(true);
    await visit(`<script>new EventSource('/comments/all?every=10&count=12&retry=1500')</script>`);
    await panel.select(await panel.source('/comments/all', 'open'));
    await panel.show('events');
    await stage.lab.when(() => stage.lab.connectionsTo('/comments/all')[0]?.sent === 12, 'the last event');
    const count = () => panel.$eval('[data-testid=lines] .number', (words) => words.textContent);
    await until(async () => (await count()) === '37', 'what is no event to be counted');
    const blocks = Array.from({ length: 12 }, (_, index) => {
      const id = 2 * index + 2;
      return [
        ['comment', '', `comment before ${id}`],
        ['retry', '', '1500'],
        ['id', `${id - 1}`, `${id - 1}`],
        ['message', `${id}`, `{"n":${id}}`],
      ];
    });
    const expected = [['retry', '', '1500'], ...blocks.flat()];
    expect((await rowsOf(panel)).map(({ type, id, data }) => [type, id, data])).toEqual(expected);

    await panel.click('[data-testid=lines]');
    await until(async () => (await panel.count('[data-testid=line]')) === 0, 'nothing but events');
    expect((await rowsOf(panel)).map(({ id }) => id)).toEqual(
      expected.filter(([type]) => type === 'message').map(([, id]) => id),
    );
    await panel.click('[data-testid=lines]');
    await write(panel, 'type:comment "before 12"');
    await settled(panel);
    await until(async () => (await rowsOf(panel)).length === 1, 'the comment that is looked for');
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('is not seen of a connection that is the browser’s: the list says so, and how to see it', async () => {
    const { panel, visit } = await stage.inspect({ undocked: true });
    await visit(`<script>new EventSource('/comments/native?every=20')</script>`);
    await panel.select(await panel.source('/comments/native', 'open'));
    await panel.click('.events .hint button');
    await until(() => panel.has('[data-testid=manage-new]:checked'), 'new connections to be managed');
    // The same place now has the button that reloads.
    await panel.click('.events .hint button');
    await until(async () => (await panel.source('/comments/native', 'open')).carried === 'managed', 'the page again');
    await until(() => panel.has('[data-testid=line]'), 'a comment');
    expect(await panel.has('.events .hint')).toBe(false);
  });
});

describe('all sources', () => {
  test('are listed in the order in which the page heard them; a click selects the source, and a filter searches all', async () => {
    const { page, panel, visit, errors } = await stage.inspect({ undocked: true });
    await visit(`<script>
      window.heard = [];
      window.all = ['a', 'b', 'c'].map((name, index) => {
        const es = new EventSource('/steady/' + name + '?every=' + (7 + 4 * index));
        es.onmessage = ({ lastEventId }) => heard.push('/steady/' + name + ' ' + lastEventId);
        return es;
      });
    </script>`);
    await panel.source('/steady/c', 'open');
    await until(async () => ((await page.evaluate('heard.length')) as number) > 150, 'events');
    await page.evaluate('all.forEach((es) => es.close())');
    await panel.source('/steady/c', 'closed');
    await panel.click('[data-testid=all-sources]');
    const heard = (await page.evaluate('heard')) as string[];
    const keys = new Map((await panel.sources()).map(({ source, url }) => [source, new URL(url).pathname]));
    const told = async () => (await rowsOf(panel)).map(({ source, id }) => `${keys.get(source)} ${id}`);
    expect(await told()).toEqual(heard);

    await panel.click('[data-testid=event][data-source$="2"]');
    await until(async () => (await panel.$eval('#attempts-title', (title) => title.textContent)) === '/steady/b', 'b');
    await write(panel, 'id:/^2.$/');
    await settled(panel);
    const found = heard.filter((event) => / 2.$/.test(event));
    await until(async () => (await told()).length === found.length, 'what is found');
    expect(await told()).toEqual(found);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });
});

describe('the filter', () => {
  test('finds each event once while they arrive, in their order, and goes on finding', async () => {
    const { page, panel, visit } = await stage.inspect({ undocked: true });
    await visit(`${WITNESS}<script>window.es = watch(new EventSource('/steady/fast?every=1'))</script>`);
    await panel.select(await panel.source('/steady/fast', 'open'));
    await until(async () => ids(await seen(page)).length > 300, 'events');
    await write(panel, '"n":1');
    await until(async () => ids(await seen(page)).length > 1200, 'more events');
    await panel.toFront();
    await panel.keyboard.type('1');
    await page.evaluate('es.close()');
    await panel.source('/steady/fast', 'closed');
    await settled(panel);
    const expected = ids(await seen(page)).filter((id) => `${id}`.startsWith('11'));
    await until(async () => (await rowsOf(panel)).length === expected.length, 'all that match');
    expect((await rowsOf(panel)).map(({ id }) => Number(id))).toEqual(expected);
    const status = await panel.$eval('[data-testid=list-status]', (words) => words.textContent);
    expect(status).toContain(`${expected.length} of`);
  });
});

describe('columns', () => {
  test('sort, say what is newer, and go back to the order of the stream', async () => {
    const { page, panel, visit } = await stage.inspect({ undocked: true });
    stage.lab.behave('/sizes', (exchange) => {
      exchange.open();
      for (const [id, size] of [
        [1, 30],
        [2, 10],
        [3, 20],
        [4, 10],
      ] as const)
        exchange.event(id, 'x'.repeat(size));
      exchange.after(1, () => {});
    });
    await visit(`<script>new EventSource('/sizes'); window.later = () => new EventSource('/sizes')</script>`);
    await panel.select(await panel.source('/sizes', 'open'));
    await until(async () => (await panel.count('[data-testid=event]')) === 4, 'four events');
    const sorted = async (...expected: string[]) =>
      until(async () => (await rowsOf(panel)).map(({ id }) => id).join() === expected.join(), `${expected}`);
    const head = '.grid-events [data-column=size]';
    await panel.click(head);
    await sorted('2', '4', '3', '1');
    expect(await panel.$eval(head, (th) => th.getAttribute('aria-sort'))).toBe('ascending');
    await panel.click(head);
    await sorted('1', '3', '2', '4');
    await panel.click('[data-testid=all-sources]');
    await page.evaluate('void later()');
    await until(() => panel.has('[data-testid=sort-again]'), 'newer events to be told of');
    await panel.click('[data-testid=sort-again]');
    await sorted('1', '1', '3', '3', '2', '4', '2', '4');
    await panel.click(head);
    await sorted('1', '2', '3', '4', '1', '2', '3', '4');
    expect(await panel.$eval(head, (th) => th.getAttribute('aria-sort'))).toBeNull();
    // The newest first, and that goes on by itself.
    await panel.click('.grid-events [data-column=time]');
    await sorted('4', '3', '2', '1', '4', '3', '2', '1');
    await page.evaluate('void later()');
    await until(async () => (await rowsOf(panel)).length === 12, 'what came later');
    expect((await rowsOf(panel)).map(({ id }) => id).join('')).toBe('432143214321');
  });

  test('are as wide as they were drawn, and hidden by key, also in the DevTools of another page', async () => {
    const { panel, visit } = await stage.inspect({ undocked: true });
    await visit(`<script>new EventSource('/steady/columns?every=50')</script>`);
    await panel.select(await panel.source('/steady/columns', 'open'));
    await until(() => panel.has('[data-testid=event]'), 'an event');
    const widthOf = (where: Panel, name: string) =>
      where.$eval(`.grid-events [data-column=${name}]`, (head) => head.getBoundingClientRect().width);
    const before = await widthOf(panel, 'type');
    const box = await until(() => panel.box('.grid-events [data-column=type] .grid-edge'), 'the edge of a head');
    const { mouse } = panel;
    await mouse.move(box.x + 4, box.y + 8);
    await mouse.down();
    await mouse.move(box.x + 44, box.y + 8, { steps: 4 });
    await mouse.up();
    expect(await widthOf(panel, 'type')).toBeCloseTo(before + 40, 0);
    // By key: from the head of the id, narrower by one step, and the size is hidden by the menu.
    await panel.focus('.grid-events [data-column=id]');
    await panel.keyboard.down('Shift');
    await press(panel, 'ArrowLeft');
    await panel.keyboard.up('Shift');
    await press(panel, 'ArrowRight', 'ContextMenu');
    await until(() => panel.has('[role=menu]'), 'the menu of columns');
    await press(panel, 'ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter', 'Escape');
    await until(async () => !(await panel.has('.grid-events [data-column=size]')), 'the size to be hidden');

    const other = await stage.inspect({ undocked: true });
    await other.visit(`<script>new EventSource('/steady/columns?every=50')</script>`);
    await other.panel.source('/steady/columns', 'open');
    await until(() => other.panel.has('[data-testid=event]'), 'an event');
    expect(await other.panel.has('.grid-events [data-column=size]')).toBe(false);
    expect(await widthOf(other.panel, 'type')).toBeCloseTo(before + 40, 0);
    await other.panel.click('.grid-events [data-column=type] .grid-edge');
    await other.panel.doubleClick('.grid-events [data-column=type] .grid-edge');
    await until(async () => Math.abs((await widthOf(other.panel, 'type')) - before) < 1, 'the width as it came');
  });
});

describe('the detail of an event', () => {
  const JSON_TEXT = '{"a":{"n":12345678901234567890},"n":1.0,"n":2}';

  test('is a tree by keys, in which nothing is other than it was sent', async () => {
    const { panel, visit } = await stage.inspect({ undocked: true });
    stage.lab.behave('/json', (exchange) => {
      exchange.open();
      exchange.event(1, JSON_TEXT);
      exchange.event(2, 'no json');
    });
    await visit(`<script>new EventSource('/json')</script>`);
    await panel.select(await panel.source('/json', 'open'));
    await panel.click('[data-testid=event][data-id="1"]');
    await panel.focus('.grid-events');
    await press(panel, 'Enter');
    await until(() => panel.evaluate(`document.activeElement.id === 'event-data'`), 'the tree to have the focus');
    const tree = () =>
      panel.$$eval('[role=treeitem]', (items) =>
        items.map(
          (item) => `${item.getAttribute('aria-level')} ${item.getAttribute('aria-expanded')} ${item.textContent}`,
        ),
      );
    const shows = (...expected: string[]) =>
      until(async () => JSON.stringify((await tree()).slice(1)) === JSON.stringify(expected), expected.join(' | '));
    await shows(
      '2 true a: {n: 12345678901234567890}',
      '3 null n: 12345678901234567890',
      '2 null n: 1.0',
      '2 null n: 2',
    );
    await press(panel, 'ArrowDown', 'ArrowLeft');
    await shows('2 false a: {n: 12345678901234567890}', '2 null n: 1.0', '2 null n: 2');
    await press(panel, 'ArrowRight', 'ArrowRight');
    const active = await panel.$eval('#event-data', (element) => element.getAttribute('aria-activedescendant'));
    expect(await panel.$eval(`#${active}`, (item) => item.textContent)).toBe('n: 12345678901234567890');
    // To the next event, which is no JSON, and back to the list.
    await panel.click('.detail-bar [aria-label=Next]');
    await until(async () => (await panel.$eval('.detail-data', (data) => data.textContent)) === 'no json', 'it');
    await press(panel, 'Escape');
    await until(async () => !(await panel.has('.detail')), 'the detail to be closed');
    expect(await panel.evaluate(`document.activeElement.classList.contains('grid-events')`)).toBe(true);
  });

  test('is copied, and its request as a command that the server takes for the same one, without secrets', async () => {
    const { page, panel, visit } = await stage.inspect({ undocked: true });
    await page.evaluate(`document.cookie = 'session=secret'`);
    await visit(
      `<textarea id="pasted"></textarea><script>new EventSource("/rst/quo'te?every=20&count=3&retry=100&q=$(id)")</script>`,
    );
    await stage.lab.when(() => stage.lab.connectionsTo("/rst/quo'te").length >= 2, 'a reconnect');
    await panel.select(await panel.source("/rst/quo'te"));
    await panel.click('[data-testid=event][data-id="4"]');
    const copied = async (label: string) => {
      await panel.click('[data-testid=copy-menu]');
      await panel.click(`[role=menuitem]:nth-child(${label})`);
      const said = await until(() => panel.$eval('.detail-said', (words) => words.textContent), 'what was done');
      await page.bringToFront();
      await page.evaluate(`pasted.value = ''; pasted.focus()`);
      if (BROWSER === 'firefox') await page.keyboard.down('Control');
      await page.keyboard.press('v', { commands: ['Paste'] });
      if (BROWSER === 'firefox') await page.keyboard.up('Control');
      const text = await until(() => page.evaluate('pasted.value') as Promise<string>, 'what was copied');
      await panel.toFront();
      return { said, text };
    };
    expect(await copied('1')).toEqual({ said: 'Copied', text: '{"n":4}' });
    expect(JSON.parse((await copied('2')).text)).toMatchObject({ type: 'message', id: '4', data: '{"n":4}' });
    const safe = await copied('3');
    expect(safe.said).toBe('Copied without secrets');
    expect(safe.text).not.toContain('secret');
    const whole = await copied('4');
    stage.lab.clear();
    await new Promise((done) => execFile('sh', ['-c', `${whole.text} --max-time 20 -s`], done));
    const [connection] = stage.lab
      .connectionsTo("/rst/quo'te")
      .filter(({ headers }) => headers.cookie === 'session=secret' && headers['last-event-id'] === '3');
    expect(connection?.url).toContain("/rst/quo'te?every=20&count=3&retry=100&q=$(id)");
  });
});
