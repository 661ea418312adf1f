import type { Command, OrderId, Refusal } from './command.ts';
import type { NetworkFact } from './network.ts';
import type { DocumentId, DocumentInfo, Milliseconds } from './record.ts';
import type { Sender } from './sender.ts';

/** Raised whenever a message or record changes its shape. Versions are never negotiated: the page is reloaded. */
export const PROTOCOL_VERSION = 6;

/** From a document towards the panel. */
export type UpMessage =
  /** Says who is there; `time` is now, `last` is the seq of the newest entry. Answered with `subscribe`. */
  | { type: 'hello'; version: number; document: DocumentInfo; time: Milliseconds; last: number }
  /**
   * Entries in order of seq, as the JSON of an array of Entry (record.ts): each process that they cross passes on one text
   * instead of many objects. `after` is the seq of the last entry that was sent before: who does not have that one has
   * lost a message on the way, and subscribes anew. A gap behind it is what the ring let go before it could be sent.
   */
  | { type: 'entries'; document: DocumentId; after: number; entries: string }
  /** The document is being unloaded, or goes into the back/forward cache (then `hello` comes again later). */
  | { type: 'bye'; document: DocumentId; time: Milliseconds }
  | { type: 'outcome'; document: DocumentId; command: number; ok: boolean; reason?: Refusal }
  /** Which orders are in force in this document; told whenever that changes, and after each hello. */
  | { type: 'in-force'; document: DocumentId; orders: OrderId[] }
  /** Errors and rejections that nobody caught, since we asked: how many, and the first one's time and words (cut). */
  | { type: 'uncaught'; document: DocumentId; time: Milliseconds; count: number; message: string };

/** From the background to the DevTools page of a tab. */
export type Delivery =
  /** The scripts are registered, and injected into the page that is there (if it may be). */
  | { type: 'ready'; access: boolean }
  /** `lost`: facts that were let go before these, as no DevTools page was there in time to take them. */
  | { type: 'network'; facts: NetworkFact[]; lost: number }
  /** What a document sent, unread: an UpMessage, or anything. */
  | { type: 'from'; sender: Sender; message: unknown };

/** What the name of a runtime port says about who opened it: a bridge, or the DevTools page of a tab. */
export const BRIDGE_PORT = 'bridge';
export const DEVTOOLS_PORT = 'devtools:';

/** Asks the DevTools pages whether one of them inspects this tab; the one that does answers true. */
export interface WhoInspects {
  type: 'who-inspects';
  tab: number;
}

/** The DevTools page asks for the scripts in documents of its tab that were there before it, and come to be shown. */
export interface Enter {
  type: 'enter';
  tab: number;
}

/** Towards the documents of the inspected tab. Each takes what is addressed to it. */
export type DownMessage =
  /** Start (or start again) to send entries whose seq is greater than `after[document]`. */
  | { type: 'subscribe'; version: number; after: Record<DocumentId, number> }
  /** The session has every entry up to `seq`: the journal may let go of them, and more may be sent. */
  | { type: 'received'; document: DocumentId; seq: number }
  | { type: 'command'; command: number; document: DocumentId; do: Command }
  /** From now on, manage new connections from their construction, or leave them to the browser. */
  | { type: 'manage'; on: boolean }
  /** From now on, tell of errors and rejections that nobody catches, counting from zero; or do not. */
  | { type: 'watch-uncaught'; on: boolean }
  /** The way up was opened anew (by the bridge, after a lost port): stop sending, say hello. */
  | { type: 'greet' }
  /** Nobody inspects this tab (any more): undo every patch and free the journal. */
  | { type: 'dismiss' };

/**
 * In the storage that Firefox's background has in common with our DevTools pages: nobody inspects anything. See
 * background/quiet.ts.
 */
export const QUIET = 'quiet';
