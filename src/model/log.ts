import type { NetworkFact } from '../protocol/network.ts';
import type { DocumentId, DocumentInfo, Entry, Milliseconds } from '../protocol/record.ts';
import { concernsAttempts } from './attempt.ts';
import { latest } from './chronology.ts';
import {
  clearDocument,
  countIn,
  createDocument,
  type DocumentState,
  endDocument,
  enterDocument,
  forgetDocuments,
  forgetSource,
  isHelloOfThePast,
  leaveDocument,
  livingIn,
  reviveDocument,
  sourceIn,
  takeFresh,
  welcomeDocument,
} from './document.ts';
import type { Home } from './home.ts';
import { NetworkLog, type Told } from './network-log.ts';
import { clearSource, LIMITS, type Limits } from './retention.ts';
import { isLasting, type SessionMark, withMark, withoutPause } from './session-mark.ts';
import { applyEntry, type Source } from './source.ts';
import { SourceList } from './source-list.ts';

/** Everything that the session knows of the inspected tab. Accepts entries in any batches; each seq counts once. */
export class Log {
  /** Documents stay in the log when the tab comes to another one. */
  preserve = false;

  readonly #documents = new Map<DocumentId, DocumentState>();
  readonly #list: SourceList;
  readonly #network: NetworkLog;
  #marks: SessionMark[] = [];
  #page: DocumentState | undefined;
  #malformed = 0;
  #newest: Milliseconds | undefined;

  constructor(limits = LIMITS) {
    this.#list = new SourceList(limits);
    this.#network = new NetworkLog(this.#list);
  }

  /** In order of construction. */
  get sources(): readonly Source[] {
    const { sources } = this.#join();
    if (sources.length === 0) return this.#list.all;
    return [...this.#list.all, ...sources].sort((a, b) => a.constructed - b.constructed);
  }

  /** In order of time. */
  get marks(): readonly SessionMark[] {
    return this.#marks;
  }

  /** The document that the tab shows. */
  get page(): DocumentInfo | undefined {
    return this.#page?.info;
  }

  /** The documents that have not gone, each with the top document that it is part of, as far as that is known. */
  living = () => livingIn(this.#documents.values());

  /** Events that it holds, over all sources. */
  get events(): number {
    return this.#list.events;
  }

  /** Entries that a page's ring let go before we had them. */
  get dropped(): number {
    return countIn(this.#documents.values(), 'dropped') + this.#network.lost;
  }

  /** Events that came while nothing was recorded. */
  get unrecorded(): number {
    return this.#network.intake.unrecorded + countIn(this.#documents.values(), 'unrecorded');
  }

  /** Events that were forgotten to make room for newer ones. */
  get trimmed(): number {
    return this.#list.trimmed;
  }

  /** When the first source was made since there was none: what is forgotten meanwhile does not move it. */
  get began(): Milliseconds | undefined {
    return this.#list.began;
  }

  /** From now on it holds no more than this: what is too much goes at once, and is counted. */
  limit(limits: Limits): void {
    this.#list.limits = limits;
    this.#makeRoom();
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
    return this.#network.intake.recording;
  }

  /**
   * While nothing is recorded, sources that are in the log go on, and no event is kept; new sources are listed when
   * recording begins again, as they are then. `time`: now.
   */
  record(on: boolean, time: Milliseconds): void {
    if (on === this.recording) return;
    this.#join();
    this.#network.intake.recording = on;
    this.#marks = on ? withoutPause(this.#marks, time) : withMark(this.#marks, { type: 'pause', time });
    if (!on) return;
    for (const document of this.#documents.values())
      if (!document.forgotten) this.#list.addLiving(document.sources.values());
  }

  /** What the network did. `lost`: facts that nobody was there to take in time. */
  network(facts: readonly NetworkFact[], lost: number): void {
    this.#network.miss(lost);
    for (const fact of facts) {
      this.#network.add(fact);
      this.#newest = latest(this.#newest, fact.time);
    }
    this.#makeRoom();
  }

  /** All that happened until `time` has been told. False where a document has to tell more (see NetworkLog) first. */
  claimed(time: Milliseconds, told: Told = () => Number.POSITIVE_INFINITY): boolean {
    this.#network.claimed(time, told, this.#documents.values());
    const { isHeldBack } = this.#join();
    this.#makeRoom();
    return !isHeldBack;
  }

  /** A document says hello at `time`, from `home` by the browser's word. A new top document ends all earlier documents. */
  hello(info: DocumentInfo, time: Milliseconds, home?: Home): void {
    const known = this.#documents.get(info.id);
    if (known && isHelloOfThePast(known, time, this.#page)) return;
    const document = known ?? createDocument(info, info.top ? info.id : this.#page?.info.id);
    this.#documents.set(info.id, document);
    welcomeDocument(document);
    document.home = home ?? document.home;
    if (info.top && this.#page !== document) this.#enter(document, known === undefined, time);
    if (known && this.recording) this.#list.addLiving(known.sources.values());
  }

  /** Returns how many were new. Entries of a document that never said hello are refused (0). */
  append(id: DocumentId, entries: readonly Entry[]): number {
    const document = this.#documents.get(id);
    if (document === undefined) return 0;
    // The last entries of a document may come after the hello of the one that replaced it: they belong before its end.
    const { ended } = document;
    if (ended !== undefined) reviveDocument(document);
    const fresh = takeFresh(document, entries);
    for (const entry of fresh) this.#apply(document, entry);
    if (ended !== undefined) endDocument(document, ended);
    if (entries.some(({ record }) => concernsAttempts(record))) this.#network.touch(document.home);
    this.#clearUnlisted(document);
    this.#makeRoom();
    return fresh.length;
  }

  bye(id: DocumentId, time: Milliseconds): void {
    const document = this.#documents.get(id);
    if (document === undefined) return;
    leaveDocument(document, time);
    this.#newest = latest(this.#newest, time);
  }

  countMalformed(): void {
    this.#malformed += 1;
  }

  /** seq of the newest entry that we hold of a document; 0 for none. Survives `clear`. */
  last = (document: DocumentId): number => this.#documents.get(document)?.last ?? 0;

  source(key: string): Source | undefined {
    return this.#list.get(key) ?? this.#network.sources.find((source) => source.key === key);
  }

  /** Forgets what is past: ended sources go, living ones stay with their current attempt and no events. */
  clear(): void {
    this.#join();
    this.#network.clear();
    for (const document of this.#documents.values()) clearDocument(document);
    this.#marks = this.#marks.filter(isLasting);
    this.#list.trimmed = 0;
    this.#malformed = 0;
    this.#list.remove((source) => source.ended !== undefined);
    if (this.sources.length === 0) this.#newest = undefined;
  }

  #apply(document: DocumentState, entry: Entry): void {
    const source = sourceIn(document, entry);
    if (this.recording && !document.forgotten) this.#list.add(source);
    if (!this.recording && entry.record.type === 'dispatch') document.unrecorded += 1;
    this.#newest = latest(this.#newest, entry.time);
    if (this.#list.get(source.key)) this.#list.apply(source, entry, this.recording);
    else applyEntry(source, entry);
  }

  /** Of what is not shown, nothing is kept but what it comes back with. */
  #clearUnlisted(document: DocumentState): void {
    if (this.recording && !document.forgotten) return;
    this.#join();
    for (const source of document.sources.values()) if (!this.#list.get(source.key)) clearSource(source);
  }

  #makeRoom(): void {
    // Whose requests were is known of what is forgotten now, and never again.
    if (this.#list.isFull) this.#join();
    this.#list.trim((source) => forgetSource(this.#documents.get(source.document.id), source));
  }

  #join(): NetworkLog {
    return this.#network.refresh([...this.#documents.values()], this.recording);
  }

  /** `top` is what the tab shows now. */
  #enter(top: DocumentState, isNew: boolean, time: Milliseconds): void {
    const isFirst = this.#page === undefined;
    this.#page = top;
    const { url, entered } = top.info;
    enterDocument(top, this.#documents.values(), isNew, time);
    if (this.recording && !this.preserve) this.#forgetOthers(top, top.entered);
    if (isFirst && top.info.late) return; // It was there before we were.
    const mark = { type: 'navigation', time: top.entered, url, entered: isNew ? entered : 'back_forward' } as const;
    this.#marks = withMark(this.#marks, mark);
  }

  /** The log of the documents that `top` replaced is not preserved. */
  #forgetOthers(top: DocumentState, time: Milliseconds): void {
    forgetDocuments(this.#documents.values(), top.info.id);
    this.#network.leave(time);
    this.#marks = [];
    this.#list.trimmed = 0;
    this.#list.remove(({ document }) => this.#documents.get(document.id)?.forgotten === true);
  }
}
