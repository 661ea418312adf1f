import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createChecks } from '../../src/devtools/check.ts';
import { type CheckReport, checkReport } from '../../src/model/check-report.ts';
import { reportJson } from '../../src/model/report-json.ts';
import { reportJunit } from '../../src/model/report-junit.ts';
import { reportMarkdown } from '../../src/model/report-markdown.ts';
import { reportWords } from '../../src/panel/check-wording.ts';
import { writeIn } from '../../src/panel/format.ts';
import { speakAs } from '../support/locale.ts';
import { APPS, COUNTER, PlayedWorld } from '../support/played-check.ts';
import { type Element, strictXml } from '../support/strict-xml.ts';

const SECRET = 'hunter2';
const NASTY = `<b a="1" c='2'> & ]]> | \`x\` *y* [z](http://evil.test) @someone \u0000\u001b \ud800 https://a.test/?token=${SECRET}`;
const PATH = `/events?access_token=${SECRET}&q=%22%3Cb%3E%26a%60%7C`;

let report: CheckReport;
beforeAll(async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 23, 12, 0, 0) });
  speakAs('en');
  writeIn('en');
  const world = new PlayedWorld(COUNTER);
  const checks = createChecks({
    log: world.log,
    faults: world.desk,
    witness: (source, on) => world.witness(source, on),
    watchUncaught: () => {},
    changed: () => {},
  });
  world.onFact = checks.heard;
  APPS['browser']?.(world, PATH);
  APPS['settimeout']?.(world, '/other');
  await vi.advanceTimersByTimeAsync(5000);
  checks.start(world.log.sources);
  await vi.advanceTimersByTimeAsync(500);
  const document = world.log.sources[0]?.document.id ?? '';
  checks.uncaught(document, { time: Date.now(), count: 1, message: NASTY });
  await vi.advanceTimersByTimeAsync(300_000);
  if (!checks.latest) throw new Error('There is no check.');
  report = checkReport(checks.latest, `https://user:${SECRET}@app.test/?token=${SECRET}`);
  vi.useRealTimers();
});

test('counts steps, and has no secrets', () => {
  expect(report).toMatchObject({ stopped: false, counts: { pass: 3, fail: 7, unknown: 0 } });
  expect(report.redacted.parameters).toBeGreaterThan(3);
  for (const text of [reportJson(report), reportJunit(report, reportWords()), reportMarkdown(report, reportWords())]) {
    expect(text).not.toContain(SECRET);
    expect(text).toContain('[redacted]'.slice(1, -1));
  }
});

test('as JSON says what it is, and reads back as it was', () => {
  const { format, version, ...rest } = JSON.parse(reportJson(report)) as Record<string, unknown>;
  expect([format, version]).toEqual(['sse-lifeline-check', 1]);
  expect(rest).toEqual(JSON.parse(JSON.stringify(report)));
});

describe('as JUnit XML', () => {
  /** @see https://github.com/windyroad/JUnit-Schema: what may be where, and the attributes that must be there. */
  const RULES: Record<string, { must: string[]; may: string[]; children: RegExp }> = {
    testsuites: { must: [], may: [], children: /^(testsuite )*$/ },
    testsuite: {
      must: ['id', 'package', 'name', 'timestamp', 'hostname', 'tests', 'failures', 'errors', 'time'],
      may: ['skipped'],
      children: /^properties (testcase )*system-out system-err $/,
    },
    properties: { must: [], may: [], children: /^(property )*$/ },
    property: { must: ['name', 'value'], may: [], children: /^$/ },
    testcase: { must: ['name', 'classname', 'time'], may: [], children: /^((skipped|error|failure) )?$/ },
    failure: { must: ['type'], may: ['message'], children: /^$/ },
    skipped: { must: [], may: ['message', 'type'], children: /^$/ },
    'system-out': { must: [], may: [], children: /^$/ },
    'system-err': { must: [], may: [], children: /^$/ },
  };
  const TYPES: Record<string, RegExp> = {
    id: /^\d+$/,
    tests: /^\d+$/,
    failures: /^\d+$/,
    errors: /^\d+$/,
    skipped: /^\d+$/,
    time: /^\d{1,3}\.\d+$/,
    timestamp: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
    hostname: /^\S+$/,
    name: /\S/,
  };
  const all = (element: Element): Element[] => [element, ...element.children.flatMap(all)];

  test('is what the schema asks for', () => {
    const root = strictXml(reportJunit(report, reportWords()));
    expect(root.name).toBe('testsuites');
    for (const { name, attributes, children } of all(root)) {
      const { must, may, children: order } = RULES[name] ?? { must: [], may: [], children: /never/ };
      const names = Object.keys(attributes);
      expect(must.filter((one) => !names.includes(one))).toEqual([]);
      expect(names.filter((one) => !must.includes(one) && !may.includes(one))).toEqual([]);
      expect(children.map((child) => `${child.name} `).join('')).toMatch(order);
      if (name === 'property') continue;
      for (const [key, value] of Object.entries(attributes)) expect(value).toMatch(TYPES[key] ?? /^/);
    }
  });

  test('counts what is in it', () => {
    const { children: suites } = strictXml(reportJunit(report, reportWords()));
    expect(suites).toHaveLength(2);
    for (const { attributes, children } of suites) {
      const cases = children.filter(({ name }) => name === 'testcase');
      const having = (what: string) => cases.filter((one) => one.children[0]?.name === what).length;
      expect(attributes['tests']).toBe(`${cases.length}`);
      expect(attributes['failures']).toBe(`${having('failure')}`);
      expect(attributes['skipped']).toBe(`${having('skipped')}`);
      expect(cases).toHaveLength(35);
    }
  });

  test('says what failed in the words of the table, whatever characters the page uses', () => {
    const failures = all(strictXml(reportJunit(report, reportWords()))).filter(({ name }) => name === 'failure');
    const messages = failures.map(({ attributes }) => attributes['message'] ?? '');
    expect(messages).toContain('HTTP 503 closed it for good, and nobody reconnected.');
    expect(messages.find((text) => text.includes('uncaught') || text.includes('caught'))).toContain(
      `<b a="1" c='2'> &`,
    );
    expect(failures[0]?.text).toContain('Look at the console');
  });
});

describe('as Markdown', () => {
  test('has a table for each stream, with a cell for each criterion', () => {
    const text = reportMarkdown(report, reportWords());
    const rows = text.split('\n').filter((line) => line.startsWith('|'));
    expect(rows).toHaveLength(14);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(10);
    expect(text).toContain('| HTTP 503 | – | ❌ | ❌ |');
  });

  test('says what failed and what to do about it', () => {
    const text = reportMarkdown(report, reportWords());
    expect(text).toContain('An EventSource never tries again after such an answer.');
    expect(text).toMatch(
      /- \*\*Reset, No loss\*\*: The witness got 4 events that the app did not: \d+ to \d+\. Send the/,
    );
  });

  test('lets no text of the page be markup, a link or a mention', () => {
    const text = reportMarkdown(report, reportWords());
    expect(text).not.toMatch(/(?<!\\)<b/);
    expect(text).not.toMatch(/(?<!\\)\]\(/);
    expect(text).not.toMatch(/\p{Cc}(?<!\n)/u);
    expect(text).not.toContain('@someone');
    expect(text).toContain('\\*y\\*');
  });
});

test('speaks Chinese as well', () => {
  speakAs('zh-CN');
  writeIn('zh-CN');
  const text = reportMarkdown(report, reportWords());
  expect(text).toContain('韧性检查');
  expect(text).not.toMatch(/undefined|\$/);
  speakAs('en');
  writeIn('en');
});
