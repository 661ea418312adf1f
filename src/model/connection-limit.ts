import type { Milliseconds } from '../protocol/record.ts';
import { finalUrl, type NetworkRequest, protocolOf } from './network-request.ts';
import { originOf } from './source-name.ts';

/** [chrome, firefox] Connections that a browser keeps to one host over HTTP/1.1; what is asked for beyond them waits. */
export const CONNECTIONS_PER_HOST = 6;

/** An answer that comes sooner did not wait. */
const PROMPT: Milliseconds = 100;

/** Those of `requests` that wait for a connection, or did. O(requests), but for those that were not answered at once. */
export function queued(requests: readonly NetworkRequest[]): NetworkRequest[] {
  const late = requests.filter(({ started, response }) => !response || response.time - started >= PROMPT);
  if (late.length === 0) return [];
  const hosts = new Map<string, NetworkRequest[]>();
  const hostOf = (request: NetworkRequest) => originOf(finalUrl(request));
  for (const request of requests) {
    const there = hosts.get(hostOf(request));
    if (there) there.push(request);
    else hosts.set(hostOf(request), [request]);
  }
  return late.filter((request) => isQueued(request, hosts.get(hostOf(request)) ?? []));
}

/**
 * Did this request wait for one of the connections to its host, or does it? When it began, as many event streams as
 * there are connections were under way there, over HTTP/1.1, and it was not answered at once. Says nothing about what
 * other tabs, or requests that are no streams, do: it may have waited for those unseen.
 */
function isQueued(request: NetworkRequest, others: readonly NetworkRequest[]): boolean {
  const { started } = request;
  let open = 0;
  for (const other of others) {
    if (other === request || other.started > started) continue;
    if (other.ended && other.ended.time <= started) continue;
    if (other.response && /^http\/1/.test(protocolOf(other) ?? '')) open++;
  }
  return open >= CONNECTIONS_PER_HOST;
}
