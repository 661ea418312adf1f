import type { Fault, FaultType } from '../../protocol/command.ts';
import type { BrowserProfile } from '../managed/browser-profile.ts';
import { originOfUrl, ownOrigin, responseOf } from '../managed/pristine-fetch.ts';
import type { Exchange } from '../managed/transport.ts';
import { now, Promised } from '../pristine.ts';
import type { Force } from './force.ts';
import { Pause } from './pause.ts';

/** What is between one attempt and the network: nothing, or what the user wants it to live through. */
export class Passage {
  /** The fault that ended the attempt. */
  fault: FaultType | undefined;
  readonly #profile: BrowserProfile;
  readonly #each: (visit: (force: Force) => void) => void;
  readonly #over: () => void;
  #release = () => {};

  constructor(profile: BrowserProfile, each: (visit: (force: Force) => void) => void, over: () => void) {
    this.#profile = profile;
    this.#each = each;
    this.#over = over;
  }

  /** The attempt is over, whoever ended it. */
  over(): void {
    this.#release();
    this.#over();
  }

  /** A fault comes into force while the attempt is under way. */
  attach(_force: Force): void {}

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
        if (this.fault === undefined) return fate();
        forget();
        return undefined;
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
    if (force) force.share.used++;
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
