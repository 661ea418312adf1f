import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage?.close());

test("the panel's theme is that of DevTools, also when it changes while the panel is open", async () => {
  const { panel } = await stage.inspect();
  const theme = () => panel.evaluate('document.documentElement.dataset.theme');
  expect(await theme()).toBe('light');
  await panel.chooseTheme('dark');
  await until(async () => (await theme()) === 'dark', 'the dark theme');
  await panel.chooseTheme('light');
  await until(async () => (await theme()) === 'light', 'the light theme');
  expect(await panel.thrown()).toEqual([]);
});
