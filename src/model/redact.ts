import type { Header } from '../protocol/network.ts';
import { isSensitive } from './sensitive.ts';

/** Stands where a secret was. */
export const REDACTED = '[redacted]';

/** How many secrets were left out: values of headers, and parts of URLs. */
export interface Redacted {
  headers: number;
  parameters: number;
}

const SECRET_NAME =
  /token|secret|passw|passphrase|pwd|auth(?!or)|authori|signature|credential|session|sess[-_]?id|jwt|ticket|(?:api|access)[-_]?key/i;
/** What is a secret as a whole word, and harmless inside of others: `key` and `sortKey`, but not `keyword`. */
const SECRET_WORD = /^(?:code|pass)$|(?:^|[^a-z])(?:key|sig|sid|otp|hmac)\]?$|[a-z](?:Key|Sig|Sid|Otp)$/;

/** Does a URL's parameter of this name look like a secret? Rather one too many than one too few. */
export const isSecretParameter = (name: string): boolean =>
  SECRET_NAME.test(name) || SECRET_WORD.test(name) || SECRET_WORD.test(name.toLowerCase());

/** The name of a parameter, also of one in a URL that is itself a parameter's value. */
const PARAMETER = /([?&#;]|%3F|%26|%23)([\w.~[\]-]+)(?:=|%3D)/gi;
/** Where its value ends, by what stands before its name. Values may have any other character: none of them is shown. */
const ENDS: Record<string, RegExp> = { ';': /[&#\s"<>;?/]|$/g, '%': /[&#\s"<>]|%26|%23|$/gi };
const END = /[&#\s"<>]|$/g;
/** `https://user:password@…` */
const USER = /:\/\/[^\s/?#@]+@/g;
/** A JSON Web Token: three parts, of which the first begins like `{"`. Where it stands does not matter. */
const JWT = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;

/**
 * A copy of `value`, which is plain data, without the secrets in it: what headers hold that are called sensitive
 * (`headers`, `requestHeaders`), and what looks like a secret in any URL, wherever that stands. Ids of events are data,
 * and stay. Adds to `count`. O(n), whatever a page made of its URLs.
 */
export function withoutSecrets<T>(value: T, count: Redacted): T {
  return copy(value, '', count) as T;
}

function copy(value: unknown, key: string, count: Redacted): unknown {
  if (typeof value === 'string') return key === 'lastEventId' ? value : inText(value, count);
  if (typeof value !== 'object' || value === null) return value;
  if (key === 'headers' || key === 'requestHeaders')
    return (value as Header[]).map((header) => inHeader(header, count));
  if (Array.isArray(value)) return value.map((item) => copy(item, '', count));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copy(item, name, count)]));
}

function inHeader([name, value]: Header, count: Redacted): Header {
  if (name.toLowerCase() === 'last-event-id') return [name, value];
  if (!isSensitive(name)) return [name, inText(value, count)];
  if (value !== REDACTED) count.headers += 1;
  return [name, REDACTED];
}

function inText(text: string, count: Redacted): string {
  const counted = (replacement: string) => () => {
    count.parameters += 1;
    return replacement;
  };
  return withoutParameters(text, count)
    .replace(USER, (user) => (user === `://${REDACTED}@` ? user : counted(`://${REDACTED}@`)()))
    .replace(JWT, counted(REDACTED));
}

function withoutParameters(text: string, count: Redacted): string {
  let result = '';
  let done = 0;
  for (const { 0: match, 1: before = '', 2: name = '', index } of text.matchAll(PARAMETER)) {
    if (index < done || !isSecretParameter(name)) continue;
    const from = index + match.length;
    const end = ENDS[before.charAt(0)] ?? END;
    end.lastIndex = from;
    const to = end.exec(text)?.index ?? text.length;
    const value = text.slice(from, to);
    if (value === '' || value === REDACTED) continue;
    count.parameters += 1;
    result += text.slice(done, from) + REDACTED;
    done = to;
  }
  return result + text.slice(done);
}
