import { beforeAll, describe, expect, test } from 'vitest';
import { FAULTS } from '../../src/protocol/command.ts';
import { BROWSER as browser, browserPath } from '../support/browser.ts';
import { titleOf } from './case.ts';
import { CASES } from './cases/all.ts';
import { told } from './comparison.ts';
import { fidelity, type Result } from './fidelity.ts';

describe('a forced fault looks like the real one', () => {
  const results = new Map<string, Result>();

  beforeAll(async () => {
    const done = (result: Result) => void results.set(titleOf(result.it), result);
    await fidelity(CASES, { browser, executablePath: browserPath(browser), width: 4, done });
  }, 300_000);

  test.each(CASES.map((one) => [titleOf(one)]))('%s', (title) => {
    expect(results.get(title)?.differences.map(told)).toEqual([]);
  });
});

test('every fault has a case', () => {
  expect([...new Set(CASES.map(({ fault }) => fault))].sort()).toEqual(Object.keys(FAULTS).sort());
});
