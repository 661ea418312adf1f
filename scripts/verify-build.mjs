/**
 * Looks at a built extension as a browser and a store reviewer would. Runs after every build, because what it guards is decided by build tools, and no test of the sources can see it.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * What a page script may cost every frame of an inspected tab, compressed. Faults are carried out where the bytes arrive:
 * in the page, from the document's first script on.
 */
const MOST_PAGE_SCRIPT = 16 * 1024;
/** Within a built extension. */
export const PAGE_SCRIPT = 'src/page/main.iife.js';
const INJECTED = [PAGE_SCRIPT, 'src/bridge/main.iife.js'];

/** @returns {string[]} what is wrong with the built extension in this folder, in sentences; none if it is right. */
export function problemsOf(folder) {
  const problems = [];
  const read = (file) => readFileSync(join(folder, file), 'utf8');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  const manifest = JSON.parse(read('manifest.json'));

  if (manifest.web_accessible_resources) {
    problems.push(
      'The manifest has web_accessible_resources, so any web page can find out that the extension is installed.',
    );
  }
  if (manifest.content_scripts) {
    problems.push('The manifest has content_scripts, so our scripts run in pages that nobody inspects.');
  }
  if (manifest.content_security_policy) {
    problems.push('The manifest changes the content security policy; the default is the strictest that works.');
  }
  for (const script of INJECTED) {
    if (!files.includes(script)) {
      problems.push(`${script} is missing.`);
    } else if (/^\s*(import|export)\b|\bimport\(/m.test(read(script))) {
      problems.push(`${script} is a module or loads one: it would run after the first scripts of the page.`);
    }
  }
  for (const file of files) {
    if (/\.js$/.test(file) && /\beval\(|\bnew Function\(/.test(read(file)))
      problems.push(`${file} evaluates text as code.`);
    if (
      /\.js$/.test(file) &&
      /\.(?:inner|outer)HTML\s*=(?!=)|\binsertAdjacentHTML\b|\bdocument\.write\b/.test(read(file))
    )
      problems.push(`${file} makes HTML of text.`);
    if (/\.html$/.test(file) && /(?:src|href)="https?:/.test(read(file)))
      problems.push(`${file} loads something from the network.`);
    if (/\.map$/.test(file)) problems.push(`${file} is a source map, which pages would try to load.`);
  }
  const size = files.includes(PAGE_SCRIPT) ? gzipSync(read(PAGE_SCRIPT)).length : 0;
  if (size > MOST_PAGE_SCRIPT)
    problems.push(`The page script has ${size} bytes compressed, more than ${MOST_PAGE_SCRIPT}.`);
  return problems;
}

/** @returns {string} what was built, in a line. */
export function summaryOf(folder) {
  const page = gzipSync(readFileSync(join(folder, PAGE_SCRIPT))).length;
  return `Built dist/${basename(folder)}: nothing web accessible, no static content scripts; page script ${page} bytes compressed`;
}
