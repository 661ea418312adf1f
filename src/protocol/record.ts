/**
 * Facts: what a source did, as the document that owns it saw it.
 *
 * The words are the HTML standard's ("Server-sent events", section 9.2): a *source* reads an *event stream*; it
 * *announces*, *reestablishes* or *fails* the connection, and *dispatches* events.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */

import type { FaultType, OrderId } from './command.ts';

/** A moment as milliseconds since the Unix epoch, or a duration in milliseconds. May have a fraction. */
export type Milliseconds = number;
export type Bytes = number;

/** Random, made by the page script when a document starts; unique over all documents of a session. */
export type DocumentId = string;
/** Counts the sources of one document, from 1. */
export type SourceId = number;

export interface DocumentInfo {
  id: DocumentId;
  /** `location.href` when the document said hello. */
  url: string;
  /** False for a document in a frame. */
  top: boolean;
  /** When the page script started in it. */
  started: Milliseconds;
  /** When the tab came to it, where it had been prerendered before. */
  appeared?: Milliseconds;
  /** How the tab came to it; 'navigate' where nobody knows. */
  entered: NavigationType;
  /** A top document that had its say before the page script started: connections it made until then are not seen. */
  late: boolean;
}

/** @see https://w3c.github.io/navigation-timing/#sec-performance-navigation-types */
export type NavigationType = 'navigate' | 'reload' | 'back_forward';

export type SourceKind = 'eventsource';

/** Who makes the requests of a source: the browser's own EventSource, or our connection (see page/managed). */
export type Carrier = 'native' | 'managed';

export type SourceRecord =
  /** `stack`: the calls that constructed it, as the browser writes them. */
  | { type: 'construct'; kind: SourceKind; url: string; withCredentials: boolean; stack?: string }
  /**
   * An attempt to connect. `attempt` counts from 1. `seen` says what the entry's time is: the start of the attempt, or
   * its answer. A page cannot see a native reconnect start; it learns of it from the `open` or `error` that follows.
   */
  | {
      type: 'connect';
      attempt: number;
      lastEventId: string;
      carried: Carrier;
      seen: 'start' | 'answer';
      /** What a managed connection calls its request; see protocol/ask.ts. */
      request?: string;
    }
  /** The connection is announced: readyState OPEN, `open` fires. `status` only where the response is ours. */
  | { type: 'announce'; status?: number }
  | StreamRecord
  /**
   * readyState CONNECTING, `error` fires, a new attempt will follow. `lastEventId` is what it will carry. `fault`: which one
   * it was, where it was forced.
   */
  | { type: 'reestablish'; lastEventId: string; forced: boolean; cause?: Cause; fault?: FaultType }
  /** readyState CLOSED, `error` fires, no attempt will follow. */
  | { type: 'fail'; forced: boolean; cause?: Cause; fault?: FaultType }
  | FaultRecord
  | WitnessRecord
  /** The page called `close()`; `stack`: from where. */
  | { type: 'close'; stack?: string }
  /** The page adds its first listener for this type: from now on its events are told, which fired nothing before. */
  | { type: 'listen'; event: string };

/**
 * A fault is in force on this source from `begin` to `end`; `act`: it changed what the page gets, `count` events (attempts,
 * for faults of attempts) since the last of these. `left`: less is left of it: `used`: of how many attempts or connections
 * of this stream it has had by now, where that was limited; `until`: when its own time, which runs, is over.
 */
export interface FaultRecord {
  type: 'fault';
  phase: 'begin' | 'act' | 'left' | 'end';
  order: OrderId;
  fault: FaultType;
  count?: number;
  used?: number;
  until?: Milliseconds;
}

/** A second connection to the same URL, read beside the page's to know what the server sent. */
export type WitnessRecord =
  /** It is going to make a request whose URL has this fragment, which no page can guess; see protocol/ask.ts. */
  | { type: 'witness'; phase: 'ask'; request: string }
  /** `refused`: the server (or the network) did not give a second one. `end`: it ended, by itself or because we closed it. */
  | { type: 'witness'; phase: 'open' | 'refused' | 'end'; status?: number }
  /** What it received. `data` may be cut; `lastEventId` is its own. */
  | { type: 'witnessed'; event: string; data: string; size: number; lastEventId: string };

/** What a stream brings, part by part. */
export type StreamRecord =
  /**
   * An event reached the page. `data` may be cut (see {@link MAX_DATA}); `size` is its true size in UTF-16 code units.
   * `heard`: the page had a listener for this type. `injected`: the user made it.
   */
  | {
      type: 'dispatch';
      event: string;
      data: string;
      size: number;
      lastEventId: string;
      origin: string;
      heard: boolean;
      injected?: true;
    }
  /** Parts of the stream that fire no event. Only managed connections see them, and a tap (protocol/network.ts). */
  | { type: 'comment' | 'retry' | 'id'; value: string; size: number };

/** Why a managed connection ended, where its own response or body says it, or the network. */
export type Cause =
  | { type: 'end' }
  | { type: 'network' }
  /** The server does not allow this origin to read the answer. */
  | { type: 'cors' }
  /** The browser refused to make the request: CSP, mixed content, a scheme that cannot be fetched. */
  | { type: 'blocked' }
  /** `window.stop()`, or the browser's Stop button. */
  | { type: 'stopped' }
  | { type: 'status'; status: number }
  | { type: 'content-type'; contentType: string };

export interface Entry {
  /** Counts the entries of one document, from 1, without gaps: a missing one was let go by the ring of its journal. */
  seq: number;
  time: Milliseconds;
  source: SourceId;
  record: SourceRecord;
}

/** The year 10000. Dates far beyond it cannot be written, and a picture has a margin. */
export const LATEST: Milliseconds = 253_402_300_800_000;

/** What a journal keeps of one event's data, in UTF-16 code units; the page always gets all of it. */
export const MAX_DATA = 64 * 1024;
