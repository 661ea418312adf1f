type Milliseconds = number;
const PATIENCE: Milliseconds = 20_000;
const LOOK_EVERY: Milliseconds = 50;
/** For a last look, and for who tells what there was instead: a document that does not answer may be why. */
const HANGING: Milliseconds = 3000;

/** Tells what there is, for whoever reads of a failure that may not come again. Rejects when it has gone. */
export type Teller = () => Promise<string>;
const tellers = new Set<Teller>();

/** From now on `teller` is asked when something was waited for in vain, until it has gone. */
export function onVain(teller: Teller): void {
  tellers.add(teller);
}

const pause = (time: Milliseconds) => new Promise<void>((resolve) => setTimeout(resolve, time));

/** What all of them tell, a line each. */
export async function told(): Promise<string> {
  const all = [...tellers].map(async (teller) => {
    try {
      return `\n  ${await Promise.race([teller(), pause(HANGING).then(() => 'One that does not answer.')])}`;
    } catch {
      tellers.delete(teller);
      return '';
    }
  });
  return (await Promise.all(all)).join('');
}

/**
 * Looks again and again until `look` gives something. When patience ends it says what `look` threw last, or that it never
 * came to an end, and what there was instead (see {@link onVain}).
 */
export async function until<T>(
  look: () => Promise<T | undefined | null | false>,
  what: string,
  patience = PATIENCE,
): Promise<T> {
  const end = performance.now() + patience;
  let why = '';
  while (performance.now() < end) {
    const hanging = new AbortController();
    try {
      const found = await Promise.race([look(), rejection(end + HANGING - performance.now(), hanging.signal)]);
      if (found) return found;
      why = '';
    } catch (error) {
      why = ` The last error was: ${error}`;
    } finally {
      hanging.abort();
    }
    await pause(LOOK_EVERY);
  }
  throw new Error(`Waited in vain for ${what}.${why}${await told()}`);
}

/** After that time, unless `signal` comes before. */
function rejection(time: Milliseconds, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(new Error('It was still looking.')), time);
    signal.addEventListener('abort', () => clearTimeout(timer));
  });
}
