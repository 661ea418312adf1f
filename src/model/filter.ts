import type { Source } from './source.ts';
import { idOf, isEvent, type StreamItem, textOf } from './stream-item.ts';

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

/** `text`: what is looked for, in lower case, where no regular expression was written. */
interface Pattern {
  regExp: RegExp;
  text?: string;
}

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
    terms.push({ field: named, not, pattern: pattern ?? plain(value) });
  }
  return broken === undefined ? { terms } : { terms, broken };
}

/** Undefined for what is written like a regular expression, and is none. */
function patternOf(value: string): Pattern | undefined {
  if (value.startsWith('"')) return plain(value.replaceAll('"', ''));
  const [, body, flags] = /^\/(.+)\/([a-z]*)$/is.exec(value) ?? [];
  if (body === undefined) return plain(value);
  try {
    // With g or y it would remember where it was.
    return { regExp: new RegExp(body, `${flags ?? ''}`.replaceAll(/[gy]/g, '') || 'i') };
  } catch {
    return undefined;
  }
}

/** A regular expression that ignores case copies nothing: half the time of `toLowerCase().includes()`. */
function plain(value: string): Pattern {
  return { regExp: new RegExp(value.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'i'), text: value.toLowerCase() };
}

/** Does this source have events to look at? Only `source:` says something about it. */
export function admitsSource({ terms }: Filter, { url }: Pick<Source, 'url'>): boolean {
  return terms.every((term) => term.field !== 'source' || term.pattern.regExp.test(url) !== term.not);
}

/** Is it to be shown? `isDuplicate`: an earlier event of the same source had its id. */
export function admits({ terms }: Filter, item: StreamItem, isDuplicate: boolean): boolean {
  for (const term of terms) if (term.field !== 'source' && holds(term, item, isDuplicate) === term.not) return false;
  return true;
}

/** Does it look at what came before? Then events must be looked at in their order. */
export const looksBack = ({ terms }: Filter): boolean => terms.some(({ field }) => field === 'duplicate');

/** Does `filter` surely admit nothing that `wider` does not? So it is while a word is being written. */
export function narrows(filter: Filter, wider: Filter): boolean {
  return wider.terms.every((old) => filter.terms.some((term) => implies(term, old)));
}

function implies(term: Term, other: Term): boolean {
  if (term.not !== other.not || term.field !== other.field) return false;
  if (!('pattern' in term) || !('pattern' in other)) return true;
  const [one, two] = term.not ? [other.pattern, term.pattern] : [term.pattern, other.pattern];
  if (one.text !== undefined && two.text !== undefined) return one.text.includes(two.text);
  return one.text === two.text && `${one.regExp}` === `${two.regExp}`;
}

function holds(term: Term, item: StreamItem, isDuplicate: boolean): boolean {
  switch (term.field) {
    case 'unheard':
      return isEvent(item) && !item.heard;
    case 'duplicate':
      return isDuplicate;
    case 'type':
      return term.pattern.regExp.test(item.type);
    case 'id':
      return term.pattern.regExp.test(idOf(item));
    case 'source':
      return true;
    case 'text': {
      const { regExp } = term.pattern;
      return regExp.test(textOf(item)) || regExp.test(item.type) || regExp.test(idOf(item));
    }
  }
}
