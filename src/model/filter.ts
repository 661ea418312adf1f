import type { Source, StreamEvent } from './source.ts';

/** What the user wrote into the filter field, understood. All terms must hold. */
export interface Filter {
  terms: readonly Term[];
  /** The first part of it that is no regular expression, although it is written like one: it is taken as text. */
  broken?: string;
}

export type Term = { not: boolean } & (
  | { field: 'text' | 'type' | 'id' | 'source'; pattern: Pattern }
  | { field: 'unheard' | 'duplicate' }
);

/** Lower-case text that is looked for, or a regular expression. */
type Pattern = string | RegExp;

const TOKEN = /(-?)(?:(type|id|source|is):)?("[^"]*"?|\/(?:\\.|[^\\/])+\/[a-z]*|\S+)/gi;

/**
 * Understands `text`: words and "quoted phrases" that the type, id or data must contain, in any case; `/regular
 * expressions/`; `type:`, `id:`, `source:` (in its URL), `is:unheard`, `is:duplicate`; and `-` before any of them for
 * what must not be. Never fails: the user is in the middle of writing.
 */
export function parseFilter(text: string): Filter {
  const terms: Term[] = [];
  let broken: string | undefined;
  for (const [, minus, name = '', value = ''] of text.matchAll(TOKEN)) {
    const not = minus === '-';
    const field = name.toLowerCase();
    // What comes after the colon is still to be written.
    if (field === '' && /^(type|id|source|is):$/i.test(value)) continue;
    if (field === 'is') {
      const what = value.toLowerCase();
      // `is:` with the beginning of a word filters nothing yet.
      if (what === 'unheard' || what === 'duplicate') terms.push({ field: what, not });
      continue;
    }
    const pattern = patternOf(value);
    if (pattern === undefined) broken ??= value;
    const named = field === 'type' || field === 'id' || field === 'source' ? field : 'text';
    terms.push({ field: named, not, pattern: pattern ?? value.toLowerCase() });
  }
  return broken === undefined ? { terms } : { terms, broken };
}

/** Undefined for what is written like a regular expression, and is none. */
function patternOf(value: string): Pattern | undefined {
  if (value.startsWith('"')) return value.replaceAll('"', '').toLowerCase();
  const [, body, flags] = /^\/(.+)\/([a-z]*)$/is.exec(value) ?? [];
  if (body === undefined) return value.toLowerCase();
  try {
    // With g or y it would remember where it was.
    return new RegExp(body, `${flags ?? ''}`.replaceAll(/[gy]/g, '') || 'i');
  } catch {
    return undefined;
  }
}

/** Does this source have events to look at? Only `source:` says something about it. */
export function admitsSource({ terms }: Filter, { url }: Pick<Source, 'url'>): boolean {
  return terms.every((term) => term.field !== 'source' || found(term.pattern, url) !== term.not);
}

/** Is the event to be shown? `isDuplicate`: an earlier event of the same source had its id. */
export function admitsEvent({ terms }: Filter, event: StreamEvent, isDuplicate: boolean): boolean {
  for (const term of terms) if (term.field !== 'source' && holds(term, event, isDuplicate) === term.not) return false;
  return true;
}

function holds(term: Term, { type, lastEventId, data, heard }: StreamEvent, isDuplicate: boolean): boolean {
  switch (term.field) {
    case 'unheard':
      return !heard;
    case 'duplicate':
      return isDuplicate;
    case 'type':
      return found(term.pattern, type);
    case 'id':
      return found(term.pattern, lastEventId);
    case 'source':
      return true;
    case 'text':
      return found(term.pattern, data) || found(term.pattern, type) || found(term.pattern, lastEventId);
  }
}

function found(pattern: Pattern, text: string): boolean {
  return typeof pattern === 'string' ? text.toLowerCase().includes(pattern) : pattern.test(text);
}
