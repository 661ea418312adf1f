import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { HANDOVER } from '../../src/protocol/handover.ts';
import { until } from './driver-chromium.ts';
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

describe('a page that looks for us everywhere sees no port, no message and no handover of ours', () => {
  test('while it is inspected and reset; and it has no name that it would not have without us', async () => {
    const { page, errors, panel } = await spied();
    await recordedOnce(page, panel, 'further', 'new EventSource');
    expect(await caught(page)).toEqual([]);
    const names = await page.evaluate(NAMES);
    // The same page where nobody inspects: the list of names is the browser's, and the page's own.
    const plain = await stage.browser.newPage();
    await plain.goto(`${stage.lab.origin}/nothing`);
    const path = new URL(page.url()).pathname;
    await plain.goto(stage.lab.origin + path);
    await until(async () => !(await plain.evaluate('isHooked()')), 'the stranger to be as it was');
    await plain.evaluate(`watch('further', new EventSource('/counter/plain')).close()`);
    expect(names).toBe(await plain.evaluate(NAMES));
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });
});
