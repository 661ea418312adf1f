import type { Header } from '../protocol/network.ts';

/**
 * Did the browser's own EventSource make the request, as far as its headers say? What a script reads by itself must not be
 * tapped: [firefox] a body that passes through a filter ends as it should, also where the network broke it (measured with
 * 153), and a script would take it for complete. An EventSource makes no difference between the two.
 *
 * Only EventSource and XHR have `Referer` behind `Connection`: fetch sets it first. Of a fetch or XHR that asks for
 * nothing but event streams, and (fetch) sends no `Referer`, we cannot tell.
 */
export function isEventSource(headers: readonly Header[]): boolean {
  if (headerValue(headers, 'accept') !== 'text/event-stream') return false;
  const names = headers.map(([name]) => name.toLowerCase());
  const referer = names.indexOf('referer');
  return referer < 0 || referer > names.indexOf('connection');
}

/** Value of a header, by its name in lower case. */
export const headerValue = (headers: readonly Header[], name: string): string | undefined =>
  headers.find(([other]) => other.toLowerCase() === name)?.[1];
