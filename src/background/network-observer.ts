import browser, { type WebRequest } from 'webextension-polyfill';
import type { Header, NetworkFact, RequestKey } from '../protocol/network.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { IS_FIREFOX } from './is-firefox.ts';

/** What the types of the polyfill do not know yet. [chrome] 106 [firefox] Of these, it has documentId only. */
interface Details {
  documentId?: string;
  initiator?: string;
  documentLifecycle?: string;
}

/** TAB_ID_NONE: a shared worker or a service worker asked; [firefox] a dedicated one too. */
const NO_TAB = -1;
const MARKER = /#([0-9a-f]{32})$/;
/** An EventSource and a fetch are both of this type. */
export const FILTER: WebRequest.RequestFilter = { urls: ['<all_urls>'], types: ['xmlhttprequest'] };

/**
 * [chrome] Without this, an answer that CORS does not allow the page to read is not told to extensions either, and the
 * header that we set on the wire is not among those that were sent. Firefox tells all, and knows no such word.
 */
const { OnHeadersReceivedOptions: options = {} } = browser.webRequest as { OnHeadersReceivedOptions?: object };
const EXTRA = 'EXTRA_HEADERS' in options ? (['extraHeaders'] as const) : [];

/** Told of each fact about an event stream; without a tab where a worker asked that serves several. */
export type Told = (fact: NetworkFact, tab: number | undefined) => void;

/**
 * Watches the requests for event streams. Must be started synchronously when the background starts: an event that woke
 * it is only delivered to listeners that are there by then. Hence one filter for all tabs, and the pipe throws away what
 * is not of an inspected one; `stop` when there is none: then no request of any page concerns us.
 *
 * Keeps nothing but which of the requests under way are event streams. Of one that began before the background was
 * stopped and started again, that is not known: what is told of its end is passed on, and the session knows.
 */
export class NetworkObserver {
  readonly #told: Told;
  #started = false;
  /** Requests of this life of the background: are they event streams? With what is not told before that is known. */
  readonly #requests = new Map<RequestKey, { isStream: boolean; started: Milliseconds; sent?: NetworkFact }>();

  constructor(told: Told) {
    this.#told = told;
  }

  /** Does nothing if it is started. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    const { onBeforeRequest, onSendHeaders, onBeforeRedirect, onHeadersReceived, onCompleted, onErrorOccurred } =
      browser.webRequest;
    onBeforeRequest.addListener(this.#begun, FILTER);
    onSendHeaders.addListener(this.#sent, FILTER, ['requestHeaders', ...EXTRA]);
    onBeforeRedirect.addListener(this.#redirected, FILTER);
    onHeadersReceived.addListener(this.#answered, FILTER, ['responseHeaders', ...EXTRA]);
    onCompleted.addListener(this.#ended, FILTER);
    onErrorOccurred.addListener(this.#ended, FILTER);
  }

  /** From now on, the background is not woken by requests either. */
  stop(): void {
    this.#started = false;
    const { onBeforeRequest, onSendHeaders, onBeforeRedirect, onHeadersReceived, onCompleted, onErrorOccurred } =
      browser.webRequest;
    onBeforeRequest.removeListener(this.#begun);
    onSendHeaders.removeListener(this.#sent);
    onBeforeRedirect.removeListener(this.#redirected);
    onHeadersReceived.removeListener(this.#answered);
    onCompleted.removeListener(this.#ended);
    onErrorOccurred.removeListener(this.#ended);
    this.#requests.clear();
  }

  readonly #begun = ({ requestId, timeStamp }: WebRequest.OnBeforeRequestDetailsType): undefined => {
    // Redirected, it begins again under the same id.
    if (!this.#requests.has(requestId)) this.#requests.set(requestId, { isStream: false, started: timeStamp });
  };

  readonly #sent = (details: WebRequest.OnSendHeadersDetailsType & Details): void => {
    const { requestId: request, tabId, timeStamp: time } = details;
    const known = this.#requests.get(request) ?? { isStream: false, started: time };
    this.#requests.set(request, known);
    const headers = headersOf(details.requestHeaders);
    const fact = requestFact(details, known.started, headers);
    // [spec] "User agents may set (`Accept`, `text/event-stream`)": both browsers do, and say nothing else in it.
    known.isStream ||= headerValue(headers, 'accept') === 'text/event-stream';
    if (known.isStream) this.#tell(fact, tabId);
    else known.sent = fact;
  };

  readonly #redirected = (details: WebRequest.OnBeforeRedirectDetailsType): void => {
    const { requestId: request, tabId, timeStamp: time, statusCode: status, redirectUrl: to } = details;
    if (this.#requests.get(request)?.isStream === false) return;
    this.#tell({ type: 'redirect', request, time, status, to: withoutFragment(to) }, tabId);
  };

  readonly #answered = (details: WebRequest.OnHeadersReceivedDetailsType): undefined => {
    const { requestId: request, tabId, timeStamp: time, statusCode: status, statusLine } = details;
    const { ip, fromCache } = details as { ip?: string | null; fromCache?: boolean };
    const headers = headersOf(details.responseHeaders);
    const known = this.#requests.get(request);
    if (known && !known.isStream) {
      if (!/^text\/event-stream\b/i.test(headerValue(headers, 'content-type') ?? '')) return;
      known.isStream = true;
      if (known.sent) this.#tell(known.sent, tabId);
      delete known.sent;
    }
    const fact = {
      type: 'response',
      request,
      time,
      status,
      statusLine,
      headers,
      fromCache: fromCache === true,
    } as const;
    this.#tell(typeof ip === 'string' ? { ...fact, ip } : fact, tabId);
  };

  readonly #ended = (details: WebRequest.OnCompletedDetailsType | WebRequest.OnErrorOccurredDetailsType): void => {
    const { requestId: request, tabId, timeStamp: time } = details;
    const isStream = this.#requests.get(request)?.isStream ?? true;
    this.#requests.delete(request);
    if (!isStream) return;
    const error = 'error' in details ? details.error : undefined;
    this.#tell(error === undefined ? { type: 'end', request, time } : { type: 'end', request, time, error }, tabId);
  };

  #tell(fact: NetworkFact, tab: number): void {
    this.#told(fact, tab === NO_TAB ? undefined : tab);
  }
}

function requestFact(
  details: WebRequest.OnSendHeadersDetailsType & Details,
  started: Milliseconds,
  headers: Header[],
): NetworkFact {
  const { requestId: request, timeStamp: time, method, url, tabId, frameId: frame, documentId } = details;
  const initiator = initiatorOf(details);
  const marker = MARKER.exec(url)?.[1];
  return {
    type: 'request',
    request,
    time,
    started,
    url: withoutFragment(url),
    method,
    headers,
    ...(tabId === NO_TAB ? {} : { sender: { frame, document: documentId } }),
    ...(initiator === undefined ? {} : { initiator }),
    ...(details.documentLifecycle === 'prerender' ? { prerendered: true as const } : {}),
    ...(marker === undefined ? {} : { marker }),
  };
}

/** Origin of whoever asked. [firefox] Tells an URL, the document's or that of a worker's script; none of an opaque origin. */
function initiatorOf({ initiator, originUrl }: WebRequest.OnSendHeadersDetailsType & Details): string | undefined {
  if (!IS_FIREFOX) return initiator;
  return originUrl === undefined ? 'null' : new URL(originUrl).origin;
}

const headersOf = (headers: WebRequest.HttpHeaders | undefined): Header[] =>
  (headers ?? []).map(({ name, value = '' }) => [name, IS_FIREFOX ? fromBytes(value) : value]);

/** [firefox] Gives a value as it was set, with blanks around it that are not part of it, and a character for each byte. */
function fromBytes(value: string): string {
  const trimmed = value.replace(/^[\t ]+|[\t ]+$/g, '');
  if (!/^[\0-\xff]*[\x80-\xff]/.test(trimmed)) return trimmed;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(trimmed, (one) => one.charCodeAt(0)));
  } catch {
    return trimmed; // Bytes that are no UTF-8.
  }
}

const headerValue = (headers: readonly Header[], name: string): string | undefined =>
  headers.find(([other]) => other.toLowerCase() === name)?.[1];

const withoutFragment = (url: string): string => url.split('#', 1)[0] ?? url;
