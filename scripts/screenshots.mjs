/**
 * `npm run screenshots`: pictures of the real tab in the real DevTools, in every state and look, in screenshots/; those of
 * the README go into docs/. `-- storm`, `-- dark` or `-- storm-dark` makes some of them.
 */
import { copyFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstall } from './browsers.mjs';
import { build } from './build.mjs';
import { Advice, main, ROOT, say, setUp } from './setup.mjs';

const FOLDER = join(ROOT, 'screenshots');
const IN_README = { 'demo-light': 'panel-light', 'demo-dark': 'panel-dark', 'demo-zh': 'panel-zh' };
/** Of a picture that everyone who clones has to fetch. */
const MOST = 150_000;

await main(async () => {
  const names = process.argv.slice(2);
  await setUp();
  const executablePath = await findOrInstall('chromium');
  await build('chromium');
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport('./test/support/pictures.ts', { logLevel: 'error' });
  const known = new Set(module.PICTURES.flatMap((picture) => [picture, ...picture.split('-')]));
  const unknown = names.find((name) => !known.has(name));
  if (unknown) throw new Advice(`There is no picture ${unknown}; there are ${module.PICTURES.join(', ')}.`);
  const taken = await module.takePictures({ executablePath, folder: FOLDER, names, say });
  for (const [picture, file] of Object.entries(IN_README)) {
    if (!taken.includes(picture)) continue;
    const from = join(FOLDER, `${picture}.png`);
    if (statSync(from).size > MOST)
      throw new Advice(`${from} is larger than ${MOST} bytes; the README cannot have it.`);
    copyFileSync(from, join(ROOT, `docs/${file}.png`));
  }
  say(`${taken.length} pictures in screenshots/`);
});
