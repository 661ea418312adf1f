import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';

export interface Table {
  head: string[];
  rows: string[][];
}

/** What a number must be, and is. */
export interface Bar {
  what: string;
  bar: string;
  measured: string;
  met: boolean;
}

/** What one benchmark found, for docs/benchmarks.md. */
export interface Report {
  title: string;
  /** How it was measured, in a paragraph or two of Markdown. */
  how: string;
  bars: Bar[];
  tables: Table[];
}

/** What every benchmark is given. */
export interface Bench {
  executablePath: string;
  /** The name and version of the browser. */
  browser: string;
  say(step: string): void;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The least value that so much of all values, from 0 to 1, is not above. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

/** With thousands separators, and as many decimals as say something. */
export function shown(value: number): string {
  if (value === 0) return '0';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits });
}

/** Median, least and greatest. */
export const spread = (values: readonly number[]): string =>
  `${shown(median(values))} (${shown(Math.min(...values))} to ${shown(Math.max(...values))})`;

export const atMost = (what: string, value: number, limit: number, unit: string): Bar =>
  bar(what, value, limit, unit, true);
export const atLeast = (what: string, value: number, limit: number, unit: string): Bar =>
  bar(what, value, limit, unit, false);

function bar(what: string, value: number, limit: number, unit: string, most: boolean): Bar {
  const met = most ? value <= limit : value >= limit;
  return {
    what,
    bar: `${most ? '≤' : '≥'} ${limit.toLocaleString('en-US')}${unit}`,
    measured: `${shown(value)}${unit}`,
    met,
  };
}

/** One line about where the numbers come from. */
export function machine(browser: string, now = new Date()): string {
  const processors = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const model = processors[0]?.model.trim() || 'unknown processor';
  const { node } = process.versions;
  return `${now.toISOString().slice(0, 10)}, ${model}, ${processors.length} cores, ${memory} GiB, ${system()}, ${browser}, Node ${node}`;
}

function system(): string {
  try {
    return execFileSync('sh', ['-c', '. /etc/os-release && echo "$PRETTY_NAME"'], { encoding: 'utf8' }).trim();
  } catch {
    return `${type()} ${release()}`;
  }
}

/** As a section of docs/benchmarks.md. */
export function toMarkdown({ title, how, bars, tables }: Report, machine: string): string {
  const verdicts = {
    head: ['', 'bar', 'measured', ''],
    rows: bars.map(({ what, bar, measured, met }) => [what, bar, measured, met ? 'met' : '**missed**']),
  };
  const shownTables = [verdicts, ...tables].filter(({ rows }) => rows.length > 0).map(toTable);
  return [`## ${title}`, `_${machine}_`, how.trim(), ...shownTables].join('\n\n');
}

const toTable = ({ head, rows }: Table) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
