/** `npm run screenshots`: makes the pictures of the README anew, from the real tab in the real DevTools. */
import { join } from 'node:path';
import { Advice, main, ROOT, run, say } from './setup.mjs';

const PICTURES = [
  { file: 'docs/panel-light.png', args: ['--theme', 'light'] },
  { file: 'docs/panel-dark.png', args: ['--theme', 'dark'] },
  { file: 'docs/panel-zh.png', args: ['--theme', 'light', '--language', 'zh-CN'] },
];

await main(async () => {
  for (const { file, args } of PICTURES) {
    say(`${file} …`);
    const options = ['--headless', '--size', '1400x760', '--screenshot', join(ROOT, file), ...args];
    const code = await run(process.execPath, [join(ROOT, 'scripts/start.mjs'), ...options], { quiet: true });
    if (code !== 0) throw new Advice(`${file} was not made; \`npm start -- --headless\` shows why.`);
  }
});
