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
}

/** Moments that differ are measured so often: the machine may have had other things to do. All else must fit each time. */
const MEASUREMENTS = 3;

/** A moment that fits once fits: that it did not was the machine. One that never does is a difference. */
export async function judge(arena: Arena, it: FidelityCase): Promise<Result> {
  const measured = async (): Promise<Result> => {
    const [real, forced] = await Promise.all([arena.play(it, 'real'), arena.play(it, 'forced')]);
    return { it, real, forced, ...compare(real, forced, it.inherent) };
  };
  let result = await measured();
  for (let count = 1; count < MEASUREMENTS; count++) {
    const open = result.differences;
    if (open.length === 0 || open.some(({ isTime }) => !isTime)) break;
    const again = await measured();
    const differences = again.differences.filter((one) => !one.isTime || open.some((other) => isSame(one, other)));
    result = { ...again, differences };
  }
  return result;
}

const isSame = (one: Difference, other: Difference): boolean =>
  one.side === other.side && one.index === other.index && one.field === other.field;

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
