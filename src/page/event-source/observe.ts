import { cut } from '../cut.ts';
import { CLOSED } from '../managed/connection.ts';
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
  typeOf,
} from '../pristine.ts';
import { onmessageOf, readyStateOf } from './native.ts';
import type { TrackedSource } from './sources.ts';

/** Has the page added a listener for events of this type? */
export function heard(object: EventSource, source: TrackedSource, type: string): boolean {
  return source.types[type] === true || (type === 'message' && onmessageOf(object) !== null);
}

/** First on the object, before any listener of the page, which therefore cannot stop our view of an event. */
const FIRST = bare({ capture: true });
/** What a source may fire without the page having asked for it. */
const ALWAYS = ['open', 'error', 'message'];

/**
 * Listens to what a native object fires. Changes nothing: the object, its events and its handlers stay the browser's
 * and the page's. Does not hold the object: only the object holds it.
 */
export class Observer {
  readonly #source: TrackedSource;
  readonly #handle: (event: Event) => void;
  /** The types that we listen for. */
  readonly #types = dictionary<true>();

  constructor(object: EventSource, source: TrackedSource) {
    this.#source = source;
    this.#handle = (event) => {
      // `isTrusted` cannot be forged: what the page dispatches itself is no fact about the connection.
      if (event.isTrusted && !source.connection) this.#see(currentTargetOf(event) as EventSource, event);
    };
    for (let index = 0; index < ALWAYS.length; index++) this.#add(object, ALWAYS[index] as string);
  }

  /** The page is about to add its first listener for this type: ours goes before it. */
  listen(object: EventSource, type: string): void {
    this.#source.types[type] = true;
    this.#add(object, type);
  }

  #add(object: EventSource, type: string): void {
    if (this.#types[type]) return;
    this.#types[type] = true;
    addEventListener(object, type, this.#handle, FIRST);
  }

  stop(object: EventSource): void {
    for (const type in this.#types) removeEventListener(object, type, this.#handle, FIRST);
  }

  #see(object: EventSource, event: Event): void {
    // A block with `event: error` fires a MessageEvent of that name: an event of the stream, not of the connection.
    if (isMessage(event)) this.#dispatched(object, event);
    else if (typeOf(event) === 'open') this.#opened();
    else if (typeOf(event) === 'error') this.#failed(object);
  }

  #dispatched(object: EventSource, event: MessageEvent): void {
    const source = this.#source;
    const type = typeOf(event);
    const data = dataOf(event) as string;
    source.lastEventId = lastEventIdOf(event);
    source.record({
      type: 'dispatch',
      event: cut(type),
      data: cut(data),
      size: data.length,
      lastEventId: cut(source.lastEventId),
      origin: originOf(event),
      heard: heard(object, source, type),
    });
  }

  #opened(): void {
    this.#answered();
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
