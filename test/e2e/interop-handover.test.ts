import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { stopBackground } from './background.ts';
import { recordedOnce } from './interop-page.ts';
import { caught, spied } from './interop-spied.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

describe('a page that knows our code cannot take the port that is handed over', () => {
  test('when the service worker comes back, whatever the page has patched by then', async () => {
    const { page, panel } = await spied(stage);
    await stopBackground(stage.browser);
    await panel.connected();
    await recordedOnce(page, panel, 'later', 'new EventSource');
    expect(await caught(page)).toEqual([]);
  });
});
