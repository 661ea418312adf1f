import type { Fate } from '../../protocol/ask.ts';
import type { FaultType } from '../../protocol/command.ts';
import type { Cause } from '../../protocol/record.ts';
import { cut } from '../cut.ts';
import { indexOf, lowerCase, slice, trim } from '../pristine.ts';
import type { BrowserProfile } from './browser-profile.ts';
import {
  getHeader,
  headersOf,
  originOfUrl,
  ownOrigin,
  redirectedOf,
  responseUrlOf,
  statusOf,
  withoutCredentials,
} from './pristine-fetch.ts';

/** How an attempt ended, as records tell it. */
export const ending = (cause: Cause | undefined, fault: FaultType | undefined) => ({
  forced: fault !== undefined,
  ...(cause && { cause }),
  ...(fault && { fault }),
});

/** [spec] "If res's status is not 200, or if res's `Content-Type` is not `text/event-stream`, then fail the connection." */
export function refusalOf(response: Response, { utf8Only }: BrowserProfile): Cause | undefined {
  const status = statusOf(response);
  if (status !== 200) return { type: 'status', status };
  const contentType = getHeader(headersOf(response), 'content-type') ?? '';
  const { essence, charset } = mimeType(contentType);
  const fits = essence === 'text/event-stream' && (!utf8Only || charset === '' || charset === 'utf-8');
  return fits ? undefined : { type: 'content-type', contentType: cut(contentType) };
}

/** [spec] "extract a MIME type": of several headers, or of one with commas, the last that is one. */
function mimeType(header: string): { essence: string; charset: string } {
  let essence = '';
  let charset = '';
  for (let values = lowerCase(header); values !== ''; values = after(values, ',')) {
    const value = before(values, ',');
    if (indexOf(before(value, ';'), '/') < 0) continue;
    essence = before(value, ';');
    charset = '';
    for (let parameters = after(value, ';'); parameters !== ''; parameters = after(parameters, ';')) {
      const parameter = before(parameters, ';');
      if (charset === '' && before(parameter, '=') === 'charset') charset = unquoted(after(parameter, '='));
    }
  }
  return { essence, charset };
}

function before(text: string, separator: string): string {
  const at = indexOf(text, separator);
  return trim(at < 0 ? text : slice(text, 0, at));
}

function after(text: string, separator: string): string {
  const at = indexOf(text, separator);
  return at < 0 ? '' : trim(slice(text, at + 1));
}

const unquoted = (text: string): string => (slice(text, 0, 1) === '"' ? before(slice(text, 1), '"') : text);

/** Whose origin the events of this answer have. */
export function originOfAnswer(response: Response, requested: string, { originOf }: BrowserProfile): string {
  const answered = redirectedOf(response) || originOf === 'the answer' ? responseUrlOf(response) : '';
  return originOfUrl(answered === '' ? requested : answered);
}

const isHttp = (url: string): boolean => indexOf(url, 'http:') === 0 || indexOf(url, 'https:') === 0;

/** What is asked for where the source has this URL; undefined where the browser asks nobody. */
export function requestUrl(url: string, { localStreams, credentialsInUrl }: BrowserProfile): string | undefined {
  if (!localStreams && !isHttp(url)) return undefined;
  return credentialsInUrl === 'left out' ? withoutCredentials(url) : url;
}

const isLocal = (url: string): boolean =>
  indexOf(url, 'data:') === 0 || (indexOf(url, 'blob:') === 0 && originOfUrl(url) === ownOrigin);

/** What a request that failed means; where nobody knows, it was the network, which is worth another try. */
export function causeOf(
  fate: Fate | undefined,
  url: string,
): Cause & { type: 'cors' | 'blocked' | 'stopped' | 'network' } {
  switch (fate) {
    case 'denied':
      return { type: 'cors' };
    case 'unseen':
      // [chrome] These never come to the network; one that leads to nothing is tried again, if it may be read.
      return { type: isLocal(url) ? 'network' : 'blocked' };
    case 'aborted':
      return { type: 'stopped' };
    default:
      return { type: 'network' };
  }
}
