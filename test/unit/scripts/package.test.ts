import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { filesIn, sourcesOf, zipOf } from '../../../scripts/package.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sse-lifeline-package-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

describe('a zip', () => {
  const FILES = { 'manifest.json': '{}', 'assets/b.js': 'b', 'assets/a.js': 'a', '10': 'a name like a number' };
  const { TZ } = process.env;
  afterEach(() => {
    if (TZ === undefined) delete process.env['TZ'];
    else process.env['TZ'] = TZ;
  });

  test('is the same whenever, wherever and in whatever order its files were written', async () => {
    write(FILES);
    process.env['TZ'] = 'UTC';
    const zip = await zipOf(folder, Object.keys(FILES));
    for (const zone of ['Asia/Tokyo', 'America/Los_Angeles', 'Pacific/Kiritimati']) {
      process.env['TZ'] = zone;
      for (const name of Object.keys(FILES)) utimesSync(join(folder, name), Math.random() * 1e9, Math.random() * 1e9);
      expect(Buffer.from(await zipOf(folder, Object.keys(FILES).reverse())).equals(zip)).toBe(true);
    }
  });

  test('has the files as they are, with the manifest at the top and slashes in names', async () => {
    write(FILES);
    const names = filesIn(folder);
    expect(names.sort()).toEqual(Object.keys(FILES).sort());
    const unpacked = unzipSync(await zipOf(folder, names));
    expect(
      Object.entries(unpacked)
        .map(([name, bytes]) => [name, Buffer.from(bytes).toString()])
        .sort(),
    ).toEqual(Object.entries(FILES).sort());
  });
});

describe('the sources', () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], { cwd: folder, stdio: 'pipe' });
  const clone = () => {
    write({ 'package.json': '{}', 'src/a b.ts': '', 'src/ü.ts': '', '.gitignore': 'dist/\n', 'dist/x.js': '' });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'all');
  };

  test('are what git tracks', () => {
    clone();
    expect(sourcesOf(folder).sort()).toEqual(['.gitignore', 'package.json', 'src/a b.ts', 'src/ü.ts']);
  });

  test.each([
    ['changed', () => write({ 'package.json': '{"a": 1}' }), / M package\.json/],
    ['not added', () => write({ 'src/new.ts': '' }), /\?\? src\/new\.ts/],
    ['missing', () => rmSync(join(folder, 'src/a b.ts')), / D .src\/a b\.ts/],
  ])('are refused while a file is %s', (_, change, line) => {
    clone();
    change();
    expect(() => sourcesOf(folder)).toThrow(line);
    expect(() => sourcesOf(folder)).toThrow(/git commit.*npm run package/);
  });

  test('without git or a clone are a sentence, which says what works without', () => {
    write({ 'package.json': '{}' });
    expect(() => sourcesOf(folder)).toThrow(/not a git repository.*clone the repository.*npm run build makes/s);
    expect(() => sourcesOf(folder, { PATH: folder })).toThrow(/there is no git here\.\nInstall git/);
  });

  test('unpacked inside of another repository are not taken for its files', () => {
    git('init', '-q');
    const inner = join(folder, 'unpacked');
    write({ 'unpacked/package.json': '{}' });
    expect(() => sourcesOf(inner)).toThrow(/Git tracks nothing of this folder/);
  });
});

test('the sources, unpacked in two places, build the same bytes', async () => {
  // What would be committed: a test must not ask for a commit first.
  const names = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
    .toString()
    .split('\0')
    .filter((name) => name !== '' && !name.startsWith('test/'));
  const places = ['a', 'b/deeper and with blanks'].map((name) => join(folder, name));
  for (const place of places) {
    for (const name of names) cpSync(name, join(place, name));
    symlinkSync(resolve('node_modules'), join(place, 'node_modules'), 'dir');
    for (const mode of ['chrome', 'firefox']) {
      // As it may be in anyone's shell: a build for development names the folder that it was made in.
      const env = { ...process.env, NODE_ENV: 'development' };
      const args = [resolve('node_modules/vite/bin/vite.js'), 'build', '--mode', mode, '--logLevel', 'error'];
      execFileSync(process.execPath, args, { cwd: place, env, stdio: 'pipe' });
    }
  }
  const [one = {}, other] = places.map((place) => {
    const dist = join(place, 'dist');
    const digest = (name: string) =>
      createHash('sha256')
        .update(readFileSync(join(dist, name)))
        .digest('hex');
    return Object.fromEntries(filesIn(dist).map((name) => [name, digest(name)]));
  });
  expect(Object.keys(one)).toContain('firefox/manifest.json');
  expect(other).toEqual(one);
});
