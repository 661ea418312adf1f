/**
 * Each fault twice, in a real browser: a server that really does it to the browser's own EventSource, and the page script
 * that is asked for it while the same server behaves. What page and server saw must not differ.
 */
import { type Arena, type ArenaOptions, openArena } from './arena.ts';
import type { FidelityCase } from './case.ts';
import { type Comparison, compare, type Difference } from './comparison.ts';
import type { Trace } from './trace.ts';

export interface Result extends Comparison {
  it: FidelityCase;
  real: Trace;
  forced: Trace;
  /** What differed once, and not when it was measured again. */
  passing: Difference[];
}

/**
 * What differs is measured so often, at last alone. Both sides run against clocks: a machine that has other things to do is
 * late for one of them, and differs each time otherwise. A difference between the two is there each time.
 */
const MEASUREMENTS = 3;

async function measured(arena: Arena, it: FidelityCase): Promise<Result> {
  const [real, forced] = await Promise.all([arena.play(it, 'real'), arena.play(it, 'forced')]);
  return { it, real, forced, ...compare(real, forced, it.inherent), passing: [] };
}

/** With what differed before and differs again. */
async function again(arena: Arena, before: Result): Promise<Result> {
  const result = await measured(arena, before.it);
  const differences = result.differences.filter((one) => before.differences.some((other) => isSame(one, other)));
  const gone = [...before.differences, ...result.differences].filter(
    (one) => !differences.some((other) => isSame(one, other)),
  );
  return { ...result, differences, passing: [...before.passing, ...gone] };
}

/** Moments differ by other numbers each time. */
const isSame = (one: Difference, other: Difference): boolean =>
  one.side === other.side &&
  one.index === other.index &&
  one.field === other.field &&
  (one.isTime || (one.real === other.real && one.forced === other.forced));

/** Side by side, two pages for each. Returns results in the order of the cases; `done` is told each when it is certain. */
export async function fidelity(
  cases: readonly FidelityCase[],
  { width, done = () => {}, ...options }: Omit<ArenaOptions, 'lanes'> & { width: number; done?(result: Result): void },
): Promise<{ version: string; results: Result[] }> {
  const arena = await openArena({ ...options, lanes: width * 2 });
  try {
    const results: Result[] = [];
    const rest = [...cases.entries()];
    const lane = async () => {
      for (let next = rest.shift(); next; next = rest.shift()) {
        const [index, it] = next;
        const result = await measured(arena, it);
        results[index] = result;
        if (result.differences.length === 0) done(result);
      }
    };
    await Promise.all(Array.from({ length: width }, lane));
    for (const [index, first] of results.entries()) {
      if (first.differences.length === 0) continue;
      let result = first;
      for (let count = 1; count < MEASUREMENTS && result.differences.length > 0; count++) {
        result = await again(arena, result);
      }
      results[index] = result;
      done(result);
    }
    return { version: arena.version, results };
  } finally {
    await arena.close();
  }
}
