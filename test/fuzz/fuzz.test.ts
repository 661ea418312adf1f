import { expect, test } from 'vitest';
import { findChromium } from '../../scripts/browsers.mjs';
import { fuzz } from './fuzz.ts';

const RUNS = 300;
/** Always the same streams, so that a run says something about the code; `npm run fuzz` takes others each time. */
const SEED = 1;

test.each(['observed', 'managed'] as const)(
  'random streams: %s sources live through what native ones do',
  async (mode) => {
    const executablePath = findChromium() ?? '';
    const differences: string[] = [];
    const found = (difference: string) => differences.push(difference);
    const { done } = await fuzz({ executablePath, mode, runs: RUNS, seed: SEED, found, progress() {} });
    expect(differences.join('\n')).toBe('');
    expect(done).toBe(RUNS);
  },
);
