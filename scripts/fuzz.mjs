/** `npm run fuzz`: random event streams to the browser's own EventSource and to ours, side by side in a real browser. */
import { findOrInstall, versionOf } from './browsers.mjs';
import { build } from './build.mjs';
import { optionsOf } from './options.mjs';
import { Advice, isMain, main, say, setUp } from './setup.mjs';

const HELP = `npm run fuzz -- [options]

  --runs N                  how many streams; 10000 if not said
  --seed N                  of the first ones; the time of day if not said
  --path P                  with the seed of a difference that was printed: only this one
  --mode managed|observed   what is compared with native: our connection, or the browser's under our eyes;
                            managed if not said
  --browser NAME            chromium or firefox; chromium if not said
  --help                    this text`;

/** @throws {Advice} for what the options do not allow. */
export function readOptions(args, now = Date.now()) {
  const values = optionsOf(
    args,
    {
      runs: { type: 'string', default: '10000' },
      seed: { type: 'string', default: `${now % 2 ** 31}` },
      path: { type: 'string' },
      mode: { type: 'string', default: 'managed' },
      browser: { type: 'string', default: 'chromium' },
      help: { type: 'boolean', default: false },
    },
    'npm run fuzz',
  );
  const [runs, seed] = [Number(values.runs), Number(values.seed)];
  if (!Number.isInteger(runs) || runs < 1) throw new Advice(`--runs is a number from 1, not ${values.runs}.`);
  if (!Number.isInteger(seed)) throw new Advice(`--seed is a whole number, not ${values.seed}.`);
  if (values.mode !== 'managed' && values.mode !== 'observed') {
    throw new Advice(`--mode is managed or observed, not ${values.mode}.`);
  }
  return { ...values, runs, seed };
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const options = readOptions(process.argv.slice(2));
    if (options.help) return console.log(HELP);
    await setUp();
    const executablePath = await findOrInstall(options.browser);
    say(`Browser: ${versionOf(executablePath) || executablePath}`);
    await build(options.browser);
    const { runs, seed, mode } = options;
    say(`${runs} streams, native and ${mode}, seed ${seed} …`);
    const { runnerImport } = await import('vite');
    const { module } = await runnerImport('./test/fuzz/fuzz.ts', { logLevel: 'error' });
    let told = 0;
    const { done, different } = await module.fuzz({
      ...options,
      executablePath,
      found: (difference) => console.log(`\n✗ ${difference}`),
      progress({ done, different }) {
        if (done - told < 1000) return;
        told = done;
        say(`${done} streams, ${different} differences`);
      },
    });
    console.log(`\n${done} streams native and ${mode}, ${different} differences (seed ${seed})`);
    return different === 0 ? 0 : 1;
  });
}
