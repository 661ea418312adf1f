import type { WebRequest } from 'webextension-polyfill';
import { originOf } from './origin.ts';

/** Who made a request: something in this tab, or (without one) a worker; of this origin, where the browser tells it. */
export interface Asker {
  tab: number | undefined;
  origin: string | undefined;
}

/** [firefox] Every worker asks without a tab, and its script is the document. */
export function askerOf({
  tabId,
  documentUrl,
}: Pick<WebRequest.OnHeadersReceivedDetailsType, 'tabId' | 'documentUrl'>): Asker {
  return { tab: tabId < 0 ? undefined : tabId, origin: originOf(documentUrl) };
}
