import type { RequestId } from '../protocol/ask.ts';
import type { Header, NetworkFact, RequestKey } from '../protocol/network.ts';
import type { Milliseconds } from '../protocol/record.ts';
import type { Sender } from '../protocol/sender.ts';

export interface Redirect {
  time: Milliseconds;
  status: number;
  to: string;
}

/** One request for an event stream, as the network saw it: redirects are part of it. */
export interface NetworkRequest {
  key: RequestKey;
  /** The document that asked; undefined for a shared worker or a service worker. */
  sender?: Sender;
  /** Origin of whoever asked. */
  initiator?: string;
  /** Its document was prerendered when it began. */
  prerendered?: true;
  /** That was asked for first; without fragment. */
  url: string;
  redirects: Redirect[];
  /** A managed connection or a witness made it, under this id, if its page owns up to that. */
  marker?: RequestId;
  /** A witness made it: it is no connection of the page's. */
  witness?: true;
  method: string;
  started: Milliseconds;
  /** Of the last hop, as all that follows. */
  requestHeaders: readonly Header[];
  /** Undefined until there are headers. */
  response?: NetworkResponse;
  /** It waited, or waits, for one of the connections to its host; see model/connection-limit.ts. */
  queued?: true;
  /** The attempt that made it was forgotten. */
  forgotten?: true;
  /** Its bytes pass through our tap: it can be reset in the network. */
  tapped?: true;
  /** When the tap ended its answer, on the user's command. */
  reset?: Milliseconds;
  /** Undefined while it lasts. `error`: the browser's word; none where the answer ended as it should. */
  ended?: { time: Milliseconds; error?: string };
}

export interface NetworkResponse {
  time: Milliseconds;
  status: number;
  statusLine: string;
  headers: readonly Header[];
  ip?: string;
  fromCache: boolean;
}

type RequestFact = Extract<NetworkFact, { type: 'request' }>;

export function createRequest(fact: RequestFact): NetworkRequest {
  const { request: key, sender, initiator, prerendered, url, marker, method, started, headers } = fact;
  return {
    key,
    url,
    redirects: [],
    method,
    started,
    requestHeaders: headers,
    ...(sender && { sender }),
    ...(initiator !== undefined && { initiator }),
    ...(prerendered && { prerendered }),
    ...(marker !== undefined && { marker }),
  };
}

/** Takes one fact into `request`, in place. Told twice, it says the same. */
export function applyNetworkFact(request: NetworkRequest, fact: NetworkFact): void {
  const { time } = fact;
  switch (fact.type) {
    case 'request':
      request.requestHeaders = fact.headers;
      break;
    case 'redirect': {
      const { status, to } = fact;
      // The answer that redirects is told as one first.
      delete request.response;
      if (!request.redirects.some((other) => other.time === time)) request.redirects.push({ time, status, to });
      break;
    }
    case 'response': {
      const { status, statusLine, headers, ip, fromCache } = fact;
      request.response = { time, status, statusLine, headers, fromCache, ...(ip !== undefined && { ip }) };
      break;
    }
    case 'tapped':
      request.tapped = true;
      break;
    case 'untapped':
      delete request.tapped;
      break;
    case 'reset':
      request.reset = time;
      break;
    case 'end':
      request.ended = fact.error === undefined ? { time } : { time, error: fact.error };
      break;
  }
}

/** Where it came to, after all redirects. */
export const finalUrl = ({ url, redirects }: NetworkRequest): string => redirects.at(-1)?.to ?? url;

/** Value of a header, by its name in any case; undefined if it is not there. */
export function headerOf(headers: readonly Header[], name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([other]) => other.toLowerCase() === wanted)?.[1];
}

/** From the start of a request to its answer's headers; undefined until they are there. */
export function timeToFirstByte({ started, response }: NetworkRequest): Milliseconds | undefined {
  return response && response.time - started;
}

/** `http/1.1`, `h2`, `h3`, as DevTools writes it; undefined where the browser does not tell. */
export function protocolOf({ response }: NetworkRequest): string | undefined {
  const version = /^HTTP\/([\d.]+)/.exec(response?.statusLine ?? '')?.[1];
  if (version === undefined) return undefined;
  if (version === '2' || version === '2.0') return 'h2';
  if (version === '3' || version === '3.0') return 'h3';
  return `http/${version}`;
}
