import browser, { type WebRequest } from 'webextension-polyfill';
import type { NetworkFact, RequestKey } from '../protocol/network.ts';
import { type Asker, askerOf } from './asker.ts';
import { bodyParts } from './body-parts.ts';
import { headerValue, isEventSource } from './event-source-request.ts';
import { FilterSource } from './filter-source.ts';
import { FILTER, type Told } from './network-observer.ts';
import { PartBatch } from './part-batch.ts';

export interface TapGround {
  told: Told;
  /** Is it of an inspected tab? An answer waits for this as long as it takes. */
  isInspected(asker: Asker): boolean | Promise<boolean>;
}

type Details = WebRequest.OnHeadersReceivedDetailsType;

interface Tapped {
  asker: Asker;
  filter: WebRequest.StreamFilter;
  flush(): void;
}

/**
 * [firefox] Lets the event streams that EventSources of inspected tabs read pass through us from their first byte on: each
 * byte is written on untouched and at once, and read only then. So a stream can be ended in the network, and the browser
 * does what it does for any lost connection. Where the browser or the user does not allow it, nothing is tapped.
 *
 * Like the observer, it must be started synchronously with the background: the answer that woke it waits for listeners
 * that are there by then.
 */
export class StreamTap {
  readonly #ground: TapGround;
  /** Its bytes pass through us now. */
  readonly #tapped = new Map<RequestKey, Tapped>();
  /** What the requests of EventSources that are under way carried as Last-Event-ID; '' for nothing. */
  readonly #asked = new Map<RequestKey, string>();
  readonly #filters = new FilterSource(() => this.#tapped.size > 0);
  #isStarted = false;
  #isListening = false;

  constructor(ground: TapGround) {
    this.#ground = ground;
  }

  start(): void {
    this.#isStarted = true;
    this.#listen();
  }

  stop(): void {
    this.#isStarted = false;
    this.#listen();
  }

  /** The user gave or took permissions. */
  permitted(how: 'granted' | 'revoked'): void {
    this.#filters[how]();
    this.#listen();
  }

  #listen(): void {
    const { onHeadersReceived } = browser.webRequest;
    const listens = this.#isStarted && this.#filters.isThere;
    if (listens && !this.#isListening) {
      onHeadersReceived.addListener(this.#answered, FILTER, ['blocking', 'responseHeaders']);
    } else if (!listens && this.#isListening) {
      onHeadersReceived.removeListener(this.#answered);
      this.#asked.clear();
      this.release();
    }
    this.#isListening = listens;
  }

  /** What the observer tells of a request. */
  note(fact: NetworkFact): void {
    if (!this.#isListening) return;
    if (fact.type === 'end') this.#asked.delete(fact.request);
    if (fact.type !== 'request' || fact.marker !== undefined || !isEventSource(fact.headers)) return;
    this.#asked.set(fact.request, headerValue(fact.headers, 'last-event-id') ?? '');
  }

  /** Ends the answer as a lost connection would. False where its bytes do not pass through us. */
  reset(request: RequestKey): boolean {
    const tapped = this.#tapped.get(request);
    if (tapped?.filter.status !== 'transferringdata') return false;
    this.#forget(request);
    this.#tell({ type: 'reset', request, time: Date.now() }, tapped);
    tapped.filter.close();
    return true;
  }

  /** Lets go of those that `which` picks: they go on without us, and nobody notices. */
  release(which: (asker: Asker) => boolean = () => true): void {
    for (const [request, tapped] of this.#tapped) {
      if (!which(tapped.asker)) continue;
      this.#forget(request);
      this.#tell({ type: 'untapped', request, time: Date.now() }, tapped);
      tapped.filter.disconnect();
    }
  }

  readonly #answered = (details: Details): undefined | Promise<WebRequest.BlockingResponse> => {
    if (!this.#asked.has(details.requestId) || !isStream(details)) return undefined;
    const asker = askerOf(details);
    const isInspected = this.#ground.isInspected(asker);
    if (typeof isInspected === 'boolean') {
      if (isInspected) this.#tap(details, asker);
      return undefined;
    }
    return isInspected.then((is) => {
      if (is) this.#tap(details, asker);
      return {};
    });
  };

  #tap({ requestId: request, url }: Details, asker: Asker): void {
    if (!this.#isListening) return;
    const filter = this.#filters.make(request);
    if (!filter) return;
    const batch = new PartBatch((parts, time, lost) =>
      this.#tell({ type: 'parts', request, time, parts, lost }, tapped),
    );
    const tapped: Tapped = { asker, filter, flush: () => batch.flush() };
    const lastEventId = this.#asked.get(request) ?? '';
    const withMessages = asker.tab === undefined;
    let time = 0;
    let read = bodyParts({ origin: new URL(url).origin, lastEventId, withMessages }, (part) => batch.add(part, time));
    filter.onstart = () => {
      if (!this.#isListening) return filter.disconnect();
      this.#tapped.set(request, tapped);
      this.#tell({ type: 'tapped', request, time: Date.now() }, tapped);
    };
    filter.ondata = ({ data }) => {
      // Before the page can have it: what it makes of it is not to look earlier.
      time = Date.now();
      filter.write(data);
      try {
        read(new Uint8Array(data));
      } catch {
        // A line that is longer than any text may be. The page gets it all the same, if it can.
        read = () => batch.lose();
      }
      batch.turn();
    };
    filter.onstop = () => {
      this.#forget(request);
      // [firefox] However it ended: to the page it is a regular end now, which an EventSource takes as it takes a lost network.
      filter.close();
    };
    filter.onerror = () => this.#forget(request);
  }

  #forget(request: RequestKey): void {
    this.#tapped.get(request)?.flush();
    this.#tapped.delete(request);
  }

  #tell(fact: NetworkFact, { asker: { tab } }: Tapped): void {
    this.#ground.told(fact, tab);
  }
}

/** An EventSource is going to read it. */
function isStream({ statusCode, responseHeaders = [] }: Details): boolean {
  if (statusCode !== 200) return false;
  const type = responseHeaders.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
  return /^\s*text\/event-stream\s*(;|$)/i.test(type);
}
