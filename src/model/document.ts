import type { DocumentId, DocumentInfo, Milliseconds, SourceId } from '../protocol/record.ts';
import { clearSource, reviveSource, type Source, unloadSource } from './source.ts';

/** What the log knows of one document. */
export interface DocumentState {
  readonly info: DocumentInfo;
  /** seq of the newest entry that we hold. */
  last: number;
  /** The top document that it belongs to; itself for a top document; undefined until a top document said hello. */
  top: DocumentId | undefined;
  /** When it went away; undefined while it lives. It may come back (back/forward cache). */
  ended: Milliseconds | undefined;
  /** It went away, and its log was not to be preserved: it is not shown unless it comes back. */
  forgotten: boolean;
  /** By id. Also those that are not shown, without their past: they may come back. */
  readonly sources: Map<SourceId, Source>;
  /** Entries that its ring let go before we had them. */
  dropped: number;
  /** Events that came while nothing was recorded. */
  unrecorded: number;
}

export function createDocument(info: DocumentInfo, top: DocumentId | undefined): DocumentState {
  const sources = new Map<SourceId, Source>();
  return { info, last: 0, top, ended: undefined, forgotten: false, sources, dropped: 0, unrecorded: 0 };
}

export function endDocument(document: DocumentState, time: Milliseconds): void {
  document.ended = time;
  for (const source of document.sources.values()) unloadSource(source, time);
}

/** Undoes {@link endDocument}. */
export function reviveDocument(document: DocumentState): void {
  document.ended = undefined;
  for (const source of document.sources.values()) reviveSource(source);
}

/** Forgets what is past: sources that were closed go, the others stay with their current attempt and no events. */
export function clearDocument(document: DocumentState): void {
  document.dropped = 0;
  document.unrecorded = 0;
  for (const source of document.sources.values()) {
    if (source.ended === undefined || source.ended.by === 'unload') clearSource(source);
    else document.sources.delete(source.id);
  }
}
