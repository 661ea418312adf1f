type Milliseconds = number;
const PATIENCE: Milliseconds = 20_000;
const LOOK_EVERY: Milliseconds = 50;

/** Looks again and again until `look` gives something; what it throws meanwhile is told when patience ends. */
export async function until<T>(look: () => Promise<T | undefined | null | false>, what: string): Promise<T> {
  const end = performance.now() + PATIENCE;
  let last: unknown;
  while (performance.now() < end) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  throw new Error(`Waited in vain for ${what}.${last ? ` The last error was: ${last}` : ''}`);
}
