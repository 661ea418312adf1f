/** Makes a fresh clone able to run: the right Node, and the packages of package-lock.json. Without dependencies. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..');
const LEAST_NODE = [20, 19];

/** An error that the user can do something about: its message says what, and no stack helps. */
export class Advice extends Error {}

const started = performance.now();
/** One line for each long step, with the seconds since the start. */
export function say(text) {
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);
}

/** Runs a program to its end and gives its exit code; what it prints is shown unless `quiet`. */
export function run(program, args, { quiet = false, env = {} } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', fail);
    child.once('exit', (code, signal) => done(signal ? 1 : (code ?? 1)));
  });
}

export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new Advice(
    `This needs Node ${LEAST_NODE.join('.')} or later, and this is Node ${version}. See https://nodejs.org.`,
  );
}

/** Are the packages that are installed those of package-lock.json? npm notes what it installed in a lock of its own. */
function isInstalled() {
  const noted = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(noted)) return false;
  const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const have = packagesOf(noted);
  return Object.entries(packagesOf(join(ROOT, 'package-lock.json'))).every(
    ([path, { version, optional }]) => path === '' || have[path]?.version === version || (optional && !have[path]),
  );
}

export async function setUp() {
  checkNode();
  if (isInstalled()) return;
  say('Installing packages (npm ci) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const code = await run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) throw new Advice('npm ci failed; its message is above. Is the npm registry within reach?');
}

/** Runs a program's main function: an Advice ends it with its sentence alone, anything else with its stack. */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    console.error(error instanceof Advice ? `\n✗ ${error.message}` : error);
    process.exitCode = 1;
  }
}
