import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { more, recordedOnce } from './interop-page.ts';
import { caught, spied, spiedBody } from './interop-spied.ts';
import { NAMES } from './pages/spy.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

describe('a page that lists the names on its window, document and prototypes', () => {
  test('finds those that it has where nobody inspects anything', async () => {
    const { browser, lab } = stage;
    lab.serve('/names', spiedBody(''));
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
    const { page, errors, panel } = await spied(stage);
    await recordedOnce(page, panel, 'further', 'new EventSource');
    expect(await caught(page)).toEqual([]);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });
});
