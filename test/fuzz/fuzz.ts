/**
 * The differential test: random event streams, byte for byte the same, to the browser's own EventSource and to one that
 * the page script observes or manages. What they dispatch and what they ask for must not differ.
 */
import fc from 'fast-check';
import type { BrowserName } from '../support/browser.ts';
import { type Arena, type Mode, openArena } from './arena.ts';
import { differ, told } from './differences.ts';
import { anyCase } from './stream.ts';

export interface FuzzOptions {
  browser: BrowserName;
  executablePath: string;
  mode: Mode;
  runs: number;
  /** Of the first batch; the next batch has the next seed. */
  seed: number;
  /** Of one case, as a difference was printed with: only that one is run. */
  path?: string;
  /** Called after each batch. */
  progress(count: Count): void;
  /** Called with each difference, shrunk. */
  found(difference: string): void;
}

export interface Count {
  done: number;
  /** Of which differed. */
  different: number;
}

const BATCH = 240;
const HOSTS = 4;
/** After so many it is one and the same, or everything: reading more teaches nothing. */
const ENOUGH = 10;

/** Runs until enough cases were run, or enough have differed. */
export async function fuzz({ runs, seed, path, progress, found, ...options }: FuzzOptions): Promise<Count> {
  const arena = await openArena({ ...options, hosts: HOSTS });
  const count: Count = { done: 0, different: 0 };
  try {
    if (path !== undefined) {
      const difference = await shrunk(arena, seed, path);
      if (difference !== undefined) found(difference);
      return { done: 1, different: difference === undefined ? 0 : 1 };
    }
    for (let batch = seed; count.done < runs && count.different < ENOUGH; batch++) {
      const cases = fc.sample(anyCase, { numRuns: Math.min(BATCH, runs - count.done), seed: batch });
      const traces = await arena.play(cases);
      for (const [index, it] of cases.entries()) {
        const both = traces[index];
        if (!both || !differ(both)) continue;
        if (++count.different <= ENOUGH) {
          const path = `${index}`;
          found(
            (await shrunk(arena, batch, path)) ?? `Seed ${batch}, path ${path}, not every time:\n${told(it, both)}`,
          );
        }
      }
      count.done += cases.length;
      progress(count);
    }
    return count;
  } finally {
    await arena.close();
  }
}

/** The smallest case that still differs, as fast-check finds it from the one at this path; undefined if that does not. */
async function shrunk(arena: Arena, seed: number, path: string): Promise<string | undefined> {
  let least: string | undefined;
  const property = fc.asyncProperty(anyCase, async (it) => {
    const [traces] = await arena.play([it]);
    if (!traces || !differ(traces)) return true;
    least = told(it, traces);
    return false;
  });
  const { counterexamplePath } = await fc.check(property, { seed, path, numRuns: 1, interruptAfterTimeLimit: 60_000 });
  return least && `Seed ${seed}, path ${counterexamplePath ?? path}:\n${least}`;
}
