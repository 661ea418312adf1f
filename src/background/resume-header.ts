import type { RequestId } from '../protocol/ask.ts';
import { addRule, type Rule, removeRules } from './session-rules.ts';

const isOurs = ({ action }: Rule) => action.requestHeaders?.some(({ header }) => header === 'last-event-id') === true;
const markerOf = (request: RequestId) => `#${request}|`;

/**
 * Sets Last-Event-ID on the one request whose URL has this fragment. A header that `fetch` sets costs a CORS preflight
 * in front of other origins, which no native EventSource sends; this one does not. The fragment stays in the browser.
 * Not limited to a tab: a request that passes through a service worker of the page comes from no tab.
 * @returns false where the browser takes no such rule (a header value that no header can have)
 */
export async function setResumeHeader(request: RequestId, lastEventId: string): Promise<boolean> {
  try {
    await addRule({
      condition: { urlFilter: markerOf(request), resourceTypes: ['xmlhttprequest', 'other'] },
      action: {
        type: 'modifyHeaders',
        requestHeaders: [{ header: 'last-event-id', operation: 'set', value: lastEventId }],
      },
    });
    return true;
  } catch {
    return false;
  }
}

export const removeResumeHeader = (request: RequestId): Promise<void> =>
  removeRules(({ condition }) => condition.urlFilter === markerOf(request));

/** For the start of the background: whoever needed a rule of its life before has it behind him. */
export const removeResumeHeaders = (): Promise<void> => removeRules(isOurs);
