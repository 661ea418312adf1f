import type { Answer, Ask, AskMessage } from '../protocol/ask.ts';
import type { DownMessage, UpMessage } from '../protocol/message.ts';
import type { Port } from '../protocol/port.ts';
import type { PageEnd } from './accept.ts';

export type Way = Port<UpMessage, DownMessage>;

/**
 * Carries messages between the page script and the background, and looks into none but three: `dismiss`, which ends the
 * page script; `greet`, which it says itself when the way up is new; and `ask`, which it hands to the background beside
 * the way, also after the dismissal. Buffers nothing: what is lost on the way is still in the page's journal.
 */
export class Relay {
  #page: PageEnd | undefined;
  #way: Way | undefined;
  readonly #open: () => Way | undefined;
  readonly #ask: (ask: Ask) => Promise<Answer | undefined>;

  /** `open` makes a new way to the background, or nothing when the extension has gone (reloaded, removed). */
  constructor(open: () => Way | undefined, ask: (ask: Ask) => Promise<Answer | undefined>) {
    this.#open = open;
    this.#ask = ask;
  }

  get hasPage(): boolean {
    return this.#page !== undefined;
  }

  /** Takes a page script, unless there is one. */
  take(page: () => PageEnd): boolean {
    if (this.#page) return false;
    const taken = page();
    this.#page = taken;
    taken.port.onMessage((message) => {
      if (message.type === 'ask') void this.#answer(taken, message);
      else if (this.#page === taken) this.#way?.post(message);
    });
    taken.onFarewell((messages) => {
      if (this.#page !== taken) return;
      for (const message of messages) this.#way?.post(message);
    });
    if (this.#way) taken.port.post({ type: 'greet' });
    else this.reopen();
    return true;
  }

  /** Begins anew: after a lost way, out of the back/forward cache, or when the background asks by injecting us again. */
  reopen(): void {
    this.#way?.close();
    this.#way = this.#open();
    const way = this.#way;
    if (!way) return;
    way.onMessage((message) => {
      this.#page?.port.post(message);
      if (message.type === 'dismiss') this.#dismissed();
    });
    way.onClose(() => {
      if (this.#way === way) this.#way = undefined;
    });
    this.#page?.port.post({ type: 'greet' });
  }

  async #answer({ port }: PageEnd, { number, ask }: AskMessage): Promise<void> {
    port.post({ type: 'answer', number, answer: await this.#ask(ask) });
  }

  #dismissed(): void {
    this.#page = undefined;
    this.#way?.close();
    this.#way = undefined;
  }
}
