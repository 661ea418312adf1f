import type { Source } from './source.ts';

/** Parameters by which apps say where to go on, without their case, `-` and `_`. */
const ID_PARAMETERS = new Set(['lasteventid', 'lastid', 'eventid', 'since', 'sinceid', 'cursor', 'from', 'after']);
/** By which they keep caches out. */
const CACHE_PARAMETERS = new Set(['_', 't', 'ts', 'timestamp', 'nocache']);
const isIdParameter = (name: string): boolean => ID_PARAMETERS.has(name.replace(/[-_]/g, '').toLowerCase());
const isVolatile = ([name, value]: readonly [string, string]): boolean =>
  isIdParameter(name) || CACHE_PARAMETERS.has(name.toLowerCase()) || (name === 'input' && inJson(value) !== undefined);

const parsed = (url: string): URL | undefined => {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
};

/** What tRPC sends: JSON with the id somewhere in it. */
const inJson = (text: string): string | undefined => /"lastEventId"\s*:\s*"?((?:[^"\\,}]|\\.)*)/.exec(text)?.[1];

/** The id in the query of a URL that says where to go on; undefined where there is none. */
export function idInQuery(url: string): string | undefined {
  for (const [name, value] of parsed(url)?.searchParams ?? []) {
    if (isIdParameter(name)) return value;
    if (name === 'input' && inJson(value) !== undefined) return inJson(value);
  }
  return undefined;
}

/** Equal for sources of a document of which one may continue the other: origin and path, and the query without ids. */
export function streamKey(source: Source): string {
  const known = keys.get(source);
  if (known?.url === source.url) return known.key;
  const key = madeKey(source);
  keys.set(source, { url: source.url, key });
  return key;
}

const keys = new WeakMap<Source, { url: string; key: string }>();

function madeKey({ document, kind, url }: Source): string {
  const address = parsed(url);
  if (!address) return `${document.id} ${kind} ${url}`;
  const rest = [...address.searchParams].filter((pair) => !isVolatile(pair)).sort();
  return `${document.id} ${kind} ${address.origin}${address.pathname} ${JSON.stringify(rest)}`;
}
