import { cut } from '../cut.ts';
import { CLOSED } from '../managed/ready-state.ts';
import {
  addEventListener,
  bare,
  currentTargetOf,
  dataOf,
  dictionary,
  isMessage,
  lastEventIdOf,
  originOf,
  removeEventListener,
} from '../pristine.ts';
import { onerrorOf, onmessageOf, onopenOf, readyStateOf } from './native.ts';
import type { TrackedSource } from './sources.ts';

/** Has the page added a listener, or set a handler, for events of this type? */
export function heard(object: EventSource, source: TrackedSource, type: string): boolean {
  if (source.types[type] === true) return true;
  switch (type) {
    case 'message':
      return onmessageOf(object) !== null;
    // A block may have these names too.
    case 'error':
      return onerrorOf(object) !== null;
    case 'open':
      return onopenOf(object) !== null;
    default:
      return false;
  }
}

/** First on the object, before any listener of the page, which therefore cannot stop our view of an event. */
const FIRST = bare({ capture: true });

type Handler = (event: Event) => void;

/**
 * Listens to what a native object fires. Changes nothing: the object, its events and its handlers stay the browser's
 * and the page's. Does not hold the object: only the object holds it.
 *
 * What it does for each event, the page waits for: it asks the event for nothing that it knows already.
 */
export class Observer {
  readonly #source: TrackedSource;
  /** By the type that they listen for. */
  readonly #handlers = dictionary<Handler>();
  /** Of the events of this attempt; undefined until the first. */
  #origin: string | undefined;

  constructor(object: EventSource, source: TrackedSource) {
    this.#source = source;
    // What a source may fire without the page having asked for it.
    this.#add(object, 'open', (event) => {
      // A block with `event: open` fires a MessageEvent of that name: an event of the stream, not of the connection.
      if (isMessage(event)) this.#dispatched(event, 'open');
      else this.#opened();
    });
    this.#add(object, 'error', (event) => {
      if (isMessage(event)) this.#dispatched(event, 'error');
      else this.#failed(currentTargetOf(event) as EventSource);
    });
    this.#add(object, 'message', (event) => this.#dispatched(event as MessageEvent, 'message'));
  }

  /** The page is about to add its first listener for this type: ours goes before it. */
  listen(object: EventSource, type: string): void {
    this.#source.types[type] = true;
    if (this.#handlers[type]) return;
    this.#source.record({ type: 'listen', event: cut(type) });
    this.#add(object, type, (event) => this.#dispatched(event as MessageEvent, type));
  }

  stop(object: EventSource): void {
    for (const type in this.#handlers) removeEventListener(object, type, this.#handlers[type] as Handler, FIRST);
  }

  #add(object: EventSource, type: string, see: Handler): void {
    const handler = (event: Event) => {
      // `isTrusted` cannot be forged: what the page dispatches itself is no fact about the connection.
      if (event.isTrusted && !this.#source.connection) see(event);
    };
    this.#handlers[type] = handler;
    addEventListener(object, type, handler, FIRST);
  }

  #dispatched(event: MessageEvent, type: string): void {
    const source = this.#source;
    const data = dataOf(event) as string;
    const lastEventId = lastEventIdOf(event);
    this.#origin ??= originOf(event);
    source.lastEventId = lastEventId;
    source.record({
      type: 'dispatch',
      event: cut(type),
      data: cut(data),
      size: data.length,
      lastEventId: cut(lastEventId),
      origin: this.#origin,
      heard: source.types[type] === true || heard(currentTargetOf(event) as EventSource, source, type),
    });
  }

  #opened(): void {
    this.#answered();
    this.#origin = undefined;
    this.#source.record({ type: 'announce' });
  }

  #failed(object: EventSource): void {
    this.#answered();
    if (readyStateOf(object) === CLOSED) {
      this.#source.record({ type: 'fail', forced: false });
    } else {
      this.#source.reconnecting = true;
      this.#source.record({ type: 'reestablish', lastEventId: cut(this.#source.lastEventId), forced: false });
    }
  }

  /** The browser's reconnects are silent until they are answered; the answer tells that there was an attempt. */
  #answered(): void {
    const source = this.#source;
    if (!source.reconnecting) return;
    source.reconnecting = false;
    source.attempt++;
    const lastEventId = cut(source.lastEventId);
    source.record({ type: 'connect', attempt: source.attempt, lastEventId, carried: 'native', seen: 'answer' });
  }
}
