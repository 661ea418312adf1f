import type { AnswerMessage } from '../protocol/ask.ts';
import type { OrderId } from '../protocol/command.ts';
import type { DownMessage, UpMessage } from '../protocol/message.ts';
import { PROTOCOL_VERSION } from '../protocol/message.ts';
import type { Port } from '../protocol/port.ts';
import type { Bytes, DocumentInfo, Milliseconds } from '../protocol/record.ts';
import { encode } from './encode.ts';
import type { Journal } from './journal.ts';
import { bare, now, setTimeout } from './pristine.ts';

/** One message per animation frame is as much as anyone can look at. */
const BATCH_INTERVAL: Milliseconds = 16;
/** What the panel takes in some milliseconds: it can draw between two messages. */
const BATCH_SIZE: Bytes = 256 * 1024;
/** A page that is busy gets a turn seldom, and then has much to send. */
const BATCHES = 4;
/**
 * Messages that may be on the way. Who is slow to take them is sent no more: the journal waits, and counts its losses. As
 * many as this, because DevTools' own recording of a burst holds up our messages too, for seconds: with four, the journal
 * of a page that got 200,000 events at once was too small for what waited (npm run bench -- path).
 */
const WINDOW = 64;

type Command = Extract<DownMessage, { type: 'command' }>;
type Outcome = Extract<UpMessage, { type: 'outcome' }>;

export interface Publisher {
  /** Call after each new entry. */
  added(): void;
  /** Which orders are in force from now on. */
  inForce(orders: OrderId[]): void;
  /** The tab came to the document, which had been prerendered: says the hello that it held back. */
  appear(): void;
  /** Everything that is not known to have arrived, and `bye`, as the JSON of messages: for when the document goes away. */
  farewell(): string;
  stop(): void;
}

/** What comes from the other end, and is not about the journal. */
export interface Orders {
  run(command: Command): Outcome;
  manage(on: boolean): void;
  dismissed(): void;
}

/**
 * Sends the journal to whoever subscribes, in batches, and hands on what is asked of the document. One that no tab shows
 * yet (`hidden`) says nothing until it appears: its hello would say that the tab had left the one that it shows.
 */
export function publish(
  journal: Journal,
  document: DocumentInfo,
  port: Port<UpMessage, DownMessage | AnswerMessage>,
  orders: Orders,
  hidden = false,
): Publisher {
  /** seq of the last entry sent to the subscriber; undefined while there is none. */
  let sent: number | undefined;
  let scheduled = false;
  /** seq of the last entry of each message on the way, oldest first, from `first`. */
  let unconfirmed: number[] = bare([]);
  let first = 0;

  /** The message that follows what was `sent`; counts as sent. */
  const nextBatch = (after: number): UpMessage | undefined => {
    const entries = journal.after(after, BATCH_SIZE);
    const last = entries[entries.length - 1];
    if (!last) return undefined;
    sent = last.seq;
    unconfirmed[unconfirmed.length] = sent;
    return { type: 'entries', document: document.id, after, entries: encode(entries) };
  };
  const confirm = (seq: number) => {
    while (first < unconfirmed.length && (unconfirmed[first] ?? 0) <= seq) first++;
    if (first < unconfirmed.length) return;
    unconfirmed = bare([]);
    first = 0;
  };
  const isReady = () => sent !== undefined && sent < journal.last && unconfirmed.length - first < WINDOW;
  const schedule = () => {
    if (scheduled || !isReady()) return;
    scheduled = true;
    setTimeout(() => {
      scheduled = false;
      for (let batch = 0; batch < BATCHES && isReady(); batch++) {
        const message = nextBatch(sent ?? 0);
        if (!message) return;
        port.post(message);
      }
      schedule();
    }, BATCH_INTERVAL);
  };
  let inForce: OrderId[] = bare([]);
  const tellInForce = () => {
    if (!hidden) port.post({ type: 'in-force', document: document.id, orders: inForce });
  };
  const greet = () => {
    sent = undefined;
    if (!hidden) port.post({ type: 'hello', version: PROTOCOL_VERSION, document, time: now(), last: journal.last });
    tellInForce();
  };
  const stop = port.onMessage((message) => {
    switch (message.type) {
      case 'greet':
        greet();
        break;
      case 'subscribe': {
        const after = message.after[document.id];
        if (after === undefined || message.version !== PROTOCOL_VERSION) break;
        sent = after;
        confirm(Number.POSITIVE_INFINITY);
        schedule();
        break;
      }
      case 'received':
        if (message.document !== document.id) break;
        journal.release(message.seq);
        confirm(message.seq);
        schedule();
        break;
      case 'command':
        if (message.document === document.id) port.post(orders.run(message));
        break;
      case 'manage':
        orders.manage(message.on);
        break;
      case 'dismiss':
        orders.dismissed();
        break;
    }
  });

  return {
    added: schedule,
    inForce(orders) {
      inForce = orders;
      tellInForce();
    },
    appear() {
      hidden = false;
      greet();
    },
    farewell() {
      const messages: UpMessage[] = bare([]);
      if (hidden) return encode(messages);
      // All that was not confirmed. What is on the way to the bridge ends with the document, or waits until it is back;
      // and who was told that this document is there may not have asked yet. What comes twice is taken once.
      for (let message = nextBatch(0); message; message = nextBatch(sent ?? 0)) messages[messages.length] = message;
      messages[messages.length] = { type: 'bye', document: document.id, time: now() };
      sent = undefined;
      return encode(messages);
    },
    stop,
  };
}
