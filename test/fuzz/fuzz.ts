/**
 * The differential test: random event streams, byte for byte the same, to the browser's own EventSource and to one that
 * the page script observes or manages. What they dispatch and what they ask for must not differ.
 */
import fc from 'fast-check';
import { type Arena, type Mode, openArena } from './arena.ts';
import { differ, type Traces, told } from './differences.ts';
import { anyCase, type Case } from './stream.ts';

export interface FuzzOptions {
  executablePath: string;
  mode: Mode;
  runs: number;
  /** Of the first batch; the next batch has the next seed. */
  seed: number;
  /** Of one case, as a difference was printed with: only that one is run. */
  path?: string;
  /** Called now and then with the number of cases that are done. */
  progress(done: number, differences: number): void;
  /** Called with each difference, shrunk. */
  found(difference: string): void;
}

const BATCH = 240;
const HOSTS = 4;
/** After so many it is one and the same, or everything: reading more teaches nothing. */
const ENOUGH = 10;

/** @returns how many cases differed. */
export async function fuzz({ runs, seed, path, progress, found, ...options }: FuzzOptions): Promise<number> {
  const arena = await openArena({ ...options, hosts: HOSTS });
  try {
    if (path !== undefined) {
      found(await shrunk(arena, seed, path));
      return 1;
    }
    let differences = 0;
    for (let done = 0, batch = 0; done < runs && differences < ENOUGH; batch++) {
      const cases = fc.sample(anyCase, { numRuns: Math.min(BATCH, runs - done), seed: seed + batch });
      const traces = await arena.play(cases);
      for (const [index, each] of traces.entries()) {
        if (!differ(each) || ++differences > ENOUGH) continue;
        found(await shrunk(arena, seed + batch, `${index}`, cases[index], each));
      }
      done += cases.length;
      progress(done, differences);
    }
    return differences;
  } finally {
    await arena.close();
  }
}

/** The smallest case that still differs, as fast-check finds it from the one at this path. */
async function shrunk(arena: Arena, seed: number, path: string, first?: Case, was?: Traces): Promise<string> {
  let least: { it: Case; traces: Traces } | undefined;
  const property = fc.asyncProperty(anyCase, async (it) => {
    const [traces] = await arena.play([it]);
    if (!traces || !differ(traces)) return true;
    least = { it, traces };
    return false;
  });
  const { counterexamplePath } = await fc.check(property, { seed, path, numRuns: 1, interruptAfterTimeLimit: 60_000 });
  if (least) return `Seed ${seed}, path ${counterexamplePath ?? path}:\n${told(least.it, least.traces)}`;
  if (!first || !was) return `Seed ${seed}, path ${path}: no difference.`;
  return `Seed ${seed}, path ${path}, not every time:\n${told(first, was)}`;
}
