/** `npm run check`: types, lint and format. Says which command mends what it finds. */
import { join } from 'node:path';
import { isMain, main, ROOT, run, say, setUp } from './setup.mjs';

const bin = (path) => join(ROOT, 'node_modules', path);

/** Each with the advice for when it fails. */
export const CHECKS = [
  {
    name: 'types',
    args: [bin('typescript/bin/tsc'), '--noEmit', '-p', '.'],
    advice: 'Mend the types above; no command does it for you.',
  },
  {
    name: 'lint and format',
    args: [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'],
    advice: 'Most of it is mended by: npx biome check --write .',
  },
];

/** @returns {Promise<boolean>} whether it passed. */
export async function check({ name, args, advice }) {
  say(`Checking ${name} …`);
  const passed = (await run(process.execPath, args)) === 0;
  if (!passed) console.error(`✗ ${name}: ${advice}`);
  return passed;
}

if (isMain(import.meta.url)) {
  await main(async () => {
    await setUp();
    let failed = 0;
    for (const step of CHECKS) if (!(await check(step))) failed++;
    if (failed === 0) say('Types, lint and format are in order.');
    return failed === 0 ? 0 : 1;
  });
}
