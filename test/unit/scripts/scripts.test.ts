import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sectionsOf } from '../../../scripts/bench.mjs';
import { find } from '../../../scripts/browsers.mjs';
import { readOptions as readFidelityOptions } from '../../../scripts/fidelity.mjs';
import { readOptions as readFuzzOptions } from '../../../scripts/fuzz.mjs';
import { checkNode, ROOT } from '../../../scripts/setup.mjs';
import { readOptions } from '../../../scripts/start.mjs';
import { count } from '../../../scripts/test.mjs';
import { problemsOf } from '../../../scripts/verify-build.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sse-lifeline-scripts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, mode = 0o755): string {
  const file = join(folder, name);
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, mode);
  return file;
}

describe('find a browser', () => {
  test('prefers Chromium to another brand, wherever each is on the PATH', () => {
    mkdirSync(join(folder, 'later'));
    program('google-chrome');
    const chromium = program('later/chromium');
    expect(find('chromium', { PATH: `${folder}:${join(folder, 'later')}` }, 'linux')).toBe(chromium);
  });

  test('takes only what can be run, and finds nothing where nothing is', () => {
    program('chromium', 0o644);
    mkdirSync(join(folder, 'google-chrome'));
    expect(find('chromium', { PATH: folder }, 'linux')).toBeUndefined();
    expect(find('chromium', {}, 'linux')).toBeUndefined();
  });

  test('tells the browsers apart', () => {
    const firefox = program('firefox');
    const chromium = program('chromium');
    expect(find('firefox', { PATH: folder, CHROME_PATH: chromium }, 'linux')).toBe(firefox);
    expect(find('chromium', { PATH: folder, FIREFOX_PATH: firefox }, 'linux')).toBe(chromium);
  });

  test('takes CHROME_PATH before all, and says so if it is no program', () => {
    program('chromium');
    const chosen = program('mine');
    expect(find('chromium', { PATH: folder, CHROME_PATH: chosen }, 'linux')).toBe(chosen);
    expect(() => find('chromium', { PATH: folder, CHROME_PATH: join(folder, 'gone') }, 'linux')).toThrow(
      /CHROME_PATH is .*gone/,
    );
  });
});

test.each([
  ['18.20.0', false],
  ['20.18.9', false],
  ['20.19.0', true],
  ['22.0.0', true],
])('checkNode: %s', (version, fits) => {
  if (fits) expect(() => checkNode(version)).not.toThrow();
  else expect(() => checkNode(version)).toThrow(/needs Node 20\.19/);
});

describe('the options of npm start', () => {
  test('are read', () => {
    expect(readOptions(['--headless', '--theme', 'dark', '--size', '800x600'])).toMatchObject({
      headless: true,
      theme: 'dark',
      size: { width: 800, height: 600 },
    });
  });

  test.each([
    [['--browser', 'netscape'], /netscape/],
    [['--theme', 'pink'], /light or dark, not pink/],
    [['--size', 'large'], /1400x900, not large/],
    [['--screenshot', 'x.jpg'], /must end in \.png/],
    [['--nonsense'], /--nonsense.*--help/s],
  ])('%j is refused in a sentence', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
  });
});

describe('the sum of the tests', () => {
  const report = (passed: number, failed: number, files: object[] = []) =>
    JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults: files });

  test.each([
    ['all passed', report(3, 0), 0, { passed: 3, failed: 0 }],
    ['some failed', report(3, 2), 1, { passed: 3, failed: 2 }],
    [
      'a file that could not be loaded',
      report(3, 0, [{ status: 'failed', assertionResults: [] }]),
      1,
      { passed: 3, failed: 1 },
    ],
    ['an error outside of any test', report(3, 0), 1, { passed: 3, failed: 1 }],
    ['no tests', report(0, 0), 0, { passed: 0, failed: 1 }],
    ['a crash without a report', undefined, 1, { passed: 0, failed: 1 }],
  ])('%s', (_, text, code, sum) => {
    expect(count(text, code)).toMatchObject(sum);
  });

  test('names what failed, as it may be far up: tests, and files that could not be loaded', () => {
    const failure = (fullName: string, status: string) => ({
      fullName,
      status,
      failureMessages: ['Error: no\n  The panel: {}\n    at x\n    at y'],
    });
    const files = [
      {
        name: join(ROOT, 'test/a.test.ts'),
        status: 'failed',
        assertionResults: [failure('a b', 'failed'), failure('a c', 'passed')],
      },
      { name: join(ROOT, 'test/b.test.ts'), status: 'failed', message: 'Cannot find x\nat', assertionResults: [] },
      { name: join(ROOT, 'test/c.test.ts'), status: 'passed', assertionResults: [failure('c', 'passed')] },
    ];
    expect(count(report(2, 1, files), 1).names).toEqual([
      'test/a.test.ts › a b: Error: no\n  The panel: {}',
      'test/b.test.ts: Cannot find x',
    ]);
  });
});

describe('problemsOf a build', () => {
  const build = (manifest: object, files: Record<string, string> = {}) => {
    for (const path of ['src/page', 'src/bridge']) mkdirSync(join(folder, path), { recursive: true });
    const all = { 'src/page/main.iife.js': '(()=>{})()', 'src/bridge/main.iife.js': '(()=>{})()', ...files };
    for (const [file, text] of Object.entries(all)) writeFileSync(join(folder, file), text);
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
    return problemsOf(folder);
  };

  test('finds none in a clean one', () => {
    expect(build({})).toEqual([]);
  });

  test.each([
    ['web accessible resources', { web_accessible_resources: [] }, {}, /web_accessible_resources/],
    ['static content scripts', { content_scripts: [] }, {}, /content_scripts/],
    ['a page script that is a module', {}, { 'src/page/main.iife.js': 'import "x";' }, /would run after/],
    ['a page script that loads one', {}, { 'src/page/main.iife.js': '(()=>{import("x")})()' }, /would run after/],
    ['code from text', {}, { 'a.js': 'eval("1")' }, /a\.js evaluates/],
    ['HTML from text', {}, { 'a.js': 'e.innerHTML = x' }, /a\.js makes HTML of text/],
    ['remote code', {}, { 'a.html': '<script src="https://x"></script>' }, /a\.html loads/],
  ])('finds %s', (_, manifest, files, problem) => {
    expect(build(manifest, files).join('\n')).toMatch(problem);
  });

  test('finds a page script that is too large', () => {
    // Not compressible: each line is another number.
    const lines = Array.from({ length: 20_000 }, (_, index) => `v${Math.imul(index, 2654435761) >>> 0};`).join('');
    expect(build({}, { 'src/page/main.iife.js': lines }).join('\n')).toMatch(/more than \d+/);
  });
});

describe('npm run fidelity', () => {
  test('takes one browser, or both', () => {
    expect(readFidelityOptions([]).browser).toBeUndefined();
    expect(readFidelityOptions(['--browser', 'firefox', '--fault', 'cut'])).toMatchObject({
      browser: 'firefox',
      fault: 'cut',
    });
    expect(() => readFidelityOptions(['--browser', 'safari'])).toThrow('--browser is chromium or firefox, not safari.');
    expect(() => readFidelityOptions(['--brauser', 'firefox'])).toThrow('npm run fidelity -- --help');
  });
});

describe('npm run fuzz', () => {
  test('takes numbers only, and a mode that there is', () => {
    expect(readFuzzOptions(['--runs', '300', '--seed', '7'])).toMatchObject({ runs: 300, seed: 7, mode: 'managed' });
    expect(() => readFuzzOptions(['--runs', 'many'])).toThrow('--runs is a number');
    expect(() => readFuzzOptions(['--mode', 'native'])).toThrow('--mode is managed or observed');
    expect(() => readFuzzOptions(['--rans', '1'])).toThrow('npm run fuzz -- --help');
  });
});

describe('npm run bench', () => {
  test('finds the sections that it does not measure now', () => {
    const page =
      '# Head\n\n<!-- begin page -->\n## A\n\ntext\n<!-- end page -->\n\n<!-- begin path -->\n## B\n<!-- end path -->\n';
    expect([...sectionsOf(page)]).toEqual([
      ['page', '## A\n\ntext'],
      ['path', '## B'],
    ]);
  });
});
