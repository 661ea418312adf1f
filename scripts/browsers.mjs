/** Finds the browser to run in, or installs it where that is the machine's custom. Without dependencies. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Advice, run, say } from './setup.mjs';

/** Where a browser may be. `names` in order: any that comes earlier is better than one that comes later. */
const BROWSERS = {
  chromium: {
    title: 'Chrome and no Chromium',
    variable: 'CHROME_PATH',
    package: 'chromium',
    names: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'microsoft-edge'],
    places: {
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
    },
    todo: 'Install Chrome or Chromium (https://www.google.com/chrome/, or your system’s package), or set CHROME_PATH to its program.',
  },
  firefox: {
    title: 'Firefox',
    variable: 'FIREFOX_PATH',
    package: 'firefox-esr',
    names: ['firefox-esr', 'firefox', 'firefox-developer-edition', 'firefox-nightly'],
    places: {
      darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
      win32: [`${process.env.PROGRAMFILES}\\Mozilla Firefox\\firefox.exe`],
    },
    todo: 'Install Firefox (https://www.mozilla.org/firefox/, or your system’s package), or set FIREFOX_PATH to its program.',
  },
};

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/**
 * @param {'chromium' | 'firefox'} browser
 * @returns {string | undefined} the program's path: CHROME_PATH (FIREFOX_PATH), the usual names on PATH, then the usual
 * places
 */
export function find(browser, env = process.env, platform = process.platform) {
  const { variable, names, places } = BROWSERS[browser];
  const chosen = env[variable];
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new Advice(`${variable} is ${chosen}, and that is not a program that can be run.`);
  }
  const onPath = (env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  // Folder by folder as a shell looks, but by our order of names: any Chromium is better than another brand.
  const byName = names.flatMap((name) => onPath.filter((file) => file.endsWith(`/${name}`)));
  return [...byName, ...(places[platform] ?? [])].find(isProgram);
}

/** Debian and its kin, where the browser is one apt-get away, and we may. */
function mayInstall() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

async function install(name, todo) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  say(`Installing ${name} with apt-get; this may take some minutes …`);
  await run('apt-get', ['update', '-qq'], { quiet: true, env });
  const code = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { quiet: true, env });
  if (code !== 0) throw new Advice(`apt-get could not install ${name}. ${todo}`);
}

/**
 * @param {'chromium' | 'firefox'} browser
 * @returns {Promise<string>} the path of one that runs
 */
export async function findOrInstall(browser) {
  const { title, package: name, todo } = BROWSERS[browser];
  const there = find(browser);
  if (there) return there;
  if (!mayInstall()) throw new Advice(`There is no ${title} here. ${todo}`);
  await install(name, todo);
  const installed = find(browser);
  if (!installed) throw new Advice(`${name} was installed but is not on the PATH. ${todo}`);
  return installed;
}

function isInstalled(name) {
  try {
    execFileSync('dpkg', ['-s', name], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/**
 * The language pack that Debian's Firefox needs to speak anything but English. Other browsers have all languages, or tell
 * when they start that they lack one.
 */
export async function installLanguage(browser, language) {
  if (browser !== 'firefox' || language.startsWith('en') || !mayInstall() || !isInstalled('firefox-esr')) return;
  const name = `firefox-esr-l10n-${language.toLowerCase()}`;
  if (!isInstalled(name)) await install(name, 'It has a package for each language that Firefox speaks, such as zh-CN.');
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
