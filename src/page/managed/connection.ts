import type { FaultType } from '../../protocol/command.ts';
import type { Cause } from '../../protocol/record.ts';
import { cut } from '../cut.ts';
import { injector } from '../faults/injection.ts';
import type { Passage } from '../faults/passage.ts';
import type { Ground } from '../ground.ts';
import { clearTimeout, random, setTimeout, simpleEvent } from '../pristine.ts';
import { drained, QUIET, type Queue } from '../task-queue.ts';
import { causeOf, ending, originOfAnswer, refusalOf, requestUrl } from './causes.ts';
import { interpreter, type Owner, type StreamState } from './interpreter.ts';
import { abortable, bodyOf, eachChunk, redirectedOf, responseUrlOf, statusOf } from './pristine-fetch.ts';
import { CLOSED, CONNECTING, OPEN, type ReadyState } from './ready-state.ts';
import { exchange } from './transport.ts';

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
  /** Takes blocks of the user's, while there is a stream; before, they are kept. */
  #inject: ((blocks: string) => void) | undefined;
  #injected = '';
  readonly #owner: Owner;
  readonly #ground: Omit<Ground, 'orders'>;

  constructor(owner: Owner, ground: Omit<Ground, 'orders'>, start: Start) {
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
    this.#owner.ended();
  }

  /** As if the server had sent this ID before. */
  resumeFrom(lastEventId = this.#state.lastEventId): void {
    this.#state.lastEventId = lastEventId;
  }

  /** Drops the connection on the user's command, with all that a lost network would set off. */
  reset(fault: FaultType = 'reset'): void {
    this.#reestablish({ type: 'network' }, fault);
  }

  /** Fails the connection on the user's command. */
  fail(): void {
    this.#fail(undefined, 'fail');
  }

  /** The block comes as if the server had sent it: now, or as the first thing of the next stream. */
  inject(block: string): void {
    if (this.#inject) this.#inject(block);
    else this.#injected += block;
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
  #reestablish(cause: Cause, fault: FaultType | undefined): void {
    const next = this.#succeed();
    this.#ground.queue(() => {
      // [spec] "If the readyState attribute is set to CLOSED, abort the task."
      if (this.#current !== next) return;
      this.readyState = CONNECTING;
      const lastEventId = cut(this.#state.lastEventId);
      this.#owner.record({ type: 'reestablish', lastEventId, ...ending(cause, fault) });
      // [spec] "Wait a delay equal to the reconnection time of the event source." The wait runs in parallel to the task
      // that fires the event: it starts before any listener runs.
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        void this.connect();
      }, this.#state.reconnectionTime);
      this.#owner.fire(simpleEvent('error'));
    });
  }

  /** [spec] "fail the connection" */
  #fail(cause: Cause | undefined, fault?: FaultType): void {
    const next = this.#succeed();
    this.#ground.queue(() => {
      if (this.#current === next) this.#failNow(cause, fault);
    });
  }

  #failNow(cause: Cause | undefined, fault?: FaultType): void {
    this.close();
    this.#owner.record({ type: 'fail', ...ending(cause, fault) });
    this.#owner.fire(simpleEvent('error'));
  }

  #abandon(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#inject = undefined;
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
    const passage = this.#owner.passage();
    const attempt = this.#succeed(() => {
      abort();
      passage.over();
    });
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
    const url = requestUrl(this.#url, this.#ground.profile);
    if (url === undefined) return this.#fail({ type: 'blocked' });
    const { response, fate, forget } = passage.exchange(url, () =>
      exchange({ id: request, url, withCredentials, lastEventId, signal }, this.#ground.background),
    );
    let answered = false;
    try {
      const answer = await response;
      answered = true;
      await this.#process(answer, passage, isOver);
      forget();
    } catch {
      // fetch and the body's reader reject on a lost network, and on our own abort, which is over by then.
      if (isOver()) return forget();
      const how = await fate();
      if (isOver()) return;
      // What may be read cannot have been denied.
      const end = causeOf(answered && how === 'denied' ? 'network' : how, this.#url);
      if (end.type === 'network' && how !== 'final') this.#reestablish(end, passage.fault);
      else this.#fail(end, passage.fault);
    }
  }

  /** [spec] "process response": resolves when the body has ended, and rejects when it breaks. */
  async #process(response: Response, passage: Passage, isOver: () => boolean): Promise<void> {
    if (isOver()) return;
    const { profile } = this.#ground;
    if (redirectedOf(response) && profile.reconnectsTo === 'redirected') this.#url = responseUrlOf(response);
    const refusal = refusalOf(response, profile);
    if (refusal) return this.#fail(refusal, passage.fault);

    const task: Queue = (step) => this.#ground.queue(() => (isOver() ? QUIET : step()));
    let isAnnounced = false;
    const announce = () => {
      if (!isAnnounced) task(() => this.#announce(statusOf(response)));
      isAnnounced = true;
    };
    // [firefox] fetch has a response at the first byte of its body, or its end: a byte that is held back is no byte yet.
    if (profile.opens === 'at the headers') announce();
    const origin = originOfAnswer(response, this.#url, profile);
    const interpret = interpreter(this.#owner, this.#state, profile, origin, task);
    const inject = injector(this.#owner, this.#state, profile, origin, task);
    this.#inject = (blocks) => {
      announce();
      inject(blocks);
    };
    if (this.#injected !== '') this.#inject(this.#injected);
    this.#injected = '';
    try {
      await passage.body(
        (take) => eachChunk(bodyOf(response), take),
        (bytes) => {
          announce();
          interpret(bytes);
          // A page that is slower than its server gets no longer queue than two chunks make.
          return drained(this.#ground.queue);
        },
      );
      announce();
    } finally {
      if (passage.fault === undefined) announce();
      // What was queued before the end, or the failure, comes before it.
      await drained(this.#ground.queue);
    }
    if (!isOver()) this.#reestablish({ type: 'end' }, passage.fault);
  }

  /** [spec] "announce the connection" */
  #announce(status: number): undefined {
    this.readyState = OPEN;
    this.#owner.record({ type: 'announce', status });
    this.#owner.fire(simpleEvent('open'));
  }
}
