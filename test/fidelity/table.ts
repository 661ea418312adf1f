import { type Inherent, titleOf } from './case.ts';
import { TOLERANCE, told } from './comparison.ts';
import type { Result } from './fidelity.ts';
import { pageInShort, serverInShort } from './trace.ts';

const inherentOf = ({ inherent }: Result): string[] => [...new Set(inherent.map(({ why }: Inherent) => why))];

/** What the two sides saw, and what differed: lines to print. */
export function printed(result: Result): string {
  const { it, real, forced, differences, passing } = result;
  const lines = [
    `${differences.length === 0 ? '✓' : '✗'} ${titleOf(it)}`,
    `    real    ${pageInShort(real)}`,
    `            ${serverInShort(real)}`,
    `    forced  ${pageInShort(forced)}`,
    `            ${serverInShort(forced)}`,
    `    difference: ${differences.length === 0 ? 'none' : differences.map(told).join('; ')}`,
    ...(passing.length > 0 ? [`    seen once, and not again: ${passing.map(told).join('; ')}`] : []),
    ...inherentOf(result).map((why) => `    inherent: ${why}`),
  ];
  return lines.join('\n');
}

/** Of one browser. */
export interface Run {
  browser: string;
  version: string;
  results: readonly Result[];
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function row(result: Result): string {
  const { it, real, forced, differences } = result;
  const side = (trace: Result['real']) => `${pageInShort(trace)}<br>${serverInShort(trace)}`;
  const found = differences.length === 0 ? 'none' : differences.map(told).join('<br>');
  const named = inherentOf(result).join('<br>');
  return `| ${[`\`${it.fault}\``, it.variation, it.mode, side(real), side(forced), found, named].map(cell).join(' | ')} |`;
}

/** docs/fidelity.md. */
export function document(runs: readonly Run[]): string {
  return `# Fidelity

A forced fault must look to the page exactly like the real one, and to the server as much as it can. \`npm run fidelity\`
checks it and writes this page: for each fault, a server really does it to the browser's own EventSource, in a page without
us (_real_); and the same server, without it, serves the same page with the page script that ships, which is asked for the
fault (_forced_). The two traces are compared line by line. \`npm test\` fails where they differ.

Of each event the page sees: its type, \`readyState\` in the handler, \`data\`, \`lastEventId\`, \`origin\`, its place in the
order, and how long after the one before it came. Of each attempt the server sees: method, URL, every header but \`Host\` and
\`Connection\`, the status it answered, who closed the connection, how long it lasted, and how long after the attempt before it came.

Allowed is: \`isTrusted\`, which is false on what we dispatch; moments within ${TOLERANCE} ms, each counted from the line before it;
and what the last column names, which must be exactly as it says. All else is a difference, and there has to be none. What
differs is measured again, twice at most, and only what differs each time counts: both sides run against clocks, for which a
busy machine is late now and then. How often that was is said above each table.

**In force** says how the fault came to the source: _new_, it was in force before the source was made; _managed_, the
connection was ours already; _observed_, it was the browser's, and is taken over by a reset. In short: \`open · 1 · 2\` are
events, by the number in their data; below it the server's attempts.

${runs.map(section).join('\n\n')}
`;
}

function section({ browser, version, results }: Run): string {
  const failed = results.filter(({ differences }) => differences.length > 0).length;
  const again = results.filter(({ passing }) => passing.length > 0).length;
  return `## ${browser}

${version}: ${results.length} comparisons, ${failed === 0 ? 'no difference' : `${failed} with differences`}. Measured again, and then without what
differed first: ${again}.

| fault | how | in force | real | forced | difference | inherent |
|---|---|---|---|---|---|---|
${results.map(row).join('\n')}`;
}
