import { type Attempt, sentId } from './attempt.ts';
import { finalUrl } from './network-request.ts';
import { isSensitive } from './sensitive.ts';

export interface Curl {
  command: string;
  /** Something in it is a secret, which it has only if it was asked for. */
  hasSecrets: boolean;
}

/** What curl sends by itself, or cannot send as it was; `:authority` and the like are no headers for it. */
const NOT_SENT = /^(:|host$|connection$|content-length$|accept-encoding$)/i;

/**
 * A shell command that makes the request of `attempt` again: to `url` if the network has not seen it. `hidden` stands for
 * secrets; undefined: they are in it. Undefined for what is not HTTP. For POSIX shells: in single quotes, nothing means
 * anything.
 */
export function curl(attempt: Attempt, url: string, hidden: string | undefined): Curl | undefined {
  const { request } = attempt;
  const target = address(request ? finalUrl(request) : url, hidden);
  if (!target) return undefined;
  let { hasSecrets } = target;
  const sent = (request?.requestHeaders ?? [['Accept', 'text/event-stream']]).filter(([name]) => !NOT_SENT.test(name));
  const id = sentId(attempt);
  const headers = request || id === '' ? sent : [...sent, ['Last-Event-ID', id] as const];
  const words = ['-N', ...(/[[\]{}]/.test(target.url) ? ['-g'] : [])];
  if (request && request.method !== 'GET') words.push(`-X ${quoted(request.method)}`);
  words.push(`--url ${quoted(target.url)}`);
  for (const [name, value] of headers) {
    const isHidden = isSensitive(name);
    hasSecrets ||= isHidden;
    words.push(`-H ${quoted(header(name, isHidden ? (hidden ?? value) : value))}`);
  }
  return { command: ['curl', ...words].join(' \\\n  '), hasSecrets };
}

/** [curl] `Name;` is how it sends a header that is empty. */
const header = (name: string, value: string): string => (value === '' ? `${name};` : `${name}: ${value}`);

/** One word of a POSIX shell, whatever is in it. Control characters are in no URL or header, and would end a line of it. */
function quoted(word: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what goes
  return `'${word.replaceAll(/[\u0000-\u001f\u007f]/g, '').replaceAll("'", "'\\''")}'`;
}

function address(text: string, hidden: string | undefined): { url: string; hasSecrets: boolean } | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  url.hash = '';
  const secrets = [...url.searchParams.keys()].filter(isSensitive);
  const hasSecrets = secrets.length > 0 || url.password !== '';
  if (hidden !== undefined) {
    for (const name of secrets) url.searchParams.set(name, hidden);
    if (url.password !== '') url.password = hidden;
  }
  return { url: url.href, hasSecrets };
}
