import type { Answer, Ask, AskMessage } from '../protocol/ask.ts';
import type { DownMessage, UpMessage } from '../protocol/message.ts';
import type { Port } from '../protocol/port.ts';
import type { Milliseconds } from '../protocol/record.ts';
import type { PageEnd } from './accept.ts';

export type Way = Port<UpMessage, DownMessage>;

/**
 * How long a bridge whose way was closed waits to be called. Longer than the background takes to come back; and than the
 * extension takes to go: [chrome] for up to 230 ms after its ports were closed (measured), its scripts can open others,
 * which nobody answers and nothing closes.
 */
const PATIENCE: Milliseconds = 1000;

/**
 * Carries messages between the page script and the background, and looks into none but three: `dismiss`, which ends the
 * page script; `greet`, which it says itself when the way up is new; and `ask`, which it hands to the background beside
 * the way, also after the dismissal. Buffers nothing: what is lost on the way is still in the page's journal.
 */
export class Relay {
  #page: PageEnd | undefined;
  #forgetFarewell = () => {};
  #way: Way | undefined;
  readonly #open: () => Way | undefined;
  readonly #ask: (ask: Ask) => Promise<Answer | undefined>;
  readonly #left: () => void;

  /**
   * `open` makes a new way to the background, or nothing when the extension has gone (reloaded, updated, removed).
   * `left` is called when this relay therefore has nothing to do any more.
   */
  constructor(open: () => Way | undefined, ask: (ask: Ask) => Promise<Answer | undefined>, left = () => {}) {
    this.#open = open;
    this.#ask = ask;
    this.#left = left;
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
    this.#forgetFarewell = taken.onFarewell((messages) => {
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
    if (!way) {
      this.leave();
      return;
    }
    way.onMessage((message) => {
      this.#page?.port.post(message);
      if (message.type === 'dismiss') this.#dismissed();
    });
    way.onClose(() => {
      if (this.#way !== way) return;
      this.#way = undefined;
      // Nobody calls when DevTools was closed, or the extension has gone, while the background was not there.
      setTimeout(() => {
        if (!this.#way && this.#page) this.reopen();
      }, PATIENCE);
    });
    this.#page?.port.post({ type: 'greet' });
  }

  /** The extension has gone: the page becomes what it was, and there is room for the bridge of another extension. */
  leave(): void {
    this.#page?.port.post({ type: 'dismiss' });
    this.#dismissed();
    this.#left();
  }

  async #answer({ port }: PageEnd, { number, ask }: AskMessage): Promise<void> {
    port.post({ type: 'answer', number, answer: await this.#ask(ask) });
  }

  #dismissed(): void {
    this.#page = undefined;
    this.#forgetFarewell();
    this.#way?.close();
    this.#way = undefined;
  }
}
