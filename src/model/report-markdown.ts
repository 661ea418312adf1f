import { CRITERIA, type Line, type StepResult } from './check-plan.ts';
import type { CheckedStream, CheckReport, ReportWords } from './check-report.ts';

const MARKS = { pass: '✅', fail: '❌', unknown: '–' };

/** A report as GitHub-flavoured Markdown, to be put into an issue. */
export function reportMarkdown(report: CheckReport, words: ReportWords): string {
  const { page, began, counts, stopped, streams } = report;
  const head = [
    `## ${words.title}`,
    `${words.page}: ${code(page)}  \n${words.began}: ${new Date(began).toISOString()}  \n${words.counts(counts)}`,
    ...(stopped ? [words.stopped] : []),
  ];
  return `${[...head, ...streams.map((stream) => section(stream, words))].join('\n\n')}\n`;
}

function section(stream: CheckedStream, words: ReportWords): string {
  const { name, steps } = stream;
  const columns = [words.stepHead, words.recoveredHead, ...CRITERIA.map((criterion) => words.criterion(criterion))];
  const rows = steps.map(({ step, recovered, lines }) => [
    escaped(words.step(step)),
    recovered === undefined ? words.none : words.duration(recovered),
    ...CRITERIA.map((criterion) => MARKS[lines.find((line) => line.criterion === criterion)?.result ?? 'unknown']),
  ]);
  const table = [columns.map(escaped), columns.map((_, index) => (index === 0 ? '---' : ':---:')), ...rows];
  return [
    `### ${code(name)}`,
    table.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
    ...list(words.failures, steps, 'fail', words),
    ...list(words.unknowns, steps, 'unknown', words),
  ].join('\n\n');
}

function list(title: string, steps: readonly StepResult[], result: Line['result'], words: ReportWords): string[] {
  const items = steps.flatMap(({ step, lines }) => {
    const told = lines.filter((line) => line.result === result);
    // All for one reason: it is said once.
    const isOne = told.length > 1 && told.every(({ reason }) => reason === told[0]?.reason);
    return (isOne ? told.slice(0, 1) : told).map((line) => {
      const what = isOne ? words.step(step) : `${words.step(step)}, ${words.criterion(line.criterion)}`;
      const advice = result === 'fail' ? words.advice(line) : '';
      return `- **${escaped(what)}**: ${escaped(words.reason(line))}${advice === '' ? '' : ` ${escaped(advice)}`}`;
    });
  });
  return items.length === 0 ? [] : [`**${escaped(title)}**`, items.join('\n')];
}

/** Text of a page's shall not be markup, a link or a mention, nor end a cell. */
const escaped = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '\ufffd')
    .replace(/[\\`*_{}[\]<>#|~!&]/g, '\\$&')
    .replace(/@(?=\w)/g, '@\u200b')
    .replace(/:\/\//g, ':\u200b//');

/** As code: what is in it stays what it is, but for backticks, and `|`, which ends a cell of a table all the same. */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/\|/g, '%7C');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}
