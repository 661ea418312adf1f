import type { NetworkFact, RequestKey } from '../protocol/network.ts';
import type { DocumentInfo, Milliseconds } from '../protocol/record.ts';
import { isQueued } from './connection-limit.ts';
import { correlate } from './correlate.ts';
import { courseOf, place } from './course.ts';
import type { DocumentState } from './document.ts';
import { type Home, homeOf } from './home.ts';
import { applyNetworkFact, createRequest, type NetworkRequest } from './network-request.ts';
import type { Source } from './source.ts';
import { originOf } from './source-name.ts';
import { strays } from './stray.ts';

/** The requests for event streams of one tab: whose they are, and those that are nobody's. */
export class NetworkLog {
  /** Of which more may be told. */
  readonly #living = new Map<RequestKey, NetworkRequest>();
  /** Whose attempt is not certain yet, or that have none; in order of start. */
  readonly #open = new Map<Home, NetworkRequest[]>();
  readonly #changed = new Set<Home>();
  #strays: readonly NetworkRequest[] = [];
  #sources: readonly Source[] = [];
  /** A page whose facts are on their way yet may claim a request that began later than this. */
  #claimed: Milliseconds = 0;

  /** Sources of which only the network knows. */
  get sources(): readonly Source[] {
    return this.#sources;
  }

  add(fact: NetworkFact): void {
    const request = this.#living.get(fact.request) ?? (fact.type === 'request' ? this.#begin(fact) : undefined);
    // Of a request that was under way before anybody watched, there is nothing to say where it belongs.
    if (!request) return;
    applyNetworkFact(request, fact);
    if (request.ended) this.#living.delete(request.key);
    this.touch(homeOfRequest(request));
  }

  /** Something changed in the attempts of the sources that live there. */
  touch(home: Home | undefined): void {
    if (home !== undefined) this.#changed.add(home);
  }

  /** All that happened until `time` has been told, by pages and by the network: what is nobody's is shown as such. */
  claimed(time: Milliseconds, documents: Iterable<DocumentState>): void {
    this.#claimed = Math.max(this.#claimed, time);
    for (const home of this.#open.keys()) this.touch(home);
    for (const { home, forgotten } of documents) if (!forgotten) this.touch(home);
  }

  /** Joins requests and attempts wherever something changed. */
  refresh(documents: readonly DocumentState[], recording: boolean): void {
    if (this.#changed.size === 0) return;
    for (const home of this.#changed) this.#join(home, documents);
    this.#changed.clear();
    this.#queue();
    const origins = new Set(documents.filter(({ ended }) => ended === undefined).map(({ info }) => originOf(info.url)));
    // A prerendered page says hello when the tab comes to it; until then, it is not of this tab.
    const homes = new Set(documents.map(({ home }) => home));
    const pageBegan = Math.max(0, ...documents.filter(({ info }) => info.top).map(({ entered }) => entered));
    const shown = new Set(this.#sources.map(({ key }) => key));
    const infoOf = (request: NetworkRequest) =>
      documents.find(({ home }) => home === homeOfRequest(request))?.info ?? unknownDocument(request);
    const nobodys = this.#strays.filter(
      ({ sender, initiator, started, prerendered }) =>
        started <= this.#claimed &&
        // Of a page that the tab has left, and that we never heard of.
        !(sender?.frame === 0 && !homes.has(homeOf(sender)) && started < pageBegan) &&
        (sender ? !prerendered || homes.has(homeOf(sender)) : origins.has(initiator ?? '')),
    );
    this.#sources = strays(nobodys, infoOf).filter(({ key }) => recording || shown.has(key));
  }

  /** Forgets what is over and nobody's; with `where`, only what was there, and all that it did. */
  forget(where?: (home: Home) => boolean): void {
    for (const [home, requests] of this.#open) {
      if (where?.(home)) this.#open.delete(home);
      else if (!where) {
        const gone = new Set(this.#strays.filter(({ ended }) => ended));
        this.#open.set(
          home,
          requests.filter((request) => !gone.has(request)),
        );
      }
      this.#changed.add(home);
    }
  }

  #join(home: Home, documents: readonly DocumentState[]): void {
    const requests = (this.#open.get(home) ?? []).filter(({ forgotten }) => !forgotten);
    const here = documents.filter((document) => document.home === home);
    const sources = here.flatMap((document) => [...document.sources.values()]);
    const matching = correlate(sources.map(courseOf), requests, this.#claimed);
    const settled = new Set(sources.flatMap((source, index) => place(source, matching[index] ?? [], this.#claimed)));
    const left = requests.filter((request) => !settled.has(request));
    if (left.length > 0) this.#open.set(home, left);
    else this.#open.delete(home);
    const taken = new Set(matching.flat());
    this.#strays = [
      ...this.#strays.filter((request) => homeOfRequest(request) !== home),
      ...requests.filter((request) => !taken.has(request)),
    ];
  }

  /** Who waits for a connection depends on what others do, wherever they are. */
  #queue(): void {
    const open = [...this.#open.values()].flat();
    for (const request of open) {
      if (!request.ended && !request.queued && isQueued(request, open)) request.queued = true;
    }
  }

  #begin(fact: Extract<NetworkFact, { type: 'request' }>): NetworkRequest {
    const request = createRequest(fact);
    this.#living.set(request.key, request);
    const home = homeOfRequest(request);
    const there = this.#open.get(home);
    if (there) there.push(request);
    else this.#open.set(home, [request]);
    return request;
  }
}

const homeOfRequest = ({ sender, initiator }: NetworkRequest): Home =>
  sender ? homeOf(sender) : `worker ${initiator}`;

/** Of a frame that none of our scripts is in, or of a worker, only the origin is known. */
function unknownDocument(request: NetworkRequest): DocumentInfo {
  const { initiator = '', sender, started } = request;
  return {
    id: homeOfRequest(request),
    url: initiator,
    top: sender?.frame === 0,
    started,
    entered: 'navigate',
    late: false,
  };
}
