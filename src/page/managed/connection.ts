import type { Cause, Milliseconds, SourceRecord } from '../../protocol/record.ts';
import { cut } from '../cut.ts';
import { clearTimeout, setTimeout } from '../pristine.ts';
import type { BrowserProfile } from './browser-profile.ts';
import { readEventStream } from './event-stream.ts';
import { request } from './transport.ts';

export const CONNECTING = 0;
export const OPEN = 1;
export const CLOSED = 2;
export type ReadyState = typeof CONNECTING | typeof OPEN | typeof CLOSED;

/** What a connection acts on: in a page, one EventSource object and its journal. */
export interface Owner {
  url: string;
  withCredentials: boolean;
  record(record: SourceRecord): void;
  /** Dispatches on the page's object. What a listener throws is reported to the page and does not come back here. */
  fire(event: Event): void;
  heard(type: string): boolean;
}

/** Where the source stands when the connection is ours from now on. */
export interface Start {
  readyState: ReadyState;
  lastEventId: string;
  /** Number of the latest attempt. */
  attempt: number;
}

/**
 * The standard's connection, driven by us instead of the browser: fetch for the request, eventsource-parser for the
 * stream, the algorithm below for the rest.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface
 */
export class Connection {
  readyState: ReadyState;
  #lastEventId: string;
  #attempt: number;
  #reconnectionTime: Milliseconds;
  /** Aborts the attempt under way. Also its identity: what belongs to another one is over. */
  #current: AbortController | undefined;
  #timer: number | undefined;
  readonly #owner: Owner;
  readonly #profile: BrowserProfile;

  constructor(owner: Owner, profile: BrowserProfile, start: Start) {
    this.#owner = owner;
    this.#profile = profile;
    this.readyState = start.readyState;
    this.#lastEventId = start.lastEventId;
    this.#attempt = start.attempt;
    this.#reconnectionTime = profile.reconnectionTime;
  }

  /** Between two attempts: nothing is connected, nothing tries to. */
  get waiting(): boolean {
    return this.#timer !== undefined;
  }

  /** [spec] "The close() method must abort any instances of the fetch algorithm […] and set readyState to CLOSED." */
  close(): void {
    this.readyState = CLOSED;
    this.#abandon();
  }

  /** Drops the connection on the user's command, with all that a lost network would set off. */
  reset(): void {
    this.#reestablish(true, undefined);
  }

  /** [spec] "reestablish the connection" */
  #reestablish(forced: boolean, cause: Cause | undefined): void {
    this.#abandon();
    // [spec] "If the readyState attribute is set to CLOSED, abort the task."
    if (this.readyState === CLOSED) return;
    this.readyState = CONNECTING;
    this.#owner.record({
      type: 'reestablish',
      lastEventId: cut(this.#lastEventId),
      forced,
      ...(cause === undefined ? {} : { cause }),
    });
    // [spec] "Wait a delay equal to the reconnection time of the event source." The wait runs in parallel to the task
    // that fires the event: it starts before any listener runs.
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#connect();
    }, this.#reconnectionTime);
    this.#owner.fire(new Event('error'));
  }

  /** [spec] "fail the connection" */
  #fail(cause: Cause): void {
    this.#abandon();
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.#owner.record({ type: 'fail', forced: false, cause });
    this.#owner.fire(new Event('error'));
  }

  /** [spec] "announce the connection" */
  #announce(status: number): void {
    if (this.readyState === CLOSED) return;
    this.readyState = OPEN;
    this.#owner.record({ type: 'announce', status });
    this.#owner.fire(new Event('open'));
  }

  #abandon(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    const current = this.#current;
    this.#current = undefined;
    current?.abort();
  }

  async #connect(): Promise<void> {
    const attempt = new AbortController();
    this.#current = attempt;
    const isOver = () => this.#current !== attempt;
    this.#owner.record({
      type: 'connect',
      attempt: ++this.#attempt,
      lastEventId: cut(this.#lastEventId),
      carried: 'managed',
      seen: 'start',
    });
    try {
      const { url, withCredentials } = this.#owner;
      const response = await request({ url, withCredentials, lastEventId: this.#lastEventId, signal: attempt.signal });
      if (isOver()) return;
      const refusal = refusalOf(response);
      if (refusal) return this.#fail(refusal);
      await this.#read(response, isOver);
      if (!isOver()) this.#reestablish(false, { type: 'end' });
    } catch {
      // fetch and the body's reader reject on a lost network, and on our own abort, which is over by then.
      if (!isOver()) this.#reestablish(false, { type: 'network' });
    }
  }

  /** [spec] "When a successful response is received, process its body": resolves when the body has ended. */
  async #read(response: Response, isOver: () => boolean): Promise<void> {
    const { record, fire, heard } = this.#owner;
    const { announcedBy, idWithoutData, minimumReconnectionTime } = this.#profile;
    const { origin } = new URL(response.url);
    const announce = () => this.#announce(response.status);
    if (announcedBy === 'headers') announce();
    if (isOver() || !response.body) return;
    const listener = {
      firstByte() {
        if (announcedBy === 'body') announce();
      },
      id: (id: string) => {
        if (idWithoutData) this.#lastEventId = id;
        record({ type: 'id', value: cut(id), size: id.length });
      },
      event: (type: string, data: string, id: string | undefined) => {
        if (id !== undefined) this.#lastEventId = id;
        const lastEventId = this.#lastEventId;
        record({
          type: 'dispatch',
          event: cut(type),
          data: cut(data),
          size: data.length,
          lastEventId: cut(lastEventId),
          origin,
          heard: heard(type),
        });
        fire(new MessageEvent(type, { data, lastEventId, origin }));
      },
      retry: (time: number) => {
        this.#reconnectionTime = Math.max(time, minimumReconnectionTime);
        record({ type: 'retry', value: `${time}`, size: `${time}`.length });
      },
      comment: (text: string) => record({ type: 'comment', value: cut(text), size: text.length }),
    };
    await readEventStream(response.body, listener, isOver);
  }
}

/** [spec] "If res's status is not 200, or if res's `Content-Type` is not `text/event-stream`, then fail the connection." */
function refusalOf(response: Response): Cause | undefined {
  if (response.status !== 200) return { type: 'status', status: response.status };
  const contentType = response.headers.get('content-type') ?? '';
  const essence = contentType.split(';', 1)[0]?.trim().toLowerCase();
  return essence === 'text/event-stream' ? undefined : { type: 'content-type', contentType: cut(contentType) };
}
