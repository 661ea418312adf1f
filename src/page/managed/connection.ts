import type { Cause, Milliseconds } from '../../protocol/record.ts';
import type { Background } from '../background.ts';
import { cut } from '../cut.ts';
import { clearTimeout, min, Promised, random, setTimeout, simpleEvent } from '../pristine.ts';
import { QUIET, type Queue } from '../task-queue.ts';
import type { BrowserProfile } from './browser-profile.ts';
import { causeOf, isHttp, refusalOf } from './causes.ts';
import { interpreter, type Owner, type StreamState } from './interpreter.ts';
import {
  abortable,
  bodyOf,
  eachChunk,
  originOfUrl,
  redirectedOf,
  responseUrlOf,
  statusOf,
  withoutCredentials,
} from './pristine-fetch.ts';
import { exchange } from './transport.ts';

export const CONNECTING = 0;
export const OPEN = 1;
export const CLOSED = 2;
export type ReadyState = typeof CONNECTING | typeof OPEN | typeof CLOSED;

/** A timer that is set to more fires at once. */
const LONGEST_WAIT: Milliseconds = 0x7fff_ffff;

/** What all connections of a document share. */
export interface Ground {
  profile: BrowserProfile;
  queue: Queue;
  background: Background;
}

/** Where the source stands when the connection is ours from now on. */
export interface Start {
  readyState: ReadyState;
  lastEventId: string;
  /** Number of the latest attempt. */
  attempt: number;
}

/** One try to connect. Its identity tells whether what arrives still matters. */
interface Attempt {
  abort(): void;
}

/**
 * The standard's connection, driven by us instead of the browser: fetch for the request, eventsource-parser for the
 * stream, the algorithm below for the rest.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface
 */
export class Connection {
  readyState: ReadyState;
  #url: string;
  #attempt: number;
  readonly #state: StreamState;
  /** The attempt under way. */
  #current: Attempt | undefined;
  #timer: number | undefined;
  readonly #owner: Owner;
  readonly #ground: Ground;

  constructor(owner: Owner, ground: Ground, start: Start) {
    this.#owner = owner;
    this.#ground = ground;
    this.#url = owner.url;
    this.readyState = start.readyState;
    this.#attempt = start.attempt;
    this.#state = { lastEventId: start.lastEventId, reconnectionTime: ground.profile.reconnectionTime };
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

  /** `window.stop()` was called: what is under way fails, a wait goes on. */
  stop(): void {
    if (!this.#current || this.waiting) return;
    if (this.#ground.profile.stops === 'at once') this.#failNow({ type: 'stopped' });
    else this.#fail({ type: 'stopped' });
  }

  /** The document goes for good. */
  leave(): void {
    if (this.#ground.profile.failsWhenLeft) this.stop();
    else this.close();
  }

  /** [spec] "reestablish the connection" */
  #reestablish(forced: boolean, cause: Cause | undefined): void {
    const next = this.#succeed();
    this.#ground.queue(() => {
      // [spec] "If the readyState attribute is set to CLOSED, abort the task."
      if (this.#current !== next) return;
      this.readyState = CONNECTING;
      const lastEventId = cut(this.#state.lastEventId);
      this.#owner.record({ type: 'reestablish', lastEventId, forced, ...(cause === undefined ? {} : { cause }) });
      // [spec] "Wait a delay equal to the reconnection time of the event source." The wait runs in parallel to the task
      // that fires the event: it starts before any listener runs.
      this.#timer = setTimeout(
        () => {
          this.#timer = undefined;
          void this.connect();
        },
        min(this.#state.reconnectionTime, LONGEST_WAIT),
      );
      this.#owner.fire(simpleEvent('error'));
    });
  }

  /** [spec] "fail the connection" */
  #fail(cause: Cause): void {
    const next = this.#succeed();
    this.#ground.queue(() => {
      if (this.#current === next) this.#failNow(cause);
    });
  }

  #failNow(cause: Cause): void {
    this.close();
    this.#owner.record({ type: 'fail', forced: false, cause });
    this.#owner.fire(simpleEvent('error'));
  }

  #abandon(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    const current = this.#current;
    this.#current = undefined;
    current?.abort();
  }

  /** Ends the attempt under way; what is queued of it is over. What follows has the identity that this gives. */
  #succeed(abort: () => void = () => {}): Attempt {
    this.#abandon();
    const next = { abort };
    this.#current = next;
    return next;
  }

  /** Makes an attempt. */
  async connect(): Promise<void> {
    const { signal, abort } = abortable();
    const attempt = this.#succeed(abort);
    const isOver = () => this.#current !== attempt;
    const { withCredentials, record } = this.#owner;
    const { lastEventId } = this.#state;
    this.#attempt++;
    const request = random();
    record({
      type: 'connect',
      attempt: this.#attempt,
      lastEventId: cut(lastEventId),
      carried: 'managed',
      seen: 'start',
      request,
    });
    const { localStreams, credentialsInUrl } = this.#ground.profile;
    if (!localStreams && !isHttp(this.#url)) return this.#fail({ type: 'blocked' });
    const url = credentialsInUrl === 'left out' ? withoutCredentials(this.#url) : this.#url;
    const { response, fate, forget } = exchange(
      { id: request, url, withCredentials, lastEventId, signal },
      this.#ground.background,
    );
    let answered = false;
    try {
      const answer = await response;
      answered = true;
      await this.#process(answer, isOver);
      forget();
    } catch {
      // fetch and the body's reader reject on a lost network, and on our own abort, which is over by then.
      if (isOver()) return forget();
      const how = await fate();
      if (isOver()) return;
      // What may be read cannot have been denied.
      const end = causeOf(answered && how === 'denied' ? 'network' : how, this.#url);
      if (end.type === 'network' && how !== 'final') this.#reestablish(false, end);
      else this.#fail(end);
    }
  }

  /** [spec] "process response": resolves when the body has ended, and rejects when it breaks. */
  async #process(response: Response, isOver: () => boolean): Promise<void> {
    if (isOver()) return;
    const { profile } = this.#ground;
    if (redirectedOf(response) && profile.reconnectsTo === 'redirected') this.#url = responseUrlOf(response);
    const refusal = refusalOf(response, profile);
    if (refusal) return this.#fail(refusal);

    const task: Queue = (step) => this.#ground.queue(() => (isOver() ? QUIET : step()));
    // [firefox] fetch has a response at the first byte of its body, or its end; so does an EventSource.
    task(() => {
      this.#announce(statusOf(response));
      return undefined;
    });
    const answered = redirectedOf(response) || profile.originOf === 'the answer' ? responseUrlOf(response) : '';
    const origin = originOfUrl(answered === '' ? this.#url : answered);
    const interpret = interpreter(this.#owner, this.#state, profile, origin, task);
    try {
      await eachChunk(bodyOf(response), async (bytes) => {
        if (isOver()) return false;
        interpret(bytes);
        // A page that is slower than its server gets no longer queue than two chunks make.
        await this.#drained();
        return !isOver();
      });
    } finally {
      // What was queued before the end, or the failure, comes before it.
      await this.#drained();
    }
    if (!isOver()) this.#reestablish(false, { type: 'end' });
  }

  /** [spec] "announce the connection" */
  #announce(status: number): void {
    this.readyState = OPEN;
    this.#owner.record({ type: 'announce', status });
    this.#owner.fire(simpleEvent('open'));
  }

  /** Resolves when all tasks that are queued by now have run. */
  #drained(): Promise<void> {
    return new Promised((done) =>
      this.#ground.queue(() => {
        done();
      }),
    );
  }
}
