import type { WebRequest } from 'webextension-polyfill';
import { NO_TAB } from './network-observer.ts';
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
  return { tab: tabId === NO_TAB ? undefined : tabId, origin: originOf(documentUrl) };
}
