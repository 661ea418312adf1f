import type { Port } from '../../src/protocol/port.ts';

/**
 * Whether tasks run somewhere: in a document (not while it is in the back/forward cache, and never once it is unloaded),
 * or in a process (not while it is busy). What comes meanwhile waits, in order.
 */
export class Gate {
  #waiting: (() => void)[] | undefined;
  #gone = false;

  get isOpen(): boolean {
    return !this.#gone && this.#waiting === undefined;
  }

  close(): void {
    this.#waiting ??= [];
  }

  open(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const task of waiting) this.run(task);
  }

  /** Nothing runs any more. */
  remove(): void {
    this.#gone = true;
  }

  run(task: () => void): void {
    if (this.#gone) return;
    if (this.#waiting) this.#waiting.push(task);
    else task();
  }

  /** The end of a port that is behind this gate. */
  behind<Out, In>(port: Port<Out, In>): Port<Out, In> {
    return {
      post: port.post,
      close: port.close,
      onMessage: (listener) => port.onMessage((message) => this.run(() => listener(message))),
      onClose: (listener) => port.onClose(() => this.run(listener)),
    };
  }
}

/** A task later. */
export const task = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
