import { headerOf, type NetworkRequest } from './network-request.ts';

const ALLOW_ORIGIN = 'Access-Control-Allow-Origin';
const ALLOW_CREDENTIALS = 'Access-Control-Allow-Credentials';

/**
 * Which header of an answer keeps its initiator from reading it, and what it says; undefined where the CORS check passes
 * (or is not made, or cannot be judged). [spec] Fetch, "CORS check"
 * @see https://fetch.spec.whatwg.org/#cors-check
 */
export function corsProblem(request: NetworkRequest): string | undefined {
  const { response } = request;
  const origin = originFor(request);
  if (!response || origin === undefined) return undefined;
  const allowed = headerOf(response.headers, ALLOW_ORIGIN);
  if (allowed === undefined) return ALLOW_ORIGIN;
  return allowed === '*' || allowed === origin ? undefined : `${ALLOW_ORIGIN}: ${allowed}`;
}

/**
 * What the last answerer was told as the origin of the initiator; undefined where nobody but that origin was asked.
 * [spec] "If request's current URL's origin is not same origin with locationURL's origin, and request's origin is not
 * same origin with request's current URL's origin, then set request's tainted origin flag": from then on it is "null".
 */
function originFor({ initiator, url, redirects }: NetworkRequest): string | undefined {
  if (initiator === undefined) return undefined;
  let told: string | undefined;
  let before = initiator;
  for (const hop of [url, ...redirects.map(({ to }) => to)]) {
    if (!URL.canParse(hop)) return undefined;
    const { origin } = new URL(hop);
    if (before !== initiator && before !== origin) told = 'null';
    else if (origin !== initiator) told ??= initiator;
    before = origin;
  }
  return told;
}

/** The same where the request carries credentials, which `*` does not allow, and where nobody told who asked. */
export function credentialsProblem(request: NetworkRequest): string | undefined {
  const { initiator, response } = request;
  if (!response || (initiator !== undefined && originFor(request) === undefined)) return undefined;
  const origin = headerOf(response.headers, ALLOW_ORIGIN);
  // [firefox] does not name the initiator.
  if (origin === undefined) return ALLOW_ORIGIN;
  if (origin === '*') return `${ALLOW_ORIGIN}: *`;
  return headerOf(response.headers, ALLOW_CREDENTIALS) === 'true' ? undefined : ALLOW_CREDENTIALS;
}
