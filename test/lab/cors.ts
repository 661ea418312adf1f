import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Lets any origin read the answer, credentials included, where the URL says `?cors=1`; else does nothing, and the
 * browser denies. Preflights are never cached, so that the log has each one.
 */
export function allowOrigin(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void {
  const { origin } = request.headers;
  if (query.get('cors') !== '1' || origin === undefined) return;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Vary', 'Origin');
  if (request.method !== 'OPTIONS') return;
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
  response.setHeader('Access-Control-Allow-Headers', 'Last-Event-ID, Cache-Control, Content-Type');
  response.setHeader('Access-Control-Max-Age', '0');
}
