/**
 * What a managed connection needs of the background, because the page's own world has no API of the extension. A page
 * asks the bridge, which asks the background by `runtime.sendMessage`: that starts a background which was stopped, and
 * also works while nobody inspects the tab any longer.
 */

/** 32 hex digits, random: names one request, and marks its URL where a header must be set on the wire. */
export type RequestId = string;

export type Ask =
  /**
   * A request will be made, to this URL; watch for it. With `lastEventId`: set that header on the request whose URL has
   * the id of the request as its fragment, which never reaches the server.
   */
  | { type: 'expect'; request: RequestId; url: string; lastEventId?: string }
  /** Its headers were answered: set the header no more. */
  | { type: 'answered'; request: RequestId }
  /** It failed, and fetch does not say how. What does the network say? Nothing more is asked about it then. */
  | { type: 'fate'; request: RequestId }
  /** Nothing more is asked about it. */
  | { type: 'forget'; request: RequestId };

/**
 * How a request ended: `unseen`: the browser refused to make it (CSP, mixed content, a scheme that cannot be fetched) ·
 * `denied`: it was answered, and the page may not read the answer (CORS) · `aborted`: the browser was told to stop ·
 * `final`: the network failed in a way after which this browser's own EventSource does not come back · `network`:
 * anything else.
 */
export type Fate = 'unseen' | 'denied' | 'aborted' | 'final' | 'network';

export type Answer =
  /** `resumed`: the header is going to be set. */
  { type: 'expected'; resumed: boolean } | { type: 'fate'; fate: Fate };

/** From the page to the bridge. */
export interface AskMessage {
  type: 'ask';
  /** Counts the questions of one document, from 1. */
  number: number;
  ask: Ask;
}

/** From the bridge to the page; without an answer where the background had none. */
export interface AnswerMessage {
  type: 'answer';
  number: number;
  answer?: Answer | undefined;
}

/** From the DevTools page to the background: new connections in the documents of this tab are to be managed, or not. */
export interface ManageNew {
  type: 'manage-new';
  tab: number;
  on: boolean;
}

/**
 * How a document learns, before its first script, that its new connections are to be managed: a metric of this name in
 * a Server-Timing header, which a rule of the background adds to the documents of the tab.
 */
export const MANAGE_METRIC = 'sse-lifeline';
/** The same as an event on `document`, where the browser does not tell a document of its own answer. */
export const MANAGE_EVENT = 'sse-lifeline:manage';
