import { finalUrl, headerOf, type NetworkRequest } from './network-request.ts';

/**
 * Which header of an answer keeps its initiator from reading it, and what it says; undefined where the CORS check passes
 * (or is not made, or cannot be judged). [spec] Fetch, "CORS check"
 * @see https://fetch.spec.whatwg.org/#cors-check
 */
export function corsProblem(request: NetworkRequest): string | undefined {
  const { initiator, response } = request;
  const target = finalUrl(request);
  if (!response || initiator === undefined || !URL.canParse(target) || new URL(target).origin === initiator)
    return undefined;
  // [spec] After a redirect from one foreign origin to another, the origin that is sent is "null".
  const wasTainted = request.redirects.length > 0;
  const allowed = headerOf(response.headers, 'access-control-allow-origin');
  if (allowed === undefined) return 'Access-Control-Allow-Origin';
  if (allowed === '*' || allowed === initiator || (wasTainted && allowed === 'null')) return undefined;
  return `Access-Control-Allow-Origin: ${allowed}`;
}

/** The same where the request carries credentials, which `*` does not allow. */
export function credentialsProblem({ response }: NetworkRequest): string | undefined {
  if (!response) return undefined;
  if (headerOf(response.headers, 'access-control-allow-origin') === '*') return 'Access-Control-Allow-Origin: *';
  const allowed = headerOf(response.headers, 'access-control-allow-credentials');
  return allowed === 'true' ? undefined : 'Access-Control-Allow-Credentials';
}
