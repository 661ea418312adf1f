import type { Delivery, DownMessage } from '../protocol/message.ts';
import { PROTOCOL_VERSION } from '../protocol/message.ts';
import type { NetworkFact } from '../protocol/network.ts';
import { type ParsedMessage, parseUp } from '../protocol/parse.ts';
import type { Port } from '../protocol/port.ts';
import type { DocumentId } from '../protocol/record.ts';
import type { Sender } from '../protocol/sender.ts';
import { inTurns } from './turns.ts';

/** UTF-16 code units of entries: what is understood in some milliseconds. */
const AT_ONCE = 256 * 1024;

/** What a link tells its session. */
export interface LinkListener {
  /** The way to the documents was lost; the link is making a new one. */
  lost(): void;
  /** The scripts are in the page, or may not be there. */
  ready(access: boolean): void;
  network(facts: NetworkFact[], lost: number): void;
  message(message: ParsedMessage, sender: Sender): void;
  /** Something came that is not of the protocol. */
  malformed(): void;
}

export interface Link {
  /** Asks a document for what follows the entry `after`. */
  subscribe(document: DocumentId, after: number): void;
  send(message: DownMessage): void;
}

/**
 * The way from the DevTools page to the documents of its tab. The background may be stopped at any time, which closes
 * the port: then a new one starts it again, and whoever says hello is asked for what is missing.
 */
export function link(open: () => Port<DownMessage, Delivery> | undefined, listener: LinkListener): Link {
  let port: Port<DownMessage, Delivery> | undefined;
  const take = (value: Delivery) => {
    if (value.type === 'ready') return listener.ready(value.access);
    if (value.type === 'network') return listener.network(value.facts, value.lost);
    // What the background says of it may be trusted; what is in it may not.
    const message = parseUp(value.message);
    if (message) listener.message(message, value.sender);
    else listener.malformed();
  };
  const turns = inTurns(take, sizeOf, AT_ONCE);
  const connect = () => {
    port = open();
    port?.onMessage(turns.add);
    port?.onClose(() => {
      // What has come is there, whatever becomes of the way.
      turns.flush();
      listener.lost();
      connect();
    });
  };
  connect();
  return {
    send: (message) => port?.post(message),
    subscribe: (document, after) =>
      port?.post({ type: 'subscribe', version: PROTOCOL_VERSION, after: { [document]: after } }),
  };
}

/** Of what has to be understood: the entries are one text. */
function sizeOf(value: Delivery): number {
  const { entries } = (value.type === 'from' ? (value.message as { entries?: unknown } | null) : null) ?? {};
  return typeof entries === 'string' ? entries.length : 0;
}
