import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { awayAndBack } from './devtools-view.ts';
import type { Panel } from './panel.ts';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
let folder: string;
beforeAll(async () => {
  stage = await setStage();
  folder = await mkdtemp(join(tmpdir(), 'session-file-'));
  await stage.saveTo(folder);
});
afterEach(async () => {
  await stage.clear();
  for (const name of await readdir(folder)) await rm(join(folder, name));
});
afterAll(async () => {
  await stage?.close();
  await rm(folder, { recursive: true });
});

interface File {
  sources: { url: string; events: { lastEventId: string; data: string }[] }[];
}

const news = (panel: Panel) => panel.$eval('[data-testid=file-news]', ({ textContent }) => textContent ?? '');
const heard = (panel: Panel, words: RegExp) => until(async () => words.test(await news(panel)), `${words} to be said`);
const status = (panel: Panel) => panel.$eval('[data-testid=status]', ({ textContent }) => textContent ?? '');

/** The file that the browser saved; its name begins like this. */
function saved(beginning = 'sse-lifeline-'): Promise<string> {
  return until(async () => {
    const names = await readdir(folder);
    return names.find((name) => name.startsWith(beginning) && name.endsWith('.json'));
  }, 'the file');
}

async function importFile(panel: Panel, path: string): Promise<void> {
  await panel.toFront();
  await panel.upload('[data-testid=import-file]', path);
}

/** What is said of each source and its attempts; without for how long, which goes on. */
async function rows(panel: Panel) {
  const found = [];
  for (const row of await panel.sources()) {
    await panel.select(row);
    const { source, url, state, carried } = row;
    const shown = `[data-testid=source][data-source="${source}"][aria-selected=true]`;
    await until(() => panel.has(shown), 'the source to be selected');
    found.push({ source, url, state, carried, attempts: await panel.attempts() });
  }
  return found;
}

test('what is exported is what the server sent, without secrets, and shows the same when it is imported', async () => {
  const { panel, visit, errors } = await stage.inspect({ undocked: true });
  stage.lab.behave('/secrets', (exchange) => {
    exchange.response.setHeader('Set-Cookie', 'session=of-the-server');
    exchange.open();
    exchange.event(7);
  });
  await visit(`<script>
    new EventSource('/steady/fifty?every=1&count=50');
    new EventSource('/secrets?room=1&token=of-the-url');
    new EventSource('/status/503');
    new EventSource('/rst/twice?count=5&every=100&retry=60000');
  </script>`);
  await panel.source('/rst/twice', 'waiting');
  await panel.source('/secrets', 'open');
  await panel.source('/status/503', 'closed');
  await until(async () => (await status(panel)).includes('56 events'), 'all events');
  await panel.press('export');
  const name = await saved();
  expect(name).toMatch(/^sse-lifeline-127\.0\.0\.1-\d+-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.json$/);
  await heard(panel, /^Exported .*It holds the data of all events\. \d+ secrets/);

  const text = await readFile(join(folder, name), 'utf8');
  expect(text).not.toContain('of-the-');
  const file = JSON.parse(text) as File;
  const [connection] = stage.lab.connectionsTo('/steady/fifty');
  const events = file.sources.find(({ url }) => url.includes('/steady/fifty'))?.events ?? [];
  expect(connection?.sent).toBe(50);
  expect(events.map(({ lastEventId }) => lastEventId)).toEqual(Array.from({ length: 50 }, (_, n) => `${n + 1}`));
  expect(file.sources.map(({ url }) => url)).toContain(`${stage.lab.origin}/secrets?room=1&token=[redacted]`);

  const before = await rows(panel);
  await panel.click('[data-testid=clear]');
  await until(async () => (await panel.sources()).length === 3, 'what has ended to go');
  await importFile(panel, join(folder, name));
  await heard(panel, /^This is sse-lifeline-/);
  expect(await status(panel)).toMatch(/4 sources.*56 events.*Imported: sse-lifeline-127.*saved /);
  expect(await rows(panel)).toEqual(
    before.map((row) => ({ ...row, url: row.url.replace('of-the-url', '[redacted]') })),
  );
  await panel.select(await panel.source('/steady/fifty'));
  expect(await panel.allEventIds()).toEqual(events.map(({ lastEventId }) => lastEventId));
  expect([...errors, ...(await panel.thrown())]).toEqual([]);
});

describe('an imported session', () => {
  /** A panel that shows the file of a page with one stream, which goes on. */
  async function imported() {
    const inspected = await stage.inspect({ undocked: true });
    const { panel, visit } = inspected;
    await visit(`<script>window.es = new EventSource('/counter/live?every=20')</script>`);
    await panel.source('/counter/live', 'open');
    await panel.press('export');
    const path = join(folder, await saved());
    await importFile(panel, path);
    await heard(panel, /^This is/);
    return { ...inspected, path };
  }
  const events = async (panel: Panel) => Number(/([\d,]+) events?/.exec(await status(panel))?.[1]?.replace(',', ''));

  test('stands still while the page goes on being recorded, and the page is there again on return', async () => {
    const { page, panel, errors } = await imported();
    const [before, count] = [await panel.$eval('.source', ({ textContent }) => textContent), await events(panel)];
    await page.evaluate('es.close(); new EventSource("/steady/later")');
    await stage.lab.when((all) => all.find(({ path }) => path === '/steady/later'));
    // A panel that comes into sight again still shows the file.
    await awayAndBack(panel);
    expect(await panel.$eval('.source', ({ textContent }) => textContent)).toBe(before);
    expect(await events(panel)).toBe(count);
    // Not by the mouse: it finds a frame that was just shown again where it was before.
    await panel.$eval('[data-testid=back]', (button) => (button as HTMLElement).click());
    await panel.source('/steady/later', 'open');
    await panel.source('/counter/live', 'closed');
    expect(await events(panel)).toBeGreaterThan(count);
    expect(await status(panel)).not.toContain('Imported');
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('has no page to act on: what would is there, disabled, and says why', async () => {
    const { panel } = await imported();
    const disabled = await panel.$$eval('[aria-disabled=true]', (buttons) =>
      buttons.map(
        (button) => `${button.getAttribute('aria-label') ?? button.textContent}: ${button.getAttribute('title')}`,
      ),
    );
    const why = 'This session came from a file: there is no page to act on.';
    expect(disabled.sort()).toEqual([
      `Check resilience: ${why}`,
      `Clear: ${why}`,
      'Export: Export: this session is in a file already.',
      `Faults: ${why}`,
      `Record: ${why}`,
      `Reset /counter/live: ${why}`,
      `Reset all: ${why}`,
      `Ways to reset /counter/live: ${why}`,
    ]);
    const connection = stage.lab.connectionsTo('/counter/live').at(-1);
    await panel.click('[data-testid=reset]');
    await panel.focus('.sources');
    await panel.keyboard.press('r');
    await panel.click('[data-testid=back]');
    await panel.source('/counter/live', 'open');
    expect(connection?.closed).toBeUndefined();
  });

  test('takes the focus along, and is left by keyboard', async () => {
    const { panel } = await imported();
    const focused = () => panel.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    await panel.click('#filter');
    await panel.focus('[data-testid=back]');
    await panel.keyboard.press('Enter');
    await until(() => panel.has('[data-testid=manage-new]'), 'the tools of a session that lives');
    await until(async () => (await focused()) === 'import', 'Import to have the focus');
    // The dialog itself is the browser's.
    await panel.evaluate(() => {
      document.querySelector('[type=file]')?.addEventListener('click', (event) => {
        event.preventDefault();
        document.title = 'asked for a file';
      });
    });
    await panel.keyboard.press('Enter');
    expect(await panel.evaluate('document.title')).toBe('asked for a file');
    await rm(join(folder, await saved()));
    await panel.keyboard.press('ArrowRight');
    expect(await focused()).toBe('export');
    await panel.keyboard.press('Enter');
    expect(JSON.parse(await readFile(join(folder, await saved()), 'utf8'))).toMatchObject({ version: 1 });
  });

  test('is also what comes of a file that is dropped on the panel', async () => {
    const { panel, path } = await imported();
    await panel.click('[data-testid=back]');
    const text = await readFile(path, 'utf8');
    await panel.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'dropped.json'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, text);
    await heard(panel, /^This is dropped\.json/);
  });
});

describe('what is no session leaves the page there, and says why', () => {
  test.each([
    ['{"a":', /^given\.json is not JSON\./],
    ['{"log":{}}', /^given\.json is not a session of SSE Lifeline\./],
    ['{"format":"sse-lifeline-session","version":7}', /newer SSE Lifeline \(version 7 of the file\)/],
    [
      '{"format":"sse-lifeline-session","version":1,"saved":"<img src=x>"}',
      /^given\.json is damaged, or was changed: saved is wrong\./,
    ],
  ])('%s', async (text, words) => {
    const { panel, visit } = await stage.inspect({ undocked: true });
    await visit(`<script>new EventSource('/counter/there')</script>`);
    await panel.source('/counter/there', 'open');
    const path = join(folder, 'given.json');
    await writeFile(path, text);
    await importFile(panel, path);
    await heard(panel, words);
    await panel.source('/counter/there', 'open');
    expect(await panel.has('[data-testid=back]')).toBe(false);
    await panel.click('[aria-label=Close]');
    await heard(panel, /^$/);
    const focused = await panel.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    expect(focused).toBe('import');
    expect(await panel.thrown()).toEqual([]);
  });
});
