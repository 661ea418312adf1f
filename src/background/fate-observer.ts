import browser, { type WebRequest } from 'webextension-polyfill';
import type { Fate, RequestId } from '../protocol/ask.ts';
import type { Milliseconds } from '../protocol/record.ts';

/** What the network says may come a little later than the page's question. */
const GRACE: Milliseconds = 100;
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
        setTimeout(done, GRACE);
      });
    }
    this.forget(request);
    if (expected.made === undefined) return 'unseen';
    return expected.error === undefined ? undefined : fateOf(expected.error);
  }

  forget(request: RequestId): void {
    this.#expected.delete(request);
    if (this.#expected.size > 0) return;
    this.#unwatch?.();
    this.#unwatch = undefined;
  }

  #watch(): () => void {
    const { onBeforeRequest, onErrorOccurred } = browser.webRequest;
    const made = ({ tabId, frameId, url, requestId }: WebRequest.OnBeforeRequestDetailsType) => {
      const all = [...this.#expected.values()];
      if (all.some((other) => other.made === requestId)) return; // The same one, redirected.
      const expected = all.find(
        (other) =>
          other.made === undefined &&
          other.tab === tabId &&
          other.frame === frameId &&
          other.url === withoutFragment(url),
      );
      if (expected) expected.made = requestId;
      return undefined;
    };
    const failed = ({ requestId, error }: WebRequest.OnErrorOccurredDetailsType) => {
      const [id, expected] = [...this.#expected].find(([, other]) => other.made === requestId) ?? [];
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
    onErrorOccurred.addListener(failed, filter);
    return () => {
      onBeforeRequest.removeListener(made);
      onErrorOccurred.removeListener(failed);
    };
  }

  #forgetOld(): void {
    const now = Date.now();
    for (const [request, { time }] of this.#expected) if (now - time > LONGEST) this.forget(request);
  }
}

/** [chrome] What its words for a failure mean; all others are the network's. */
const FATES: Record<string, Fate> = {
  // Answered, and CORS does not allow the page to read it.
  'net::ERR_FAILED': 'denied',
  // The page or the user stopped it.
  'net::ERR_ABORTED': 'aborted',
};
const fateOf = (error: string): Fate => FATES[error] ?? 'network';

const withoutFragment = (url: string): string => url.split('#', 1)[0] ?? url;
