/** `npm run fidelity`: every fault, real and forced, side by side in real browsers; writes docs/fidelity.md. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstall, versionOf } from './browsers.mjs';
import { build } from './build.mjs';
import { BROWSERS, optionsOf } from './options.mjs';
import { Advice, isMain, main, ROOT, say, setUp } from './setup.mjs';

const HELP = `npm run fidelity -- [options]

  --browser NAME   chromium or firefox; both if not said, and only then docs/fidelity.md is written
  --fault NAME     only the cases of this fault; nothing is written
  --help           this text`;

const TITLES = { chromium: 'Chromium', firefox: 'Firefox' };
/** How many comparisons go on at once, each in two windows. */
const WIDTH = 4;

/** @throws {Advice} for what the options do not allow. */
export function readOptions(args) {
  return optionsOf(
    args,
    {
      browser: { type: 'string' },
      fault: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
    'npm run fidelity',
  );
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const options = readOptions(process.argv.slice(2));
    if (options.help) return console.log(HELP);
    await setUp();
    const { runnerImport } = await import('vite');
    const load = async (file) => (await runnerImport(file, { logLevel: 'error' })).module;
    const { CASES } = await load('./test/fidelity/cases/all.ts');
    const cases = CASES.filter(({ fault }) => options.fault === undefined || fault === options.fault);
    if (cases.length === 0) throw new Advice(`There is no fault called ${options.fault}.`);
    const { fidelity } = await load('./test/fidelity/fidelity.ts');
    const { document, printed } = await load('./test/fidelity/table.ts');

    const runs = [];
    for (const browser of options.browser ? [options.browser] : BROWSERS) {
      const executablePath = await findOrInstall(browser);
      say(`Browser: ${versionOf(executablePath) || executablePath}`);
      await build(browser);
      say(`${cases.length} comparisons …`);
      const done = (result) => console.log(printed(result));
      const { version, results } = await fidelity(cases, { browser, executablePath, width: WIDTH, done });
      runs.push({ browser: TITLES[browser], version: versionOf(executablePath) || version, results });
      if (options.browser === undefined && options.fault === undefined) {
        writeFileSync(join(ROOT, 'docs/fidelity.md'), document(runs));
      }
    }
    let failed = 0;
    console.log('');
    for (const { browser, results } of runs) {
      const different = results.filter(({ differences }) => differences.length > 0).length;
      failed += different;
      console.log(`${browser}: ${results.length} comparisons, ${different} with differences`);
    }
    return failed === 0 ? 0 : 1;
  });
}
