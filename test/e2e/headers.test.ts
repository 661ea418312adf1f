import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER } from '../support/browser.ts';
import type { Panel } from './panel.ts';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

const showHeaders = (panel: Panel) => panel.click('#tab-headers');
const headersOf = (panel: Panel) => panel.$eval('[data-testid=headers]', (pane) => pane.textContent ?? '');
const header = (panel: Panel, name: string) =>
  panel.$$eval(`[data-header="${name}"]`, (values) => values.map(({ textContent }) => textContent));

describe('headers', () => {
  test('are those that the server sent and received; secrets are hidden until the user asks for them', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    stage.lab.behave('/secrets', (exchange) => {
      exchange.response.setHeader('Set-Cookie', 'session=from-the-server');
      exchange.response.setHeader('X-Plain', 'open to all');
      exchange.open();
      // [firefox] Hands on the headers with the first byte of the body.
      exchange.event(1);
    });
    await page.evaluate(() => {
      // biome-ignore lint/suspicious/noDocumentCookie: an old way, and the one that every browser knows
      document.cookie = 'session=from-the-page';
    });
    await visit(`<script>new EventSource('/secrets')</script>`);
    await panel.select(await panel.source('/secrets', 'open'));
    await showHeaders(panel);
    await until(async () => (await header(panel, 'x-plain')).length > 0, 'the headers');
    expect(await header(panel, 'x-plain')).toEqual(['open to all']);
    expect(await header(panel, 'accept')).toEqual(['text/event-stream']);
    expect(await header(panel, 'cookie')).toEqual(['hidden']);
    expect(await header(panel, 'set-cookie')).toEqual(['hidden']);
    // Not in any attribute either.
    const everything = () => panel.evaluate(() => document.documentElement.outerHTML);
    expect(await everything()).not.toContain('from-the-');
    await panel.click('[data-testid=reveal]');
    await until(async () => (await everything()).includes('from-the-page'), 'the hidden values');
    expect(await header(panel, 'cookie')).toEqual(['session=from-the-page']);
    expect(await header(panel, 'set-cookie')).toEqual(['session=from-the-server']);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });

  test('say where the page constructed a source and where it closed it, and nothing of our own scripts', async () => {
    const { page, panel, visit } = await stage.inspect();
    stage.lab.serve(
      '/app.js',
      'function openFeed() { return new EventSource("/counter/stacked"); }\nfunction dropFeed(es) {\n  es.close();\n}',
      { 'Content-Type': 'text/javascript' },
    );
    await visit('<script src="/app.js"></script><script>window.es = openFeed()</script>');
    await panel.select(await panel.source('/counter/stacked', 'open'));
    await page.evaluate('dropFeed(es)');
    await panel.source('/counter/stacked', 'closed');
    await showHeaders(panel);
    const words = await until(async () => {
      const text = await headersOf(panel);
      return text.includes('dropFeed') && text;
    }, 'the stack');
    // As each browser writes a frame.
    const frame = { chromium: '$1 \\(http[^)]*/app\\.js:$2:\\d+\\)', firefox: '$1@http\\S*/app\\.js:$2:\\d+' }[BROWSER];
    const frameOf = (name: string, line: number) => new RegExp(frame.replace('$1', name).replace('$2', `${line}`));
    expect(words).toMatch(frameOf('openFeed', 1));
    expect(words).toMatch(frameOf('dropFeed', 3));
    expect(words).not.toMatch(/-extension:|<anonymous code>/);
  });

  test('are not asked of a page that writes its own stacks: its code is not called', async () => {
    const { page, panel, visit, errors } = await stage.inspect();
    await visit(`<script>
      window.calls = 0;
      Error.prepareStackTrace = (error, frames) => { window.calls++; return ''; };
      const es = new EventSource('/counter/own-stacks');
      es.onopen = () => es.close();
    </script>`);
    await panel.source('/counter/own-stacks', 'closed');
    expect(await page.evaluate('calls')).toBe(0);
    expect(errors).toEqual([]);
  });
});

describe('the seventh stream of a host', () => {
  test('is said to wait for a connection, until one is free', async () => {
    const { page, panel, visit } = await stage.inspect();
    await visit(`<script>
      window.all = Array.from({length: 7}, (_, index) => new EventSource('/counter/seven-' + index + '?every=200'));
    </script>`);
    const words = () =>
      panel.$$eval('[data-testid=source]', (rows) => rows.map(({ textContent }) => textContent ?? ''));
    const queued = await until(async () => {
      const rows = (await words()).filter((row) => row.includes('Queued'));
      return rows.length > 0 && rows;
    }, 'a stream that waits');
    expect(queued).toHaveLength(1);
    // [chrome] Six connections for each host over HTTP/1.1: the server saw six.
    expect(stage.lab.connectionsTo('/counter/seven-')).toHaveLength(6);
    expect(await panel.marks()).toEqual(
      expect.arrayContaining([expect.stringContaining('6 connections to this host')]),
    );
    await page.evaluate('all[0].close()');
    await stage.lab.when(() => stage.lab.connectionsTo('/counter/seven-').length === 7, 'the seventh request');
    await until(async () => (await words()).every((row) => !row.includes('Queued')), 'nobody to wait');
  });
});
