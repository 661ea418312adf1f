/** `npm run bench`: measures, prints, and writes docs/benchmarks.md; `-- page` measures one thing and keeps the rest. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOrInstall, versionOf } from './browsers.mjs';
import { build } from './build.mjs';
import { Advice, isMain, main, ROOT, say, setUp } from './setup.mjs';

const FILE = join(ROOT, 'docs/benchmarks.md');
const HEAD = `# Benchmarks

Made by \`npm run bench\`, which measures anew and writes this page. What a bar asks for and is not met is shown as missed.
`;

/** One file for each: test/bench/NAME.bench.ts. */
const names = readdirSync(join(ROOT, 'test/bench'))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.replace('.bench.ts', ''))
  .sort();

const begin = (name) => `<!-- begin ${name} -->`;
const end = (name) => `<!-- end ${name} -->`;

/** The sections of the page as it was, by name. */
export function sectionsOf(page) {
  const found = page.matchAll(/<!-- begin (\w+) -->\n([\s\S]*?)\n<!-- end \1 -->/g);
  return new Map([...found].map(([, name, section]) => [name, section]));
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const asked = process.argv.slice(2);
    const unknown = asked.find((name) => !names.includes(name));
    if (unknown) throw new Advice(`There are benchmarks of ${names.join(', ')}, and none of ${unknown}.`);
    await setUp();
    const executablePath = await findOrInstall('chromium');
    const browser = versionOf(executablePath) || executablePath;
    say(`Browser: ${browser}`);
    await build('chromium');
    const { runnerImport } = await import('vite');
    const load = async (file) => (await runnerImport(`./test/bench/${file}.ts`, { logLevel: 'error' })).module;
    const { machine, toMarkdown } = await load('report');
    const sections = sectionsOf(existsSync(FILE) ? readFileSync(FILE, 'utf8') : '');
    let missed = 0;
    let bars = 0;
    for (const name of asked.length > 0 ? asked : names) {
      say(`Measuring: ${name} …`);
      const { bench } = await load(`${name}.bench`);
      const report = await bench({ executablePath, browser, say });
      bars += report.bars.length;
      missed += report.bars.filter(({ met }) => !met).length;
      const section = toMarkdown(report, machine(browser));
      sections.set(name, section);
      // At once: what was measured stays, should a later one fail.
      const body = names
        .filter((each) => sections.has(each))
        .map((each) => `\n${begin(each)}\n${sections.get(each)}\n${end(each)}\n`);
      writeFileSync(FILE, HEAD + body.join(''));
      console.log(`\n${section}\n`);
    }
    console.log(`${bars - missed} bars met, ${missed} missed; docs/benchmarks.md is written`);
  });
}
