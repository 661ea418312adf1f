import type { Fault, FaultType } from '../../protocol/command.ts';
import type { BrowserProfile } from '../managed/browser-profile.ts';
import { originOfUrl, ownOrigin, responseOf } from '../managed/pristine-fetch.ts';
import type { Exchange } from '../managed/transport.ts';
import { bare, now, Promised } from '../pristine.ts';
import { BEGINNING, type Piece, Splitter, tailOf } from './blocks.ts';
import { type Chunk, sizeOf } from './bytes.ts';
import { effect } from './effect.ts';
import type { Force } from './force.ts';
import { Pause } from './pause.ts';
import type { Part, Take } from './stage.ts';

/** What is between one attempt and the network: nothing, or what the user wants it to live through. */
export class Passage {
  /** The fault that ended the attempt. */
  fault: FaultType | undefined;
  readonly #profile: BrowserProfile;
  readonly #each: (visit: (force: Force) => void) => void;
  readonly #over: () => void;
  #release = () => {};
  /** Stages from the body to the page. */
  readonly #stages: Take[] = bare([]);
  /** What the first of them gets. */
  #splitter: Splitter | undefined;
  #tail = BEGINNING;
  /** What takes the bytes that arrive; undefined until there is a body, and after its end. */
  #sink: ((bytes: Chunk) => Promise<unknown>) | undefined;
  #lost = () => {};

  constructor(profile: BrowserProfile, each: (visit: (force: Force) => void) => void, over: () => void) {
    this.#profile = profile;
    this.#each = each;
    this.#over = over;
  }

  /** The attempt is over, whoever ended it. */
  over(): void {
    this.#sink = undefined;
    this.#release();
    this.#over();
  }

  /** A fault comes into force while the attempt is under way. */
  attach(force: Force): void {
    if (!this.#sink) return;
    const index = this.#stages.length;
    const { isBetween } = new Splitter(this.#tail);
    const lose = () => {
      this.fault = force.order.fault.type;
      this.#lost();
    };
    const take = effect(force, (part) => this.#pass(part, index + 1), isBetween, lose);
    if (!take) return;
    force.use();
    const { release } = force;
    const others = this.#release;
    this.#release = () => {
      others();
      release();
    };
    this.#splitter ??= new Splitter(this.#tail);
    this.#stages[index] = take;
  }

  /**
   * Brings a body to the page: `read` gives each chunk to its callback, until that says false; `sink` takes what arrives,
   * and says false when it wants no more. Resolves and rejects as `read` does, when that has arrived.
   */
  body(
    read: (take: (bytes: Chunk) => Promise<boolean>) => Promise<void>,
    sink: (bytes: Chunk) => Promise<unknown>,
  ): Promise<void> {
    return new Promised((done, fail) => {
      this.#lost = () => fail(undefined);
      this.#sink = sink;
      this.#each((force) => this.attach(force));
      const enter = async () => {
        let end = done;
        try {
          await read(async (bytes) => {
            await this.#enter(bytes);
            return this.#sink !== undefined;
          });
        } catch (error) {
          end = () => fail(error);
        }
        await this.#pass(() => end(), 0);
        // Nobody waits for what is over.
        if (!this.#sink) done();
      };
      void enter();
    });
  }

  async #enter(bytes: Chunk): Promise<void> {
    const pieces = this.#splitter?.split(bytes);
    if (!pieces) await this.#pass({ bytes }, 0);
    else for (let index = 0; index < pieces.length; index++) await this.#pass(pieces[index] as Piece, 0);
  }

  /** Gives to the stage with this index, or to the page behind the last one. */
  async #pass(part: Part, index: number): Promise<void> {
    const take = this.#stages[index];
    const sink = this.#sink;
    if (take) {
      await take(part);
    } else if (typeof part === 'function') {
      this.#sink = undefined;
      if (sink) part();
    } else if (sink && sizeOf(part.bytes) > 0) {
      this.#tail = tailOf(this.#tail, part.bytes);
      await sink(part.bytes);
    }
  }

  /** The exchange of this attempt with its server, made by `make`. */
  exchange(url: string, make: () => Exchange): Exchange {
    const refusal = this.#use('refuse') ?? this.#first('outage');
    if (refusal) {
      this.#ends(refusal);
      const fate = originOfUrl(url) === ownOrigin ? undefined : this.#profile.refusedElsewhere;
      return {
        response: new Promised((_, fail) => fail(refusal)),
        fate: async () => fate,
        forget() {},
      };
    }
    const { response, fate, forget } = make();
    return {
      response: this.#answer(response),
      fate: async () => {
        const how = this.fault === undefined ? await fate() : undefined;
        if (this.fault !== undefined) forget();
        return how;
      },
      forget,
    };
  }

  async #answer(real: Promise<Response>): Promise<Response> {
    const hang = this.#use('hang');
    const respond = this.#use('respond');
    const pause = new Pause();
    const until = hang ? now() + hang.order.fault.duration : 0;
    if (hang) {
      this.#release = () => pause.release();
      hang.release = this.#release;
      hang.act();
      hang.tell();
    }
    try {
      const response = await real;
      if (!respond) return response;
      this.#ends(respond);
      const { status, contentType } = respond.order.fault;
      return responseOf(status, contentType);
    } finally {
      if (hang) await pause.until(until);
    }
  }

  #ends(force: Force): void {
    this.fault = force.order.fault.type;
    force.act();
    force.tell();
  }

  #use<T extends FaultType>(type: T) {
    const force = this.#first(type);
    force?.use();
    return force;
  }

  #first<T extends FaultType>(type: T) {
    let first: Force | undefined;
    this.#each((force) => {
      if (force.order.fault.type === type) first ??= force;
    });
    return first as (Force & { order: { fault: Extract<Fault, { type: T }> } }) | undefined;
  }
}
