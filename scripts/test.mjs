/** `npm test`: everything, from a fresh clone. The last line is the sum: "N passed, N failed". */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { findOrInstall, versionOf } from './browsers.mjs';
import { build } from './build.mjs';
import { CHECKS, check } from './check.mjs';
import { Advice, isMain, main, ROOT, run, say, setUp } from './setup.mjs';

/** The parts, and the browser in which each runs the extension as it was built for it. */
const PARTS = {
  unit: undefined,
  integration: undefined,
  'e2e-chromium': 'chromium',
  'e2e-firefox': 'firefox',
  'compliance-chromium': 'chromium',
  'compliance-firefox': 'firefox',
};
const BROWSERS = ['chromium', 'firefox'];
const VARIABLES = { chromium: 'CHROME_PATH', firefox: 'FIREFOX_PATH' };

/** `e2e` is short for that part in every browser. */
const named = (asked) => Object.keys(PARTS).filter((part) => part === asked || part.startsWith(`${asked}-`));

/** A run that was killed while it wrote leaves half a report: as good as none. */
function parse(report) {
  try {
    return report === undefined ? undefined : JSON.parse(report);
  } catch {
    return undefined;
  }
}

/**
 * Counts what a run of vitest reported. A run that ended badly without a failed test (it crashed, or found no tests)
 * counts as one failure: nothing that went wrong may look like success.
 * @param {string | undefined} report vitest's JSON report, if it wrote one
 * @returns {{passed: number, failed: number, names: string[]}} `names` of the tests that failed, with why
 */
export function count(report, exitCode) {
  let passed = 0;
  let failed = 0;
  let names = [];
  const read = parse(report);
  if (read !== undefined) {
    const { numPassedTests, numFailedTests, testResults } = read;
    passed = numPassedTests;
    // A file that could not be loaded has no tests to fail.
    failed =
      numFailedTests +
      testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
    names = testResults.flatMap(failures);
  }
  if (failed === 0 && (exitCode !== 0 || passed === 0)) failed = 1;
  return { passed, failed, names };
}

const firstLine = (text = '') => text.split('\n', 1)[0];

/** What it says before it says where. */
const words = (failure = '') => failure.split(/\n\s+at /, 1)[0];

/** Of one file: what failed, each with why. */
function failures({ name = '', status, message, assertionResults }) {
  const file = relative(ROOT, name);
  if (status === 'failed' && assertionResults.length === 0) return [`${file}: ${firstLine(message)}`];
  return assertionResults
    .filter((test) => test.status === 'failed')
    .map((test) => `${file} › ${test.fullName}: ${words(test.failureMessages[0])}`);
}

/** Like `run`, beside another one: each line says whose it is. */
function runBeside(name, args, { env }) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    const lines = [child.stdout, child.stderr].map((input) => createInterface({ input }));
    for (const line of lines) line.on('line', (text) => console.log(`${name} │ ${text}`));
    child.once('error', fail);
    child.once('close', (code) => done(code ?? 1));
  });
}

async function runPart(part, env, isBeside) {
  say(`Running the ${part} tests …`);
  const folder = mkdtempSync(join(tmpdir(), 'sse-lifeline-test-'));
  const file = join(folder, 'report.json');
  try {
    const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
    const args = [
      vitest,
      'run',
      '--project',
      part,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ];
    const code = await (isBeside ? runBeside(part, args, { env }) : run(process.execPath, args, { env }));
    let report;
    try {
      report = readFileSync(file, 'utf8');
    } catch {
      console.error(`✗ ${part}: vitest ended without a report.`);
    }
    return count(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const asked = process.argv.slice(2);
    const unknown = asked.find((name) => named(name).length === 0);
    if (unknown) throw new Advice(`There are ${Object.keys(PARTS).join(', ')} tests, and no ${unknown} tests.`);
    const parts = asked.length > 0 ? [...new Set(asked.flatMap(named))] : Object.keys(PARTS);
    await setUp();

    const total = { passed: 0, failed: 0 };
    const failed = [];
    const add = (part) => {
      total.passed += part.passed;
      total.failed += part.failed;
      failed.push(...(part.names ?? []));
    };
    const step = (ok) => add(ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
    if (asked.length === 0) for (const each of CHECKS) step(await check(each));
    const env = {};
    /** With the extension of an earlier build, tests would say nothing about this one. */
    const ready = new Set();
    for (const browser of BROWSERS.filter((one) => parts.some((part) => PARTS[part] === one))) {
      try {
        const program = await findOrInstall(browser);
        env[VARIABLES[browser]] = program;
        say(`Browser: ${versionOf(program) || program}`);
        step(true);
        await build(browser);
        step(true);
        ready.add(browser);
      } catch (error) {
        // The other parts do not need it: they run, and the sum counts this.
        console.error(`✗ ${browser}: ${error instanceof Advice ? error.message : error}`);
        step(false);
      }
    }
    const ofBrowser = (browser) => parts.filter((part) => PARTS[part] === browser);
    for (const part of ofBrowser(undefined)) add(await runPart(part, env, false));
    const lanes = BROWSERS.map(ofBrowser).filter((lane) => lane.length > 0);
    // The browsers side by side, each with one file of tests at a time, where there are cores for both: with two, each had to
    // wait for the other, and tests that measure waits of the browser's failed.
    const isBeside = lanes.length > 1 && availableParallelism() >= 4;
    const go = async (lane) => {
      for (const part of lane) {
        if (ready.has(PARTS[part])) add(await runPart(part, env, isBeside));
        else console.error(`✗ The ${part} tests were not run: they need the browser and the build.`);
      }
    };
    if (isBeside) await Promise.all(lanes.map(go));
    else for (const lane of lanes) await go(lane);
    // What failed an hour ago is far up by now.
    for (const name of failed) console.log(`✗ ${name}`);
    console.log(`\n${total.passed} passed, ${total.failed} failed`);
    return total.failed === 0 ? 0 : 1;
  });
}
