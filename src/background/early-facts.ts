import type { NetworkFact } from '../protocol/network.ts';

/** Of each tab. A storm must not fill the memory of a background that nobody asked yet. */
const MOST = 1000;

/** Of one tab, or (with undefined) of workers that serve several. */
type Tab = number | undefined;

interface Kept {
  facts: NetworkFact[];
  lost: number;
}

/**
 * Facts that woke this background before the DevTools pages found their way to it: they connect within moments, or there
 * are none. What nobody took by then is let go by `close`.
 */
export class EarlyFacts {
  #kept: Map<Tab, Kept> | undefined = new Map();
  /** Who has what several tabs may want: a DevTools page may connect twice. */
  readonly #told = new Set<number>();

  add(tab: Tab, fact: NetworkFact): void {
    if (!this.#kept) return;
    const kept = this.#kept.get(tab) ?? { facts: [], lost: 0 };
    this.#kept.set(tab, kept);
    if (kept.facts.length < MOST) kept.facts.push(fact);
    else kept.lost++;
  }

  /** What there is for the DevTools page of `tab`, each once; what several tabs may want stays for the next one too. */
  take(tab: number): Kept {
    const own = this.#kept?.get(tab);
    const shared = this.#told.has(tab) ? undefined : this.#kept?.get(undefined);
    this.#kept?.delete(tab);
    this.#told.add(tab);
    const kept = [own, shared].filter((one) => one !== undefined);
    return { facts: kept.flatMap(({ facts }) => facts), lost: kept.reduce((sum, { lost }) => sum + lost, 0) };
  }

  close(): void {
    this.#kept = undefined;
  }
}
