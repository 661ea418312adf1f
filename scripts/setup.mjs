/** Makes a fresh clone able to run: the right Node, and the packages of package-lock.json. Without dependencies. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Not import.meta.dirname: a Node too old for it must still get as far as checkNode, and its sentence.
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LEAST_NODE = [20, 19];

/** An error that the user can do something about: its message says what, and no stack helps. */
export class Advice extends Error {}

const started = performance.now();
/** One line for each long step, with the seconds since the start. */
export function say(text) {
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`);
}

/** Is this module the program that was started? By real paths: under a symlink the two names differ. */
export function isMain(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(url));
}

/** Says every ten seconds that what takes long is still at it. Returns the end of that. */
function heartbeat() {
  const timer = setInterval(() => say('… still at it'), 10_000);
  return () => clearInterval(timer);
}

/** Runs a program to its end and gives its exit code. What it prints is shown; if `quiet`, only when it fails. */
export function run(program, args, { quiet = false, env = {} } = {}) {
  return new Promise((done, fail) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    const child = spawn(program, args, { cwd: ROOT, stdio, env: { ...process.env, ...env } });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk));
    const rest = quiet ? heartbeat() : () => {};
    child.once('error', (error) => {
      rest();
      fail(error);
    });
    child.once('close', (code, signal) => {
      rest();
      const result = signal ? 1 : (code ?? 1);
      if (result !== 0) process.stderr.write(Buffer.concat(said));
      done(result);
    });
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
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm says where it is itself; on Windows `npm` is a script that only a shell can start.
  const npm = process.env.npm_execpath;
  const code = npm?.endsWith('.js') ? await run(process.execPath, [npm, ...args]) : await run('npm', args);
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
