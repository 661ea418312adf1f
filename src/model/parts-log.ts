import type { NetworkFact } from '../protocol/network.ts';
import type { Attempt } from './attempt.ts';
import type { NetworkRequest } from './network-request.ts';
import type { Source } from './source.ts';
import type { Parts } from './take-parts.ts';

/** The attempt whose request it certainly is. */
export interface Owner {
  source: Source;
  attempt: Attempt;
}

export type Take = (owner: Owner, told: readonly Parts[]) => void;

/** Parts that wait for their owner, over all requests; and their texts, in UTF-16 code units. */
const MOST = 200_000;
const MOST_TEXT = 32 * 1024 * 1024;
/** Of a request that seems to be nobody's. */
const FEW = 1000;

interface Waiting {
  told: Parts[];
  count: number;
  text: number;
}

/** What a tap saw in the bodies of requests, until it is certain whose they are. */
export class PartsLog {
  /** Parts that were told to nobody: there were too many, or their owner was never found. */
  lost = 0;
  readonly #take: Take;
  readonly #owners = new WeakMap<NetworkRequest, Owner>();
  readonly #waiting = new Map<NetworkRequest, Waiting>();
  #count = 0;
  #text = 0;

  /** `take` is given the parts of a request, in their order. */
  constructor(take: Take) {
    this.#take = take;
  }

  /**
   * Returns whether somebody has to find out whose they are, for which they wait. `isSilent`: they are nobody's, as it
   * seems, and will not be shown. (A page whose clock is behind may claim them yet.)
   */
  add(
    request: NetworkRequest,
    { time, parts, lost }: Extract<NetworkFact, { type: 'parts' }>,
    isSilent: boolean,
  ): boolean {
    // A managed connection tells all of it itself.
    if (request.marker !== undefined) return false;
    this.lost += lost;
    const owner = this.#owners.get(request);
    if (owner && owner.attempt.request === request) {
      this.#hand(owner, [{ time, parts }]);
      return false;
    }
    const before = this.#waiting.get(request);
    if (isSilent && before && before.count > FEW) {
      this.forget(request);
      return false;
    }
    const waiting = before ?? { told: [], count: 0, text: 0 };
    this.#waiting.set(request, waiting);
    const text = parts.reduce((sum, part) => sum + (part.type === 'dispatch' ? part.data : part.value).length, 0);
    waiting.told.push({ time, parts });
    this.#hold(waiting, parts.length, text);
    if (this.#count > MOST || this.#text > MOST_TEXT) this.#lose(this.#longest());
    return !isSilent;
  }

  waits(request: NetworkRequest): boolean {
    return this.#waiting.has(request);
  }

  /** It is certain whose it is: what waits is theirs, and what comes. */
  own(request: NetworkRequest, owner: Owner): void {
    this.#owners.set(request, owner);
    const waiting = this.#waiting.get(request);
    if (!waiting) return;
    this.forget(request);
    this.#hand(owner, waiting.told);
  }

  /** Nobody will ever show what waits. */
  forget(request: NetworkRequest): void {
    const waiting = this.#waiting.get(request);
    if (!waiting) return;
    this.#waiting.delete(request);
    this.#hold(waiting, -waiting.count, -waiting.text);
  }

  clear(): void {
    this.lost = 0;
    for (const request of this.#waiting.keys()) this.forget(request);
  }

  #hand(owner: Owner, told: readonly Parts[]): void {
    if (owner.attempt.carried === 'native') this.#take(owner, told);
  }

  #hold(waiting: Waiting, count: number, text: number): void {
    waiting.count += count;
    waiting.text += text;
    this.#count += count;
    this.#text += text;
  }

  #lose(request: NetworkRequest | undefined): void {
    if (!request) return;
    this.lost += this.#waiting.get(request)?.count ?? 0;
    this.forget(request);
  }

  #longest(): NetworkRequest | undefined {
    let found: NetworkRequest | undefined;
    let most = -1;
    for (const [request, { text, count }] of this.#waiting) {
      if (text + count <= most) continue;
      most = text + count;
      found = request;
    }
    return found;
  }
}
