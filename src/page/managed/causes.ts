import type { Fate } from '../../protocol/ask.ts';
import type { Cause } from '../../protocol/record.ts';
import { cut } from '../cut.ts';
import { indexOf, lowerCase, slice, trim } from '../pristine.ts';
import { getHeader, headersOf, statusOf } from './pristine-fetch.ts';

/** [spec] "If res's status is not 200, or if res's `Content-Type` is not `text/event-stream`, then fail the connection." */
export function refusalOf(response: Response): Cause | undefined {
  const status = statusOf(response);
  if (status !== 200) return { type: 'status', status };
  const contentType = getHeader(headersOf(response), 'content-type') ?? '';
  const end = indexOf(contentType, ';');
  const essence = lowerCase(trim(end < 0 ? contentType : slice(contentType, 0, end)));
  return essence === 'text/event-stream' ? undefined : { type: 'content-type', contentType: cut(contentType) };
}

/** What a request that failed means; where nobody knows, it was the network, which is worth another try. */
export function causeOf(fate: Fate | undefined): Cause & { type: 'cors' | 'blocked' | 'stopped' | 'network' } {
  switch (fate) {
    case 'denied':
      return { type: 'cors' };
    case 'unseen':
      return { type: 'blocked' };
    case 'aborted':
      return { type: 'stopped' };
    default:
      return { type: 'network' };
  }
}
