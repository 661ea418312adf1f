/** Finds the browser to run in, or installs it where that is the machine's custom. Without dependencies. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Advice, run, say } from './setup.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'];
const PLACES = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    `${process.env.PROGRAMFILES}\\Google\\Chrome\\Application\\chrome.exe`,
    `${process.env['PROGRAMFILES(X86)']}\\Google\\Chrome\\Application\\chrome.exe`,
    `${process.env.LOCALAPPDATA}\\Google\\Chrome\\Application\\chrome.exe`,
  ],
};
const WHAT_TO_DO =
  'Install Chrome or Chromium (https://www.google.com/chrome/, or your system’s package), or set CHROME_PATH to its program.';

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** @returns {string | undefined} the program's path: CHROME_PATH, the usual names on PATH, then the usual places. */
export function findChromium(env = process.env, platform = process.platform) {
  const chosen = env.CHROME_PATH;
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new Advice(`CHROME_PATH is ${chosen}, and that is not a program that can be run.`);
  }
  const onPath = (env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  // Folder by folder as a shell looks, but by our order of names: any Chromium is better than another brand.
  const byName = NAMES.flatMap((name) => onPath.filter((file) => file.endsWith(`/${name}`)));
  return [...byName, ...(PLACES[platform] ?? [])].find(isProgram);
}

/** Debian and its kin, where the browser is one apt-get away, and we may. */
function mayInstall() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

async function install(...packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  say(`Installing ${packages.join(', ')} with apt-get; this may take some minutes …`);
  await run('apt-get', ['update', '-qq'], { quiet: true, env });
  const code = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    quiet: true,
    env,
  });
  if (code !== 0) throw new Advice(`apt-get could not install ${packages.join(', ')}. ${WHAT_TO_DO}`);
}

/** @returns {Promise<string>} the path of a Chromium that runs. */
export async function findOrInstallChromium() {
  let program = findChromium();
  if (!program) {
    if (!mayInstall()) throw new Advice(`There is no Chrome and no Chromium here. ${WHAT_TO_DO}`);
    await install('chromium');
    program = findChromium();
    if (!program) throw new Advice(`Chromium was installed but is not on the PATH. ${WHAT_TO_DO}`);
  }
  return program;
}

/** @returns {string} such as "Chromium 156.0.8078.79"; '' where the program does not tell. */
export function versionOf(program) {
  if (process.platform === 'win32') return '';
  try {
    const text = execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return text.trim().split(' built ')[0] ?? '';
  } catch {
    return '';
  }
}
