/**
 * Each fault twice, in a real browser: a server that really does it to the browser's own EventSource, and the page script
 * that is asked for it while the same server behaves. What page and server saw must not differ.
 */
import { type Arena, type ArenaOptions, openArena } from './arena.ts';
import type { FidelityCase } from './case.ts';
import { type Comparison, compare } from './comparison.ts';
import type { Trace } from './trace.ts';

export interface Result extends Comparison {
  it: FidelityCase;
  real: Trace;
  forced: Trace;
}

/** Moments that differ are measured so often: the machine may have had other things to do. All else must fit at once. */
const MEASUREMENTS = 3;

export async function judge(arena: Arena, it: FidelityCase): Promise<Result> {
  let result: Result | undefined;
  for (let measured = 0; measured < MEASUREMENTS; measured++) {
    const [real, forced] = await Promise.all([arena.play(it, 'real'), arena.play(it, 'forced')]);
    result = { it, real, forced, ...compare(real, forced, it.inherent) };
    if (!result.differences.some(({ isTime }) => isTime) || result.differences.some(({ isTime }) => !isTime)) break;
  }
  if (!result) throw new Error('A case was not measured.');
  return result;
}

/** Side by side, two pages for each. Results come in the order of the cases; `done` is told as they are there. */
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
        const result = await judge(arena, it);
        results[index] = result;
        done(result);
      }
    };
    await Promise.all(Array.from({ length: width }, lane));
    return { version: arena.version, results };
  } finally {
    await arena.close();
  }
}
