import type { DocumentId, DocumentInfo, Entry, Milliseconds, SourceId } from '../protocol/record.ts';
import { notBefore } from './chronology.ts';
import type { Source } from './source.ts';

export function sourceKey(document: DocumentId, id: SourceId): string {
  return `${document}:${id}`;
}

/** A source that was constructed then, and did nothing yet. */
export function blankSource(key: string, document: DocumentInfo, constructed: Milliseconds): Source {
  return {
    key,
    document,
    id: 0,
    kind: 'eventsource',
    url: document.url,
    withCredentials: false,
    constructed,
    newest: constructed,
    carried: 'native',
    state: 'connecting',
    lastEventId: '',
    changes: [],
    attempts: [],
    uncounted: 0,
    events: [],
    lines: [],
    faults: [],
    witnesses: [],
  };
}

/** A source as its first known entry shows it. That entry has still to be applied. */
export function createSource(document: DocumentInfo, entry: Entry): Source {
  const { source: id, record } = entry;
  const constructed = notBefore(document.started, entry.time);
  const source = blankSource(sourceKey(document.id, id), document, constructed);
  source.id = id;
  if (record.type !== 'construct') return { ...source, incomplete: true };
  const { kind, url, withCredentials, stack } = record;
  return { ...source, kind, url, withCredentials, ...(stack !== undefined && { stack }) };
}
