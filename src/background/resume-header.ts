import type { RequestId } from '../protocol/ask.ts';
import { IS_FIREFOX } from './is-firefox.ts';
import { addRule, type Rule, removeRule, removeRules } from './session-rules.ts';

const isOurs = ({ action }: Rule) => action.requestHeaders?.some(({ header }) => header === 'last-event-id') === true;
const markerOf = (request: RequestId) => `#${request}|`;

/** Rules that are in force. */
const added = new Map<RequestId, number>();

/** [firefox] Takes the value of a header as bytes, one character each. [spec] "encoded as UTF-8" */
const asValue = (text: string): string => (IS_FIREFOX ? String.fromCharCode(...new TextEncoder().encode(text)) : text);

/**
 * Sets Last-Event-ID on the one request whose URL has this fragment. A header that `fetch` sets costs a CORS preflight
 * in front of other origins, which no native EventSource sends; this one does not. The fragment stays in the browser.
 * Not limited to a tab: a request that passes through a service worker of the page comes from no tab.
 * @returns false where the browser takes no such rule (a header value that no header can have)
 */
export async function setResumeHeader(request: RequestId, lastEventId: string): Promise<boolean> {
  try {
    const id = await addRule({
      condition: { urlFilter: markerOf(request), resourceTypes: ['xmlhttprequest', 'other'] },
      action: {
        type: 'modifyHeaders',
        requestHeaders: [{ header: 'last-event-id', operation: 'set', value: asValue(lastEventId) }],
      },
    });
    added.set(request, id);
    return true;
  } catch {
    return false;
  }
}

export async function removeResumeHeader(request: RequestId): Promise<void> {
  const id = added.get(request);
  added.delete(request);
  if (id !== undefined) await removeRule(id);
  // Of a background before this one; what it left is removed, too, when this one starts.
}

/** For the start of the background: whoever needed a rule of its life before has it behind him. */
export const removeResumeHeaders = (): Promise<void> => removeRules(isOurs);
