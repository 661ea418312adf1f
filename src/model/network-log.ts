import type { NetworkFact, RequestKey } from '../protocol/network.ts';
import type { DocumentInfo, Milliseconds } from '../protocol/record.ts';
import { queued } from './connection-limit.ts';
import { correlate } from './correlate.ts';
import { courseOf, place } from './course.ts';
import type { DocumentState } from './document.ts';
import { SKEW } from './fit.ts';
import { type Home, homeOf } from './home.ts';
import { applyNetworkFact, createRequest, type NetworkRequest } from './network-request.ts';
import type { Source } from './source.ts';
import { originOf } from './source-name.ts';
import { strays } from './stray.ts';

/** Until when a document told all that it did, by where it lives. */
export type Told = (home: Home) => Milliseconds;

/** The requests for event streams of one tab: whose they are, and those that are nobody's. */
export class NetworkLog {
  /** Facts that nobody was there to take in time. */
  lost = 0;
  /** Of which more may be told, or be told again. */
  readonly #known = new Map<RequestKey, NetworkRequest>();
  /** Whose attempt is not certain yet, or that have none; in order of start. */
  readonly #open = new Map<Home, NetworkRequest[]>();
  readonly #changed = new Set<Home>();
  /** That were over when the log was cleared: a page may claim them yet, and else they are gone. */
  readonly #cleared = new WeakSet<NetworkRequest>();
  /** That were nobody's while nothing was recorded. */
  readonly #unrecorded = new WeakSet<NetworkRequest>();
  #strays: readonly NetworkRequest[] = [];
  #sources: readonly Source[] = [];
  #recorded = true;
  /** A page whose facts are on their way yet may claim a request that began later than this. */
  #claimed: Milliseconds = 0;
  /** What is earlier is of documents that are not preserved. */
  #since: Milliseconds = Number.NEGATIVE_INFINITY;
  #told: Told = () => Number.POSITIVE_INFINITY;
  #isHeldBack = false;

  /** Sources of which only the network knows. */
  get sources(): readonly Source[] {
    return this.#sources;
  }

  /** Is there a request that only its own document keeps from being shown as nobody's? */
  get isHeldBack(): boolean {
    return this.#isHeldBack;
  }

  add(fact: NetworkFact): void {
    const request = this.#known.get(fact.request) ?? (fact.type === 'request' ? this.#begin(fact) : undefined);
    // Of a request that was under way before anybody watched, there is nothing to say where it belongs.
    if (!request) return;
    applyNetworkFact(request, fact);
    this.touch(homeOfRequest(request));
  }

  /** Something changed in the attempts of the sources that live there. */
  touch(home: Home | undefined): void {
    if (home !== undefined) this.#changed.add(home);
  }

  /**
   * All that happened until `time` has been told, by the network and, as far as `told` says, by pages: what is nobody's is
   * shown as such.
   */
  claimed(time: Milliseconds, told: Told, documents: Iterable<DocumentState>): void {
    this.#claimed = Math.max(this.#claimed, time);
    this.#told = told;
    this.#touchAll();
    for (const { home, forgotten } of documents) if (!forgotten) this.touch(home);
  }

  /** Joins requests and attempts wherever something changed. */
  refresh(documents: readonly DocumentState[], recording: boolean): this {
    if (this.#changed.size === 0 && recording === this.#recorded) return this;
    for (const home of this.#changed) this.#join(home, documents);
    this.#changed.clear();
    this.#queue();
    this.#recorded = recording;
    const infos = new Map(documents.map(({ home, info }) => [home, info]));
    const infoOf = (request: NetworkRequest) => infos.get(homeOfRequest(request)) ?? unknownDocument(request);
    const due = this.#strays.filter(
      (request) => request.started <= this.#claimed && !this.#cleared.has(request) && isOfTab(request, documents),
    );
    const nobodys = due.filter((request) => request.started <= this.#told(homeOfRequest(request)));
    this.#isHeldBack = nobodys.length < due.length;
    const shown = new Set(requestsOf(this.#sources));
    this.#sources = strays(nobodys, infoOf).filter((source) => {
      const requests = requestsOf([source]);
      if (!recording) return requests.some((request) => shown.has(request));
      return source.ended === undefined || !requests.every((request) => this.#unrecorded.has(request));
    });
    if (recording) return this;
    const listed = new Set(requestsOf(this.#sources));
    for (const request of this.#strays) if (!listed.has(request)) this.#unrecorded.add(request);
    return this;
  }

  /** Forgets what is over and nobody's. */
  clear(): void {
    for (const request of this.#strays) if (request.ended) this.#cleared.add(request);
    this.lost = 0;
    this.#touchAll();
  }

  /** Forgets what was before `since`, but for workers that serve several tabs and are still at it. */
  leave(since: Milliseconds): void {
    this.#since = since - SKEW;
    this.#touchAll();
  }

  #touchAll(): void {
    for (const home of this.#open.keys()) this.touch(home);
  }

  #join(home: Home, documents: readonly DocumentState[]): void {
    const all = this.#open.get(home) ?? [];
    const requests = all.filter((request) => !request.forgotten && !this.#isPast(request));
    const here = documents.filter((document) => document.home === home);
    const sources = here.flatMap((document) => [...document.sources.values()]);
    const matching = correlate(sources.map(courseOf), requests, this.#claimed);
    const settled = new Set(sources.flatMap((source, index) => place(source, matching[index] ?? [], this.#claimed)));
    const taken = new Set(matching.flat());
    const nobodys = requests.filter((request) => !taken.has(request));
    const isGone = (request: NetworkRequest) => this.#cleared.has(request) && request.started <= this.#claimed;
    const left = new Set(
      requests.filter((request) => !settled.has(request) && (taken.has(request) || !isGone(request))),
    );
    for (const request of all) {
      if ((request.ended || request.forgotten) && !left.has(request)) this.#known.delete(request.key);
    }
    if (left.size > 0) this.#open.set(home, [...left]);
    else this.#open.delete(home);
    this.#strays = [...this.#strays.filter((request) => homeOfRequest(request) !== home), ...nobodys];
  }

  #isPast({ started, sender, ended }: NetworkRequest): boolean {
    return started < this.#since && (sender !== undefined || (ended !== undefined && ended.time < this.#since));
  }

  /** Who waits for a connection depends on what others do, wherever they are. */
  #queue(): void {
    const open = [...this.#open.values()].flat();
    for (const request of queued(open)) if (!request.ended) request.queued = true;
  }

  #begin(fact: Extract<NetworkFact, { type: 'request' }>): NetworkRequest {
    const request = createRequest(fact);
    this.#known.set(request.key, request);
    const home = homeOfRequest(request);
    const there = this.#open.get(home);
    if (there) there.push(request);
    else this.#open.set(home, [request]);
    return request;
  }
}

const requestsOf = (sources: readonly Source[]): NetworkRequest[] =>
  sources.flatMap(({ attempts }) => attempts.flatMap(({ request }) => request ?? []));

/** A worker that serves several tabs is of those that show its origin, or did when it asked. */
function isOfTab(request: NetworkRequest, documents: readonly DocumentState[]): boolean {
  const { sender, initiator, started, prerendered } = request;
  // A prerendered page says hello when the tab comes to it; until then, it is not of this tab.
  if (sender) return !prerendered || documents.some(({ home }) => home === homeOf(sender));
  return documents.some(
    ({ info, ended, forgotten }) =>
      !forgotten && originOf(info.url) === initiator && (ended === undefined || started <= ended),
  );
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
