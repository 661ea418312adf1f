import { fetch } from '../pristine.ts';

export interface Request {
  url: string;
  lastEventId: string;
  withCredentials: boolean;
  signal: AbortSignal;
}

/**
 * Makes the request of one attempt, as the standard's constructor steps describe it. Rejects as `fetch` does: a dead
 * network, a CORS denial and an abort all look alike.
 */
export function request({ url, lastEventId, withCredentials, signal }: Request): Promise<Response> {
  const headers: [string, string][] = [
    // [spec] "User agents may set (`Accept`, `text/event-stream`) in request's header list." Both browsers do.
    ['Accept', 'text/event-stream'],
  ];
  if (lastEventId !== '') headers[1] = ['Last-Event-ID', utf8AsBytes(lastEventId)];
  return fetch(url, {
    headers,
    // [spec] "Set request's cache mode to 'no-store'." Fetch then sends Cache-Control and Pragma, as native does.
    cache: 'no-store',
    mode: 'cors',
    credentials: withCredentials ? 'include' : 'same-origin',
    redirect: 'follow',
    signal,
  });
}

/**
 * [spec] "Let lastEventIDValue be the EventSource object's last event ID string, encoded as UTF-8." fetch() takes a
 * header as a string of bytes, one character each.
 */
function utf8AsBytes(text: string): string {
  let bytes = '';
  for (const byte of new TextEncoder().encode(text)) bytes += String.fromCharCode(byte);
  return bytes;
}
