import type { DocumentId, DocumentInfo, Entry, Milliseconds } from '../protocol/record.ts';
import { notBefore } from './chronology.ts';
import { clearDocument, createDocument, type DocumentState, endDocument, reviveDocument } from './document.ts';
import { LIMITS } from './retention.ts';
import type { SessionMark } from './session-mark.ts';
import { applyEntry, clearSource, createSource, type Source } from './source.ts';
import { SourceList } from './source-list.ts';

/** Everything that the session knows of the inspected tab. Accepts entries in any batches; each seq counts once. */
export class Log {
  /** Documents stay in the log when the tab comes to another one. */
  preserve = false;

  readonly #documents = new Map<DocumentId, DocumentState>();
  readonly #list: SourceList;
  #marks: SessionMark[] = [];
  #page: DocumentState | undefined;
  #recording = true;
  #trimmed = 0;
  #malformed = 0;
  #newest: Milliseconds | undefined;

  constructor(limits = LIMITS) {
    this.#list = new SourceList(limits);
  }

  /** In order of construction. */
  get sources(): readonly Source[] {
    return this.#list.all;
  }

  /** In order of time. */
  get marks(): readonly SessionMark[] {
    return this.#marks;
  }

  /** The document that the tab shows. */
  get page(): DocumentInfo | undefined {
    return this.#page?.info;
  }

  /** Events that it holds, over all sources. */
  get events(): number {
    return this.#list.events;
  }

  /** Entries that a page's ring let go before we had them. */
  get dropped(): number {
    return this.#sum('dropped');
  }

  /** Events that came while nothing was recorded. */
  get unrecorded(): number {
    return this.#sum('unrecorded');
  }

  /** Events that were forgotten to make room for newer ones. */
  get trimmed(): number {
    return this.#trimmed;
  }

  /** Messages that were not of the protocol (see protocol/parse.ts). */
  get malformed(): number {
    return this.#malformed;
  }

  /** Newest fact's time; undefined while empty. */
  get newest(): Milliseconds | undefined {
    return this.#newest;
  }

  get recording(): boolean {
    return this.#recording;
  }

  /**
   * While nothing is recorded, sources that are in the log go on, and no event is kept; new sources are listed when
   * recording begins again, as they are then. `time`: now.
   */
  record(on: boolean, time: Milliseconds): void {
    if (on === this.#recording) return;
    this.#recording = on;
    const last = this.#marks.at(-1);
    if (!on) this.#mark({ type: 'pause', time });
    else if (last?.type === 'pause') last.until = notBefore(last.time, time);
    if (!on) return;
    for (const document of this.#documents.values()) if (!document.forgotten) this.#listLiving(document);
  }

  /** A document says hello at `time`. A new top document ends all earlier documents. */
  hello(info: DocumentInfo, time: Milliseconds): void {
    const known = this.#documents.get(info.id);
    const top = info.top ? info.id : this.#page?.info.id;
    const document = known ?? createDocument(info, top);
    this.#documents.set(info.id, document);
    // It says hello again: out of the back/forward cache, or because the way to us was lost meanwhile.
    if (known) reviveDocument(known);
    document.forgotten = false;
    if (info.top && this.#page !== document) this.#enter(document, known === undefined, time);
    if (known && this.#recording) this.#listLiving(known);
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
    if (ended !== undefined) reviveDocument(document);
    let fresh = 0;
    for (const entry of entries) {
      // (Written so that NaN is refused.)
      if (!(entry.seq > document.last)) continue;
      document.dropped += entry.seq - document.last - 1;
      document.last = entry.seq;
      this.#apply(document, entry);
      fresh += 1;
    }
    if (ended !== undefined) endDocument(document, ended);
    this.#trimmed += this.#list.trim(({ id, document: { id: of } }) => this.#documents.get(of)?.sources.delete(id));
    return fresh;
  }

  bye(id: DocumentId, time: Milliseconds): void {
    const document = this.#documents.get(id);
    if (document === undefined) return;
    // What we took from the hello of its successor was a guess; this is the fact.
    reviveDocument(document);
    endDocument(document, time);
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
    return this.#list.get(key);
  }

  /** Forgets what is past: ended sources go, living ones stay with their current attempt and no events. */
  clear(): void {
    for (const document of this.#documents.values()) clearDocument(document);
    this.#marks = this.#marks.filter((mark) => mark.type === 'pause' && mark.until === undefined);
    this.#trimmed = 0;
    this.#malformed = 0;
    this.#list.remove((source) => source.ended !== undefined);
    if (this.sources.length === 0) this.#newest = undefined;
  }

  #apply(document: DocumentState, entry: Entry): void {
    let source = document.sources.get(entry.source);
    if (source === undefined) {
      source = createSource(document.info, entry);
      document.sources.set(entry.source, source);
    }
    if (this.#recording && !document.forgotten) this.#list.add(source);
    if (!this.#recording && entry.record.type === 'dispatch') document.unrecorded += 1;
    this.#hear(entry.time);
    if (this.#list.get(source.key)) this.#list.apply(source, entry, this.#recording);
    else {
      applyEntry(source, entry);
      clearSource(source);
    }
  }

  #listLiving(document: DocumentState): void {
    for (const source of document.sources.values()) if (source.ended === undefined) this.#list.add(source);
  }

  #hear(time: Milliseconds): void {
    if (this.#newest !== undefined) this.#newest = notBefore(this.#newest, time);
    else if (Number.isFinite(time)) this.#newest = time;
  }

  #mark(mark: SessionMark): void {
    this.#marks.push({ ...mark, time: notBefore(this.#marks.at(-1)?.time ?? 0, mark.time) });
  }

  /** `top` is what the tab shows now. */
  #enter(top: DocumentState, isNew: boolean, time: Milliseconds): void {
    const isFirst = this.#page === undefined;
    this.#page = top;
    const { id, started, url, entered } = top.info;
    for (const document of this.#documents.values()) {
      // Hellos race: a frame's may overtake that of its top document. Frames are never older than what they are in.
      const isOurs = document.top === undefined || (isNew && document.info.started >= started);
      if (isOurs) document.top = id;
      if (document.top !== id && document.ended === undefined) endDocument(document, isNew ? started : time);
    }
    if (this.#recording && !this.preserve) this.#forgetOthers(top);
    if (isFirst && top.info.late) return; // It was there before we were.
    const how = isNew ? { time: started, entered } : ({ time, entered: 'back_forward' } as const);
    this.#mark({ type: 'navigation', url, ...how });
  }

  /** The log of the documents that `top` replaced is not preserved. */
  #forgetOthers(top: DocumentState): void {
    for (const document of this.#documents.values()) {
      if (document.top === top.info.id) continue;
      document.forgotten = true;
      clearDocument(document);
    }
    this.#marks = [];
    this.#trimmed = 0;
    this.#list.remove(({ document }) => this.#documents.get(document.id)?.forgotten === true);
  }

  #sum(what: 'dropped' | 'unrecorded'): number {
    let sum = 0;
    for (const document of this.#documents.values()) sum += document[what];
    return sum;
  }
}
