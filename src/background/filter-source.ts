import browser, { type WebRequest } from 'webextension-polyfill';
import type { Milliseconds } from '../protocol/record.ts';

/** [firefox] A background is ended when nothing happened for 30 seconds. */
const AWAKE: Milliseconds = 10_000;

type Filters = (request: string) => WebRequest.StreamFilter;

/** In Chrome there is no such thing; in Firefox there is while the user grants `webRequestBlocking`. */
const isThere = () => typeof browser.webRequest.filterResponseData === 'function';

/**
 * [firefox] Where filters come from. Whether a document may make them is decided when it first looks at `webRequest`, for
 * as long as it lives (measured with 153): what the user grants later is for documents that begin later. So this background
 * makes itself a small one then. The next background needs none.
 *
 * A background is not ended while there are filters of its own; for those of the small one, it has to say that it lives.
 */
export class FilterSource {
  #make: Filters | undefined = isThere() ? (request) => browser.webRequest.filterResponseData(request) : undefined;
  #frame: HTMLIFrameElement | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #isUsed: () => boolean;

  constructor(isUsed: () => boolean) {
    this.#isUsed = isUsed;
  }

  get isThere(): boolean {
    return this.#make !== undefined && isThere();
  }

  granted(): void {
    if (!isThere()) return;
    this.#frame ??= document.body.appendChild(document.createElement('iframe'));
    const { browser: fresh } = this.#frame.contentWindow as unknown as { browser: typeof browser };
    this.#make = (request) => fresh.webRequest.filterResponseData(request);
    this.#timer ??= setInterval(() => this.#isUsed() && browser.runtime.getPlatformInfo(), AWAKE);
  }

  revoked(): void {
    if (isThere()) return;
    this.#make = undefined;
    this.#frame?.remove();
    this.#frame = undefined;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** None where the user has just taken the permission back. */
  make(request: string): WebRequest.StreamFilter | undefined {
    try {
      return this.#make?.(request);
    } catch {
      return undefined;
    }
  }
}
