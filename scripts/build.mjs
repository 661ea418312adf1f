/** `npm run build`: dist/chrome, checked as it will be loaded. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Advice, isMain, main, ROOT, run, say, setUp } from './setup.mjs';
import { problemsOf, summaryOf } from './verify-build.mjs';

/** @throws {Advice} when the build fails, or when what it made must not be loaded. */
export async function build() {
  say('Building the extension …');
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  if ((await run(process.execPath, [vite, 'build', '--logLevel', 'error'], { quiet: true })) !== 0) {
    throw new Advice('The build failed; its output is above.');
  }
  const folder = join(ROOT, 'dist/chrome');
  const problems = existsSync(folder) ? problemsOf(folder) : ['The build made no dist/chrome.'];
  if (problems.length > 0) throw new Advice(`${problems.join('\n✗ ')}\nSee vite.config.ts, then: npm run build`);
  say(summaryOf(folder));
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await setUp();
    await build();
  });
}
