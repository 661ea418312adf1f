import browser, { type WebRequest } from 'webextension-polyfill';
import type { Fate, RequestId } from '../protocol/ask.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { IS_FIREFOX } from './is-firefox.ts';

/** What the network says may come a little later than the page's question, of a request that it has seen in any case. */
const GRACE: Milliseconds = 250;
const LONG_GRACE: Milliseconds = 1500;
/** By then, a page whose request failed has asked. */
const ASKED: Milliseconds = 10_000;
/** A request that was announced, and not made or ended by then, is forgotten. */
const LONGEST: Milliseconds = 60 * 60_000;

interface Expected {
  tab: number;
  frame: number;
  /** Without its fragment. */
  url: string;
  time: Milliseconds;
  /** The browser's id of the request, once it was made. */
  made?: string;
  /** It was answered by more than redirects. */
  answered?: true;
  /** [firefox] It, or where it was redirected to, was of another origin than whoever asked. */
  crossed?: true;
  /** The browser's word for how it failed. */
  error?: string;
  failed?: () => void;
}

/** Watches the requests that managed connections announced, and only while there are some: how did they fail? */
export class FateObserver {
  readonly #expected = new Map<RequestId, Expected>();
  /** Ends the watch, while there is one. */
  #unwatch: (() => void) | undefined;

  /** Resolves when a request that is made from now on is seen. */
  async expect(request: RequestId, { tab, frame, url }: { tab: number; frame: number; url: string }): Promise<void> {
    this.#forgetOld();
    this.#expected.set(request, { tab, frame, url: withoutFragment(url), time: Date.now() });
    if (this.#unwatch) return;
    this.#unwatch = this.#watch();
    // Calls of the API are carried out in order: when this one is answered, the listeners are in place.
    await browser.runtime.getPlatformInfo();
  }

  async fate(request: RequestId): Promise<Fate | undefined> {
    const expected = this.#expected.get(request);
    // Announced to a background that was stopped since.
    if (!expected) return undefined;
    if (expected.error === undefined) {
      await new Promise<void>((done) => {
        expected.failed = done;
        setTimeout(() => {
          if (expected.made === undefined) done();
        }, GRACE);
        setTimeout(done, LONG_GRACE);
      });
    }
    this.forget(request);
    if (expected.made === undefined) return 'unseen';
    return fateOf(expected);
  }

  forget(request: RequestId): void {
    this.#expected.delete(request);
    if (this.#expected.size > 0) return;
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  #watch(): () => void {
    const { onBeforeRequest, onHeadersReceived, onCompleted, onErrorOccurred } = browser.webRequest;
    const known = (request: string) => [...this.#expected].find(([, { made }]) => made === request) ?? [];
    const made = ({ tabId, frameId, url, requestId, originUrl }: WebRequest.OnBeforeRequestDetailsType) => {
      // It may be the same one, redirected.
      const [, expected = this.#unmade(tabId, frameId, withoutFragment(url))] = known(requestId);
      if (!expected) return;
      expected.made = requestId;
      if (originUrl !== undefined && originOf(originUrl) !== originOf(url)) expected.crossed = true;
      return undefined;
    };
    const answered = ({ requestId, statusCode }: WebRequest.OnHeadersReceivedDetailsType) => {
      const [, expected] = known(requestId);
      if (expected && !REDIRECTS.has(statusCode)) expected.answered = true;
      return undefined;
    };
    const completed = ({ requestId }: WebRequest.OnCompletedDetailsType) => {
      const [, expected] = known(requestId);
      if (!expected) return;
      expected.error = COMPLETED;
      expected.failed?.();
    };
    const failed = ({ requestId, error }: WebRequest.OnErrorOccurredDetailsType) => {
      const [id, expected] = known(requestId);
      if (id === undefined || !expected) return;
      // A document that went away does not ask.
      setTimeout(() => this.forget(id), ASKED);
      expected.error = error;
      expected.failed?.();
    };
    // An EventSource and a fetch are both of this type. [chrome] What a background that is stopped listened for goes on
    // starting it, until one of its successors stops to listen with the very same filter: network-observer.ts does.
    const filter: WebRequest.RequestFilter = { urls: ['<all_urls>'], types: ['xmlhttprequest'] };
    onBeforeRequest.addListener(made, filter);
    // [chrome] makes no difference between origins here, and does not say who asked.
    if (IS_FIREFOX) onHeadersReceived.addListener(answered, filter);
    onCompleted.addListener(completed, filter);
    onErrorOccurred.addListener(failed, filter);
    return () => {
      onCompleted.removeListener(completed);
      onBeforeRequest.removeListener(made);
      onHeadersReceived.removeListener(answered);
      onErrorOccurred.removeListener(failed);
    };
  }

  #unmade(tab: number, frame: number, url: string): Expected | undefined {
    return [...this.#expected.values()].find(
      (other) => other.made === undefined && other.tab === tab && other.frame === frame && other.url === url,
    );
  }

  #forgetOld(): void {
    const now = Date.now();
    for (const [request, { time }] of this.#expected) if (now - time > LONGEST) this.forget(request);
  }
}

/** [firefox] What the page may not read may have been answered to its end before that is known. */
const COMPLETED = 'completed';

/** What the browsers' words for a failure mean. [chrome, firefox] Measured; with [firefox] all names begin with NS_. */
const FATES: Record<string, Fate> = {
  // Answered, and CORS does not allow the page to read it.
  'net::ERR_FAILED': 'denied',
  NS_ERROR_DOM_BAD_URI: 'denied',
  [COMPLETED]: 'denied',
  // The page or the user stopped it.
  'net::ERR_ABORTED': 'aborted',
  NS_BINDING_ABORTED: 'aborted',
  NS_ERROR_ABORT: 'aborted',
};

/** [firefox] After these, and no others, its own EventSource comes back (dom/base/EventSource.cpp). */
const RETRIED = new Set([
  'NS_ERROR_CONNECTION_REFUSED',
  'NS_ERROR_NET_RESET',
  'NS_ERROR_NET_INTERRUPT',
  'NS_ERROR_NET_PARTIAL_TRANSFER',
  'NS_ERROR_NET_TIMEOUT',
  'NS_ERROR_NET_TIMEOUT_EXTERNAL',
  'NS_ERROR_PROXY_CONNECTION_REFUSED',
  'NS_ERROR_DNS_LOOKUP_QUEUE_FULL',
  'NS_ERROR_INVALID_CONTENT_ENCODING',
]);

function fateOf({ error, answered, crossed }: Expected): Fate | undefined {
  if (error === undefined) return undefined;
  const known = FATES[error];
  if (known || !error.startsWith('NS_')) return known ?? 'network';
  // Without an answer no other origin has allowed anything to be read, not even that the connection was refused.
  return RETRIED.has(error) && (answered || !crossed) ? 'network' : 'final';
}

/** [spec] "A redirect status is a status that is 301, 302, 303, 307, or 308." */
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

const originOf = (url: string): string => new URL(url).origin;

const withoutFragment = (url: string): string => url.split('#', 1)[0] ?? url;
