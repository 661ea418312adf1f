import { beforeAll, describe, expect, test } from 'vitest';
import { FAULTS } from '../../src/protocol/command.ts';
import { BROWSER as browser, browserPath } from '../support/browser.ts';
import { type Inherent, titleOf } from './case.ts';
import { CASES } from './cases/all.ts';
import { compare, told } from './comparison.ts';
import { fidelity, type Result } from './fidelity.ts';
import type { Trace } from './trace.ts';

describe('a forced fault looks like the real one', () => {
  const results = new Map<string, Result>();

  beforeAll(async () => {
    const done = (result: Result) => void results.set(titleOf(result.it), result);
    await fidelity(CASES, { browser, executablePath: browserPath(browser), width: 4, done });
    // No bar for speed: Firefox waits five seconds where a server does not say how long.
  }, 900_000);

  test.each(CASES.map((one) => [titleOf(one)]))('%s', (title) => {
    expect(results.get(title)?.differences.map(told)).toEqual([]);
  });
});

test('every fault has a case', () => {
  const missing = Object.keys(FAULTS).filter((fault) => !CASES.some((one) => one.fault === fault));
  expect(missing).toEqual([]);
});

describe('the comparison', () => {
  const line = (fields: Record<string, string>, gap = 0) => ({ fields, times: { gap } });
  const trace = (page: Trace['page'], server: Trace['server'] = []): Trace => ({
    page,
    server,
    trusted: { yes: 0, no: 0 },
  });
  const open = line({ type: 'open', readyState: 'OPEN' });
  const lost = line({ type: 'error', readyState: 'CONNECTING' });
  const closed: Inherent = {
    ...{ side: 'server', index: 1, field: 'closed by', real: 'server', forced: 'client', why: '' },
  };

  test.each([
    [
      'a field',
      [open],
      [line({ type: 'open', readyState: 'CONNECTING' })],
      'page 1, readyState: OPEN real, CONNECTING forced',
    ],
    ['an event too many', [open], [open, lost], 'page 2, line: nothing real, error CONNECTING forced'],
    ['an event too few', [open, lost], [open], 'page 2, line: error CONNECTING real, nothing forced'],
    ['another moment', [open], [{ ...open, times: { gap: 251 } }], 'page 1, gap: 0 ms real, 251 ms forced'],
  ])('finds %s', (_, real, forced, difference) => {
    expect(compare(trace(real), trace(forced)).differences.map(told)).toEqual([difference]);
  });

  test('takes what is named for what it is, exactly, and only where it is there', () => {
    const by = (who: string) => trace([], [line({ 'closed by': who })]);
    expect(compare(by('server'), by('client'), [closed])).toEqual({ differences: [], inherent: [closed] });
    expect(compare(by('server'), by('nobody'), [closed]).differences).not.toEqual([]);
    expect(compare(by('server'), by('server'), [closed]).differences).toHaveLength(1);
  });

  test('finds what went wrong with the test itself', () => {
    expect(compare(trace([open]), { ...trace([open]), trouble: 'nothing more' }).differences).toHaveLength(1);
  });
});
