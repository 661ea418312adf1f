import type { RequestId } from '../protocol/ask.ts';
import type { DocumentId, DocumentInfo, Entry, Milliseconds, SourceId } from '../protocol/record.ts';
import { type Ending, forgetRequests } from './attempt.ts';
import { notBefore } from './chronology.ts';
import type { Home } from './home.ts';
import type { NetworkRequest } from './network-request.ts';
import { createSource } from './new-source.ts';
import { clearSource } from './retention.ts';
import { reviveSource, type Source, unloadSource } from './source.ts';
import { attemptsOf } from './source-state.ts';

/** What the log knows of one document. */
export interface DocumentState {
  readonly info: DocumentInfo;
  /** By the browser's word; undefined until it said hello to us by the way that the browser watches. */
  home: Home | undefined;
  /** seq of the newest entry that we hold. */
  last: number;
  /** seq of the newest entry that its sources have taken in. */
  applied: number;
  /** The top document that it belongs to; itself for a top document; undefined until a top document said hello. */
  top: DocumentId | undefined;
  /** When it went away; undefined while it lives. It may come back (back/forward cache). */
  ended: Milliseconds | undefined;
  /** Of a top document: when the tab came to it last. */
  entered: Milliseconds;
  /** Its end is what it said itself, not what we took from the hello of its successor. */
  saidBye: boolean;
  /** It went away, and its log was not to be preserved: it is not shown unless it comes back. */
  forgotten: boolean;
  /** By id. Also those that are not shown, without their past: they may come back. */
  readonly sources: Map<SourceId, Source>;
  /** What its witnesses called their requests, of which the network has not told yet; the newest. */
  readonly asked: Set<RequestId>;
  /** Entries that its ring let go before we had them. */
  dropped: number;
  /** Events that came while nothing was recorded. */
  unrecorded: number;
}

/** When it began to be part of the tab. */
export const beginOf = ({ started, appeared }: DocumentInfo): Milliseconds => appeared ?? started;

export function createDocument(info: DocumentInfo, top: DocumentId | undefined): DocumentState {
  const sources = new Map<SourceId, Source>();
  return {
    info,
    home: undefined,
    last: 0,
    applied: 0,
    top,
    ended: undefined,
    entered: beginOf(info),
    saidBye: false,
    forgotten: false,
    sources,
    asked: new Set(),
    dropped: 0,
    unrecorded: 0,
  };
}

/**
 * [chrome] A document that goes away ends its sources with an error and CLOSED, less than a millisecond before `pagehide`
 * (measured): nothing gave up then.
 */
const LAST_MOMENTS: Milliseconds = 20;

export function endDocument(document: DocumentState, time: Milliseconds): void {
  document.ended = time;
  for (const source of document.sources.values()) {
    const { ended } = source;
    if (ended?.by === 'fail' && !ended.forced && !ended.cause && Math.abs(time - ended.time) < LAST_MOMENTS) {
      replaceEnding(source, ended, { ...ended, cause: { type: 'unload' } });
    }
    unloadSource(source, time);
  }
}

/** Undoes {@link endDocument}. */
export function reviveDocument(document: DocumentState): void {
  document.ended = undefined;
  for (const source of document.sources.values()) {
    const { ended } = source;
    if (ended?.cause?.type === 'unload') {
      const { cause, ...rest } = ended;
      replaceEnding(source, ended, rest);
    }
    reviveSource(source);
  }
}

/** As another object: what was saved of the log goes on to have the one that there was. */
function replaceEnding(source: Source, ended: Ending, by: Ending): void {
  source.ended = by;
  const attempt = source.attempts.at(-1);
  if (attempt?.ended === ended) attempt.ended = by;
}

/** It says hello: for the first time, out of the back/forward cache, or because the way to us was lost meanwhile. */
export function welcomeDocument(document: DocumentState): void {
  reviveDocument(document);
  document.saidBye = false;
  document.forgotten = false;
}

/**
 * Hellos race: was this one said before the tab came to `page`? (A document that is back had said bye. Where that was
 * lost, only the clocks tell; those of two processes may differ by the sleep of a computer.)
 */
export function isHelloOfThePast(
  document: DocumentState,
  time: Milliseconds,
  page: DocumentState | undefined,
): boolean {
  return document.ended !== undefined && !document.saidBye && page !== undefined && time < page.entered;
}

/** It says bye. What we took from the hello of its successor was a guess; this is the fact. */
export function leaveDocument(document: DocumentState, time: Milliseconds): void {
  reviveDocument(document);
  endDocument(document, time);
  document.saidBye = true;
}

/** Lets go of a source that was trimmed; what went away with its document may come back with it. */
export function forgetSource(document: DocumentState | undefined, { id, ended }: Source): void {
  if (ended?.by !== 'unload') document?.sources.delete(id);
}

/** Forgets what is past: sources that were closed go, the others stay with their current attempt and no events. */
export function clearDocument(document: DocumentState): void {
  document.dropped = 0;
  document.unrecorded = 0;
  for (const source of document.sources.values()) {
    if (source.ended === undefined || source.ended.by === 'unload') clearSource(source);
    else {
      forgetRequests(attemptsOf(source));
      document.sources.delete(source.id);
    }
  }
}

/** Lets go of all documents that are not part of `top`: their log is not preserved. */
export function forgetDocuments(documents: Iterable<DocumentState>, top: DocumentId): void {
  for (const document of documents) {
    if (document.top === top) continue;
    document.forgotten = true;
    clearDocument(document);
  }
}

/** The tab shows `top` now, since it began if it is new, or again at `time`: ends all documents that are not part of it. */
export function enterDocument(
  top: DocumentState,
  documents: Iterable<DocumentState>,
  isNew: boolean,
  time: Milliseconds,
): void {
  const { id } = top.info;
  const started = isNew ? beginOf(top.info) : undefined;
  top.entered = started ?? time;
  for (const document of documents) {
    // Hellos race: a frame's may overtake that of its top document. Frames are never older than what they are in.
    const isOurs = document.top === undefined || (started !== undefined && beginOf(document.info) >= started);
    if (isOurs) document.top = id;
    if (document.top !== id && document.ended === undefined) endDocument(document, started ?? time);
  }
}

/** More than a document asks for before the network has told of the first. */
const MOST_ASKED = 100;

/** One of its witnesses is going to make a request under this name. */
function noteAsked({ asked }: DocumentState, request: RequestId): void {
  asked.add(request);
  for (const first of asked) if (asked.size > MOST_ASKED) asked.delete(first);
}

/**
 * Marks those of `requests` that a witness of the document made. One for each name, the first that had it: no page can
 * learn a name before its request is under way.
 */
export function ownUp({ asked }: DocumentState, requests: readonly NetworkRequest[]): void {
  for (const request of asked.size > 0 ? requests : []) {
    if (request.marker !== undefined && asked.delete(request.marker)) request.witness = true;
  }
}

/** The source that an entry is about. Entries come in order. */
export function sourceIn(document: DocumentState, entry: Entry): Source {
  if (entry.seq > document.applied + 1) noteGap(document, entry.time);
  document.applied = entry.seq;
  const { record } = entry;
  if (record.type === 'witness' && record.phase === 'ask') noteAsked(document, record.request);
  const known = document.sources.get(entry.source);
  if (known) return known;
  const source = createSource(document.info, entry);
  document.sources.set(entry.source, source);
  return source;
}

/** Those of `entries` that are new. What is missing between them is counted as dropped. */
export function takeFresh(document: DocumentState, entries: readonly Entry[]): Entry[] {
  return entries.filter(({ seq }) => {
    // (Written so that NaN is refused.)
    if (!(seq > document.last)) return false;
    document.dropped += seq - document.last - 1;
    document.last = seq;
    return true;
  });
}

const MOST_GAPS = 100;

/** What each of its sources did until then is not known in whole. */
function noteGap({ sources }: DocumentState, time: Milliseconds): void {
  for (const source of sources.values()) {
    source.gaps = [...(source.gaps ?? []).slice(1 - MOST_GAPS), notBefore(source.newest, time)];
  }
}

export function countIn(documents: Iterable<DocumentState>, what: 'dropped' | 'unrecorded'): number {
  let sum = 0;
  for (const document of documents) sum += document[what];
  return sum;
}

export function livingIn(documents: Iterable<DocumentState>): { id: DocumentId; page: DocumentId | undefined }[] {
  const living = [...documents].filter(({ ended }) => ended === undefined);
  return living.map(({ info, top }) => ({ id: info.id, page: top }));
}
