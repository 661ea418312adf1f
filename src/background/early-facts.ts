import type { NetworkFact } from '../protocol/network.ts';

/** A storm in a tab must not fill the memory of a background that nobody asked yet. */
const MOST = 1000;

/** Of one tab, or (with undefined) of workers that serve several. */
type Tab = number | undefined;

/**
 * Facts that woke this background before the DevTools pages found their way to it: they connect within moments, or there
 * are none. What nobody took by then is let go by `close`.
 */
export class EarlyFacts {
  #facts: { tab: Tab; fact: NetworkFact }[] | undefined = [];
  #lost = 0;

  add(tab: Tab, fact: NetworkFact): void {
    if (!this.#facts) return;
    if (this.#facts.length < MOST) this.#facts.push({ tab, fact });
    else this.#lost++;
  }

  /** What there is for the DevTools page of `tab`; what several tabs may want stays for the next one too. */
  take(tab: number): { facts: NetworkFact[]; lost: number } {
    const facts = (this.#facts ?? []).filter((one) => one.tab === undefined || one.tab === tab);
    this.#facts = this.#facts?.filter((one) => one.tab !== tab);
    return { facts: facts.map(({ fact }) => fact), lost: this.#lost };
  }

  close(): void {
    this.#facts = undefined;
  }
}
