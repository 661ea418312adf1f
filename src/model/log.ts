import type { DocumentId, DocumentInfo, Entry, Milliseconds, SourceId } from '../protocol/record.ts';
import { notBefore } from './chronology.ts';
import { applyEntry, clearSource, createSource, reviveSource, type Source, unloadSource } from './source.ts';

interface DocumentState {
  readonly info: DocumentInfo;
  /** seq of the newest entry that we hold. */
  last: number;
  /** The top document that it belongs to; itself for a top document; undefined until a top document said hello. */
  top: DocumentId | undefined;
  /** When it went away; undefined while it lives. It may come back (back/forward cache). */
  ended: Milliseconds | undefined;
  /** By id. Also those that went away with it and were cleared: they come back with it. */
  readonly sources: Map<SourceId, Source>;
}

/** Everything that the session knows of the inspected tab. Accepts entries in any batches; each seq counts once. */
export class Log {
  readonly #documents = new Map<DocumentId, DocumentState>();
  readonly #byKey = new Map<string, Source>();
  #sources: Source[] = [];
  #top: DocumentId | undefined;
  #events = 0;
  #dropped = 0;
  #malformed = 0;
  #newest: Milliseconds | undefined;

  /** In order of construction. */
  get sources(): readonly Source[] {
    return this.#sources;
  }

  /** Events dispatched, over all sources. */
  get events(): number {
    return this.#events;
  }

  /** Entries that a page's ring let go before we had them. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Messages that were not of the protocol (see protocol/parse.ts). */
  get malformed(): number {
    return this.#malformed;
  }

  /** Newest fact's time; undefined while empty. */
  get newest(): Milliseconds | undefined {
    return this.#newest;
  }

  /** A document says hello. A new top document ends all earlier documents. */
  hello(info: DocumentInfo): void {
    const known = this.#documents.get(info.id);
    const top = info.top ? info.id : this.#top;
    const document = known ?? { info, last: 0, top, ended: undefined, sources: new Map<SourceId, Source>() };
    if (known) this.#comeBack(known);
    else this.#documents.set(info.id, document);
    if (document.info.top && this.#top !== info.id) this.#enter(document, known === undefined);
  }

  /**
   * Returns how many were new. Entries of a document that never said hello are refused (0). What is missing is counted
   * by the gaps between seqs.
   */
  append(id: DocumentId, entries: readonly Entry[]): number {
    const document = this.#documents.get(id);
    if (document === undefined) return 0;
    // The last entries of a document may come after the hello of the one that replaced it: they belong before its end.
    const { ended } = document;
    if (ended !== undefined) revive(document);
    let added = 0;
    for (const entry of entries) {
      // (Written so that NaN is refused.)
      if (!(entry.seq > document.last)) continue;
      this.#dropped += entry.seq - document.last - 1;
      document.last = entry.seq;
      this.#apply(document, entry);
      added += 1;
    }
    if (ended !== undefined) end(document, ended);
    return added;
  }

  bye(id: DocumentId, time: Milliseconds): void {
    const document = this.#documents.get(id);
    if (document === undefined) return;
    // What we took from the hello of its successor was a guess; this is the fact.
    revive(document);
    end(document, time);
    this.#hear(time);
  }

  countMalformed(): void {
    this.#malformed += 1;
  }

  /** seq of the newest entry that we hold of a document; 0 for none. Survives `clear`. */
  last(document: DocumentId): number {
    return this.#documents.get(document)?.last ?? 0;
  }

  source(key: string): Source | undefined {
    return this.#byKey.get(key);
  }

  /** Forgets what is past: ended sources go, living ones stay with their current attempt and no events. */
  clear(): void {
    for (const { sources } of this.#documents.values()) {
      for (const source of sources.values()) {
        if (source.ended === undefined || source.ended.by === 'unload') clearSource(source);
        else sources.delete(source.id);
        if (source.ended !== undefined) this.#byKey.delete(source.key);
      }
    }
    this.#sources = this.#sources.filter((source) => source.ended === undefined);
    this.#events = 0;
    this.#dropped = 0;
    this.#malformed = 0;
    if (this.#sources.length === 0) this.#newest = undefined;
  }

  #apply(document: DocumentState, entry: Entry): void {
    let source = document.sources.get(entry.source);
    if (source === undefined) {
      source = createSource(document.info, entry);
      document.sources.set(entry.source, source);
    }
    if (!this.#byKey.has(source.key)) this.#list(source);
    const before = source.events.length;
    applyEntry(source, entry);
    this.#events += source.events.length - before;
    this.#hear(entry.time);
  }

  #list(source: Source): void {
    const last = this.#sources.at(-1);
    this.#byKey.set(source.key, source);
    this.#sources.push(source);
    if (last !== undefined && last.constructed > source.constructed) {
      this.#sources.sort((a, b) => a.constructed - b.constructed);
    }
  }

  #hear(time: Milliseconds): void {
    if (this.#newest !== undefined) this.#newest = notBefore(this.#newest, time);
    else if (Number.isFinite(time)) this.#newest = time;
  }

  /** `top` is what the tab shows now. */
  #enter(top: DocumentState, isNew: boolean): void {
    this.#top = top.info.id;
    for (const document of this.#documents.values()) {
      // Hellos race: a frame's may overtake that of its top document. Frames are never older than what they are in.
      const isOurs = document.top === undefined || (isNew && document.info.started >= top.info.started);
      if (isOurs) document.top = top.info.id;
      if (document.top !== top.info.id && document.ended === undefined) end(document, top.info.started);
    }
  }

  /** A known document says hello again: out of the back/forward cache, or because the way to us was lost meanwhile. */
  #comeBack(document: DocumentState): void {
    revive(document);
    for (const source of document.sources.values()) {
      if (!this.#byKey.has(source.key)) this.#list(source);
    }
  }
}

function end(document: DocumentState, time: Milliseconds): void {
  document.ended = time;
  for (const source of document.sources.values()) unloadSource(source, time);
}

function revive(document: DocumentState): void {
  document.ended = undefined;
  for (const source of document.sources.values()) reviveSource(source);
}
