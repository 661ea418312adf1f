import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The house's rules, as ARCHITECTURE.md draws them: who may import whom. A folder may always import itself. */
const ARROWS: Record<string, string[]> = {
  protocol: [],
  stream: [],
  page: ['protocol', 'stream'],
  bridge: ['protocol'],
  background: ['protocol', 'stream'],
  options: ['protocol'],
  model: ['protocol'],
  devtools: ['protocol', 'model'],
  panel: ['protocol', 'model', 'devtools'],
};
const MOST_LINES = 250;

const SRC = resolve(import.meta.dirname, '../src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => join(SRC, file));

interface Import {
  specifier: string;
  /** Only types: nothing is left of it when it runs. */
  erased: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\bfrom\s+)?'([^']+)';/gm);
  return [...found].map(([, type, specifier]) => ({ specifier: specifier ?? '', erased: type !== undefined }));
}

const folderOf = (file: string) => relative(SRC, file).split('/')[0] ?? '';
const inside = (file: string) => (specifier: string) => resolve(dirname(file), specifier.replace(/\?.*$/, ''));

/** Scripts that the background injects are named by address, not imported. */
const isAddress = (specifier: string) => specifier.includes('?script');

describe('architecture', () => {
  test('imports follow the arrows', () => {
    const against: string[] = [];
    for (const file of files) {
      for (const { specifier } of importsOf(file)) {
        if (!specifier.startsWith('.') || isAddress(specifier)) continue;
        const target = inside(file)(specifier);
        if (!target.startsWith(SRC)) continue;
        const [from, to] = [folderOf(file), folderOf(target)];
        if (from !== to && !ARROWS[from]?.includes(to))
          against.push(`${relative(SRC, file)} → ${relative(SRC, target)}`);
      }
    }
    expect(against).toEqual([]);
  });

  test('every folder under src has its arrows', () => {
    expect(new Set(files.map(folderOf))).toEqual(new Set(Object.keys(ARROWS)));
  });

  test('no file imports itself over others', () => {
    const edges = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter(({ specifier, erased }) => specifier.startsWith('.') && !erased)
          .map(({ specifier }) => inside(file)(specifier)),
      ]),
    );
    const cycles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, path: string[]) => {
      if (path.includes(file))
        cycles.push([...path.slice(path.indexOf(file)), file].map((f) => relative(SRC, f)).join(' → '));
      else if (!done.has(file)) for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  test(`no file is longer than ${MOST_LINES} lines`, () => {
    const long = files
      .map((file) => ({ file: relative(SRC, file), lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > MOST_LINES);
    expect(long).toEqual([]);
  });

  test.each([
    ["the extension's API", /\b(?:browser|chrome)\.\w+/, /^(bridge\/main|background\/|devtools\/|options\/)/],
    [
      'document',
      /\bdocument\.(?!id\b|url\b|top\b|started\b)\w+\(|\bdocument\.(?:body|documentElement|readyState)\b/,
      /^(panel|page|options)\/|^bridge\/accept|^background\/filter-source/,
    ],
    ['the clock', /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(/, /^(page|background)\/|^panel\/stopwatch/],
  ])('only those who may use %s do', (_, use, allowed) => {
    const users = files
      .filter((file) => use.test(withoutComments(readFileSync(file, 'utf8'))))
      .map((file) => relative(SRC, file))
      .filter((file) => !allowed.test(file));
    expect(users).toEqual([]);
  });

  test('nothing evaluates text as code, or text as HTML', () => {
    const dangerous =
      /\beval\(|new Function\(|\binnerHTML\b|\bouterHTML\b|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write\(/;
    const users = files.filter((file) => dangerous.test(withoutComments(readFileSync(file, 'utf8'))));
    expect(users).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
