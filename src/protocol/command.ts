/** What the user asks a page for. A command changes nothing that is shown: its effect comes back as facts. */

/** Drop the connection as a lost network would: `error`, readyState CONNECTING, reconnect with the id kept. */
export interface Reset {
  type: 'reset';
}

export type Command = Reset;

/** Why a command did nothing. */
export type Refusal =
  /** No such source in that document, or the page has let go of it. */
  | 'gone'
  /** The source is CLOSED for good; there is nothing to drop. */
  | 'closed'
  /** The source waits to reconnect; there is no connection to drop. */
  | 'waiting';
