import type { NetworkFact, RequestKey } from '../protocol/network.ts';
import type { DocumentInfo, Milliseconds } from '../protocol/record.ts';
import { queued } from './connection-limit.ts';
import { correlate } from './correlate.ts';
import { courseOf, isCertain, place, unsettled } from './course.ts';
import { type DocumentState, ownUp } from './document.ts';
import { SKEW } from './fit.ts';
import { type Home, homeOf, workerHome } from './home.ts';
import { Intake } from './intake.ts';
import { applyNetworkFact, createRequest, type NetworkRequest } from './network-request.ts';
import { PartsLog } from './parts-log.ts';
import type { Source } from './source.ts';
import type { SourceList } from './source-list.ts';
import { originOf } from './source-name.ts';
import { sameSources, strays } from './stray.ts';

/** Until when a document told all that it did, by where it lives. */
export type Told = (home: Home) => Milliseconds;

/** The requests for event streams of one tab: whose they are, and those that are nobody's. */
export class NetworkLog {
  #missed = 0;
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
  /** Their requests. */
  #shown: ReadonlySet<NetworkRequest> = new Set();
  #recorded = true;
  /** A page whose facts are on their way yet may claim a request that began later than this. */
  #claimed: Milliseconds = 0;
  /** What is earlier is of documents that are not preserved. */
  #since: Milliseconds = Number.NEGATIVE_INFINITY;
  #told: Told = () => Number.POSITIVE_INFINITY;
  #isHeldBack = false;
  /** What a tap saw in bodies, as soon as it is certain whose they are. */
  readonly intake: Intake;
  readonly #parts: PartsLog;
  readonly #list: SourceList;

  /** `list`: the sources of documents. */
  constructor(list: SourceList) {
    this.#list = list;
    this.intake = new Intake(list);
    this.#parts = new PartsLog(this.intake.take);
  }

  /** Facts that nobody was there to take in time, and parts of streams. */
  get lost(): number {
    return this.#missed + this.#parts.lost;
  }

  miss(facts: number): void {
    this.#missed += facts;
  }

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
    // What is known of it stays the same; only whose it is may have to be found out.
    if (fact.type === 'parts' && !this.#parts.add(request, fact, this.#isSilent(request))) return;
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
    const shown = this.#shown;
    const made = strays(nobodys, infoOf).filter((source) => {
      const requests = requestsOf([source]);
      if (!recording) return requests.some((request) => shown.has(request));
      return source.ended === undefined || !requests.every((request) => this.#unrecorded.has(request));
    });
    this.#sources = sameSources(this.#sources, made);
    this.#shown = new Set(requestsOf(this.#sources));
    this.#list.setBeside(this.#sources);
    this.#ownStrays();
    if (recording) return this;
    for (const request of this.#strays) if (!this.#shown.has(request)) this.#unrecorded.add(request);
    return this;
  }

  /** Of what only the network knows, all is shown; but not half a stream, which is what is told of a document's. */
  #ownStrays(): void {
    for (const source of this.#sources) {
      for (const attempt of source.attempts) {
        const { request } = attempt;
        if (request && !request.sender) this.#parts.own(request, { source, attempt });
      }
    }
  }

  /** It is a document's, whose page knows nothing of it, as it seems. */
  #isSilent(request: NetworkRequest): boolean {
    return this.#shown.has(request) && !this.#changed.has(homeOfRequest(request));
  }

  /** Forgets what is over and nobody's. */
  clear(): void {
    for (const request of this.#strays) if (request.ended) this.#cleared.add(request);
    for (const source of this.#sources) Object.assign(source, { events: [], lines: [] });
    this.#missed = 0;
    this.intake.unrecorded = 0;
    this.#parts.clear();
    this.#touchAll();
  }

  /** Forgets what was before `since`, but for workers that serve several tabs and are still at it. */
  leave(since: Milliseconds): void {
    this.#since = since - SKEW;
    this.intake.unrecorded = 0;
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
    const courses = sources.map(courseOf);
    const open = sources.map(unsettled);
    for (const document of here) ownUp(document, requests);
    const pages = requests.filter(({ witness }) => !witness);
    const matching = correlate(courses, pages, this.#claimed);
    const settled = new Set(sources.flatMap((source, index) => place(source, matching[index] ?? [], this.#claimed)));
    for (const [index, source] of sources.entries()) {
      for (const attempt of open[index] ?? []) {
        const { request } = attempt;
        const rivals = courses.filter((_, other) => other !== index);
        if (!request || !this.#parts.waits(request) || !isCertain(attempt, request, rivals, this.#claimed)) continue;
        this.#parts.own(request, { source, attempt });
      }
    }
    const taken = new Set(matching.flat());
    const nobodys = pages.filter((request) => !taken.has(request));
    const isGone = (request: NetworkRequest) => this.#cleared.has(request) && request.started <= this.#claimed;
    const left = new Set(
      requests.filter((request) => !settled.has(request) && (taken.has(request) || !isGone(request))),
    );
    for (const request of requests) if (request.witness && request.ended) left.delete(request);
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
  sender ? homeOf(sender) : workerHome(initiator ?? '');

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
