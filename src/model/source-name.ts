import type { Source } from './source.ts';

export interface SourceName {
  /** `/events`; the whole address where it has no path. */
  path: string;
  /** `?room=1` or ''. */
  query: string;
  /** Of another server than its document's: `api.example.com`. */
  host?: string;
}

/** What a source is called in a list. */
export function sourceName({ url, document }: Pick<Source, 'url' | 'document'>): SourceName {
  if (!URL.canParse(url)) return { path: url, query: '' };
  const { pathname: path, search: query, host, origin } = new URL(url);
  const isForeign = !URL.canParse(document.url) || new URL(document.url).origin !== origin;
  return isForeign && host !== '' ? { path, query, host } : { path, query };
}

/** `/dashboard`: the path of an address, without its query; the whole address where it has no path. */
export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}

export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
