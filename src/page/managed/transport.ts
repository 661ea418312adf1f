import type { Fate, RequestId } from '../../protocol/ask.ts';
import type { Background } from '../background.ts';
import { bare, toCharacter } from '../pristine.ts';
import { fetchLater, utf8, withFragment } from './pristine-fetch.ts';

export interface Request {
  id: RequestId;
  url: string;
  lastEventId: string;
  withCredentials: boolean;
  signal: AbortSignal;
}

export interface Exchange {
  /** Rejects as `fetch` does: a dead network, a CORS denial and an abort all look alike. */
  response: Promise<Response>;
  /** Why it failed; undefined where nobody knows. For the last thing that is asked of an exchange. */
  fate(): Promise<Fate | undefined>;
  /** Nobody will ask for its fate. */
  forget(): void;
}

/** For `fetch`: the request of an event stream, as the standard's constructor steps describe it. */
export function streamRequest(withCredentials: boolean, signal: AbortSignal) {
  return bare({
    // [spec] "User agents may set (`Accept`, `text/event-stream`) in request's header list." Both browsers do.
    headers: bare<Record<string, string>>({ Accept: 'text/event-stream' }),
    // [spec] "Set request's cache mode to 'no-store'." Fetch then sends Cache-Control and Pragma, as native does.
    cache: 'no-store' as const,
    mode: 'cors' as const,
    credentials: withCredentials ? ('include' as const) : ('same-origin' as const),
    redirect: 'follow' as const,
    signal,
  });
}

/**
 * Makes the request of one attempt.
 *
 * The header `Last-Event-ID` is set by the background, on the wire: a native EventSource sends it to other origins, also
 * after a redirect, without asking by a CORS preflight; `fetch` cannot. Where there is no background to do it, or where
 * a service worker of the page must see the header, `fetch` sets it.
 */
export function exchange({ id, url, lastEventId, withCredentials, signal }: Request, background: Background): Exchange {
  const onTheWire = lastEventId !== '' && !background.hasServiceWorker();
  const send = async () => {
    const answer = await background.expect(id, url, onTheWire ? lastEventId : undefined);
    const resumed = onTheWire && answer?.resumed === true;
    const init = streamRequest(withCredentials, signal);
    if (lastEventId !== '' && !resumed) init.headers['Last-Event-ID'] = utf8AsBytes(lastEventId);
    try {
      const { response } = await fetchLater(resumed ? withFragment(url, id) : url, init);
      return response;
    } finally {
      background.answered(id);
    }
  };
  return { response: send(), fate: () => background.fate(id), forget: () => background.forget(id) };
}

/**
 * [spec] "Let lastEventIDValue be the EventSource object's last event ID string, encoded as UTF-8." fetch() takes a
 * header as a string of bytes, one character each.
 */
function utf8AsBytes(text: string): string {
  const encoded = utf8(text);
  let bytes = '';
  for (let index = 0; index < encoded.length; index++) bytes += toCharacter(encoded[index] ?? 0);
  return bytes;
}
