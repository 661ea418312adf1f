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
  const theme = () => panel.frame.evaluate('document.documentElement.dataset.theme');
  // As text: build tools would rewrite `import()`.
  const choose = (name: string) =>
    panel.devtools.evaluate(`(async () => {
      const { Settings } = await import('./core/common/common.js');
      Settings.Settings.instance().moduleSetting('ui-theme').set('${name}');
    })()`);
  expect(await theme()).toBe('light');
  await choose('dark');
  await until(async () => (await theme()) === 'dark', 'the dark theme');
  await choose('default');
  await until(async () => (await theme()) === 'light', 'the light theme');
  expect(await panel.thrown()).toEqual([]);
});
