import type { WebRequest } from 'webextension-polyfill';
import { NO_TAB } from './network-observer.ts';

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

/** Also of blob: URLs, which workers may have. */
export function originOf(url: string | undefined): string | undefined {
  try {
    return url === undefined ? undefined : new URL(url).origin;
  } catch {
    return undefined;
  }
}
