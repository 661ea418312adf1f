/** `npm run build`: dist/chrome and dist/firefox, checked as they will be loaded. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findingsOf } from './lint-firefox.mjs';
import { Advice, isMain, main, ROOT, run, say, setUp } from './setup.mjs';
import { problemsOf, summaryOf } from './verify-build.mjs';

/** What the folders in dist/ are called, by browser. */
const FOLDERS = { chromium: 'chrome', firefox: 'firefox' };

/**
 * @param {('chromium' | 'firefox')[]} browsers both, if none is said
 * @throws {Advice} when the build fails, or when what it made must not be loaded.
 */
export async function build(...browsers) {
  for (const browser of browsers.length > 0 ? browsers : Object.keys(FOLDERS)) await buildFor(FOLDERS[browser]);
}

async function buildFor(name) {
  say(`Building dist/${name} …`);
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const args = [vite, 'build', '--mode', name, '--logLevel', 'error'];
  if ((await run(process.execPath, args, { quiet: true })) !== 0) {
    throw new Advice('The build failed; its output is above.');
  }
  const folder = join(ROOT, 'dist', name);
  const problems = existsSync(folder) ? problemsOf(folder) : [`The build made no dist/${name}.`];
  if (name === 'firefox' && problems.length === 0) problems.push(...(await findingsOf(folder)));
  if (problems.length > 0) throw new Advice(`${problems.join('\n✗ ')}\nSee vite.config.ts, then: npm run build`);
  say(summaryOf(folder));
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await setUp();
    await build();
  });
}
