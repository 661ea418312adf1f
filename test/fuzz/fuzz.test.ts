import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROWSER as browser, browserPath } from '../support/browser.ts';
import { type Arena, openArena } from './arena.ts';
import { utf8 } from './bytes.ts';
import { fuzz } from './fuzz.ts';

const executablePath = browserPath(browser);

describe('random streams', () => {
  /** Always the same streams, so that a run says something about the code; `npm run fuzz` takes others each time. */
  const seed = 1;

  test.each([
    ['observed', 100],
    ['managed', 300],
  ] as const)(
    '%s sources live through what native ones do',
    async (mode, runs) => {
      const differences: string[] = [];
      const found = (difference: string) => differences.push(difference);
      const { done } = await fuzz({ browser, executablePath, mode, runs, seed, found, progress() {} });
      expect(differences.join('\n')).toBe('');
      expect(done).toBe(runs);
      // No bar for speed: Firefox waits half a second at least before each attempt.
    },
    180_000,
  );
});

describe('a value of retry:', () => {
  let arena: Arena;
  beforeAll(async () => {
    arena = await openArena({ browser, executablePath, mode: 'managed', hosts: 2 });
  });
  afterAll(() => arena?.close());

  /** By the wait before the next attempt: far apart, for a machine that has other things to do. */
  const meaning = (wait: number | undefined) => {
    if (wait === undefined) return 'more than 4 s';
    if (wait < 350) return 'ignored';
    return wait < 1850 ? '700 ms' : "the browser's own";
  };

  /** What each value means, to sources of both kinds. */
  async function meanings(values: string[]) {
    const cases = values.map((value) => ({
      answers: [{ chunks: [`retry: 1\n\nretry:${value}\n\n`], end: 'clean' as const }],
      last: 'no content' as const,
      closeAt: undefined,
    }));
    const traces = await arena.play(cases, { width: cases.length, patience: 4000 });
    const table = (kind: 'native' | 'ours') =>
      values.map((value, index) => `${JSON.stringify(value)}: ${meaning(traces[index]?.[kind].waits[0])}`);
    return { native: table('native'), ours: table('ours') };
  }

  test('means to a managed source what it means to a native one', async () => {
    const values = ['700', '0700', '0000000000000000000000000700', '700 ', ' 700', '\t700', '+700', '-700', '700.0'];
    values.push('7e2', '0x2bc', '700ms', '', '-1', '2147483648', '4294967297', '4294967996');
    values.push(...['７００', '٧٠٠', '\u00A0700', '700\0'].map(utf8));
    const { native, ours } = await meanings(values);
    expect(ours).toEqual(native);
  });

  // [chrome] Ignores such a value. [firefox] Counts from zero again.
  test('means the same when it does not fit into 64 bits', async () => {
    const { native, ours } = await meanings(['18446744073709551616', '99999999999999999999', '9'.repeat(400)]);
    expect(ours).toEqual(native);
  });
});
