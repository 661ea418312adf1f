import type { Milliseconds } from '../protocol/record.ts';
import type { Line, StepResult } from './check-plan.ts';
import type { CheckedStream, CheckReport, ReportWords } from './check-report.ts';

/**
 * A report as JUnit XML, for CI: a suite for each stream, a case for each line of the table; what cannot be told is
 * skipped. Written so that the schema of Apache Ant's tasks takes it as well as that of Jenkins, which asks for less: no
 * attributes on `testsuites`, all that a suite must have, and its children in their order.
 * @see https://github.com/windyroad/JUnit-Schema
 */
export function reportJunit({ streams, began, page }: CheckReport, words: ReportWords): string {
  const suites = streams.map((stream, index) => suite(stream, index, { began, page }, words));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`;
}

function suite(
  { name, url, steps }: CheckedStream,
  id: number,
  { began, page }: Pick<CheckReport, 'began' | 'page'>,
  words: ReportWords,
): string {
  const lines = steps.flatMap((step) => step.lines.map((line) => ({ step, line })));
  const count = (result: Line['result']) => lines.filter(({ line }) => line.result === result).length;
  const took = steps.reduce((sum, { from, to }) => sum + to - from, 0);
  const attributes = {
    id,
    package: words.title,
    name: name === '' ? url : name,
    // [spec] "Timezone may not be specified": it is UTC.
    timestamp: new Date(began).toISOString().slice(0, 19),
    hostname: hostOf(url),
    tests: lines.length,
    failures: count('fail'),
    errors: 0,
    skipped: count('unknown'),
    time: seconds(took),
  };
  const properties = { page, url };
  const cases = lines.map(({ step, line }) => testcase(name, step, line, words));
  return [
    `  <testsuite${written(attributes)}>\n    <properties>\n`,
    ...Object.entries(properties).map(([key, value]) => `      <property${written({ name: key, value })}/>\n`),
    '    </properties>\n',
    ...cases,
    '    <system-out></system-out>\n    <system-err></system-err>\n  </testsuite>\n',
  ].join('');
}

function testcase(stream: string, { step, recovered = 0 }: StepResult, line: Line, words: ReportWords): string {
  const { criterion, result, reason } = line;
  const attributes = {
    name: `${words.step(step)}: ${words.criterion(criterion)}`,
    classname: stream,
    // The recovery is what a step takes; the other lines are read off it.
    time: seconds(criterion === 'in-time' ? recovered : 0),
  };
  const open = `    <testcase${written(attributes)}`;
  const message = words.reason(line);
  switch (result) {
    case 'pass':
      return `${open}/>\n`;
    case 'fail': {
      const advice = [message, words.advice(line)].filter(Boolean).join(' ');
      return `${open}>\n      <failure${written({ message, type: reason })}>${escaped(advice)}</failure>\n    </testcase>\n`;
    }
    case 'unknown':
      return `${open}>\n      <skipped${written({ message })}/>\n    </testcase>\n`;
  }
}

const seconds = (time: Milliseconds): string => (Math.max(0, time) / 1000).toFixed(3);

const hostOf = (url: string): string => (URL.canParse(url) && new URL(url).hostname) || 'localhost';

const written = (attributes: Record<string, string | number>): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(`${value}`).replace(/[\t\n\r]+/g, ' ')}"`)
    .join('');

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
/** [xml] "Char ::= #x9 | #xA | #xD | [#x20-#xD7FF] | [#xE000-#xFFFD] | [#x10000-#x10FFFF]"; nothing can escape others. */
const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const escaped = (text: string): string =>
  text.replace(NO_CHARACTER, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
