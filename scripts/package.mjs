/**
 * `npm run package`: what the stores are given, in dist/packages/, and the sources for the reviewers of addons.mozilla.org.
 * The same files give the same bytes, on any day and any machine (docs/packaging.md).
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { Advice, isMain, main, ROOT, say, setUp } from './setup.mjs';

const FOLDER = join(ROOT, 'dist/packages');
const AGAIN = 'then: npm run package';

/**
 * A zip in which nothing tells when, where or by whom it was made. By a library that compresses in JavaScript: what zlib
 * makes of the same bytes differs between versions of Node.
 * @param {string} folder
 * @param {string[]} names files in it, with slashes
 * @returns {Promise<Uint8Array>}
 */
export async function zipOf(folder, names) {
  const { zipSync } = await import('fflate');
  // Zips have local time, of which this is the same in every zone.
  const mtime = new Date(1980, 0, 1, 12);
  const sorted = [...names].sort();
  const files = sorted.map((name) => [name, readFileSync(join(folder, name))]);
  return zipSync(Object.fromEntries(files), { level: 9, mtime });
}

/** @returns {string[]} all files in a folder and below, with slashes */
export function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((name) => name.replaceAll('\\', '/'));
}

function git(args, { folder, env }) {
  try {
    return execFileSync('git', args, { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const why = error.code === 'ENOENT' ? 'there is no git here' : `git says: ${String(error.stderr).trim()}`;
    throw new Advice(
      `The source archive has the files that git tracks, and ${why}.\nInstall git and clone the repository, ${AGAIN}. Without it, npm run build makes dist/chrome and dist/firefox.`,
    );
  }
}

/**
 * @returns {string[]} what git tracks
 * @throws {Advice} where that is not what would be built
 */
export function sourcesOf(folder, env = process.env) {
  const names = git(['ls-files', '-z'], { folder, env }).split('\0').filter(Boolean);
  if (!names.includes('package.json')) {
    throw new Advice(
      `Git tracks nothing of this folder, so there is no source archive. Clone the repository, ${AGAIN}`,
    );
  }
  const changed = git(['status', '--porcelain', '--', '.'], { folder, env }).trimEnd();
  if (changed !== '') {
    throw new Advice(
      `The source archive must be what the extension is built from, and these files are not as they were committed:\n${changed}\nCommit them (git commit) or put them away (git stash --include-untracked), ${AGAIN}`,
    );
  }
  return names;
}

/** One version for both stores, the sources and the files' names. */
function versionOfAll() {
  const [{ version }, manifest] = ['package.json', 'manifest.json'].map((file) =>
    JSON.parse(readFileSync(join(ROOT, file), 'utf8')),
  );
  if (version === manifest.version) return version;
  throw new Advice(
    `package.json has version ${version}, and manifest.json ${manifest.version}. Write the same into both, ${AGAIN}`,
  );
}

const bytes = (number) => `${number.toLocaleString('en')} bytes`;

async function pack(name, folder, names) {
  const zip = await zipOf(folder, names);
  writeFileSync(join(FOLDER, name), zip);
  const unpacked = names.reduce((sum, file) => sum + readFileSync(join(folder, file)).length, 0);
  say(`${name}: ${bytes(zip.length)}, ${names.length} files of ${bytes(unpacked)}`);
  say(`  sha256 ${createHash('sha256').update(zip).digest('hex')}`);
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const version = versionOfAll();
    const sources = sourcesOf(ROOT);
    await setUp();
    await build();
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
    say('Packing into dist/packages …');
    for (const browser of ['chrome', 'firefox']) {
      const folder = join(ROOT, 'dist', browser);
      await pack(`sse-lifeline-${version}-${browser}.zip`, folder, filesIn(folder));
    }
    await pack(`sse-lifeline-${version}-source.zip`, ROOT, sources);
    say('How they are handed in, and how to make them again: docs/packaging.md');
  });
}
