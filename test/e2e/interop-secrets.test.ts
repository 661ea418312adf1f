import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { HANDOVER } from '../../src/protocol/handover.ts';
import { more, recordedOnce, WATCH } from './interop-page.ts';
import { NAMES, spy } from './pages/spy.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

/** Where the page saw something of ours. */
const caught = (page: Page): Promise<string[]> =>
  page.evaluate(`[...new Set(sessionStorage.caught.split('\\n').filter(Boolean))]`) as never;

const body = (script: string) =>
  `${WATCH}${script}<script>watch('es', new EventSource('/counter/spied?every=50'))</script>`;

/** The page of a stage with its source reset, and events from after that. */
async function spied() {
  const inspected = await stage.inspect();
  const { page, panel, visit } = inspected;
  stage.lab.clear();
  await visit(body(spy([HANDOVER])));
  await panel.reset(await panel.source('/counter/spied', 'open'));
  await stage.lab.when(() => stage.lab.connectionsTo('/counter/spied').length === 2, 'the reconnect');
  await panel.source('/counter/spied', 'open');
  await more(page, 'es');
  return inspected;
}

describe('a page that lists the names on its window, document and prototypes', () => {
  test('finds those that it has where nobody inspects anything', async () => {
    const { browser, lab } = stage;
    lab.serve('/names', body(''));
    const plain = await browser.newPage();
    await plain.goto(`${lab.origin}/names`);
    await more(plain, 'es');
    const names = await plain.evaluate(NAMES);
    lab.clear();
    const { page, panel } = await stage.inspect();
    await page.goto(`${lab.origin}/names`);
    await panel.reset(await panel.source('/counter/spied', 'open'));
    await lab.when(() => lab.connectionsTo('/counter/spied').length === 2, 'the reconnect');
    await more(page, 'es');
    expect(await page.evaluate('isHooked()')).toBe(true);
    expect(await page.evaluate(NAMES)).toBe(names);
  });
});

describe('a page that looks for us everywhere sees no port, no message and no handover of ours', () => {
  test('while it is inspected and reset', async () => {
    const { page, errors, panel } = await spied();
    await recordedOnce(page, panel, 'further', 'new EventSource');
    expect(await caught(page)).toEqual([]);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });
});
