import type { IncomingHttpHeaders } from 'node:http';
import type { Milliseconds } from '../../src/protocol/record.ts';

/** One request as the server saw it, from its headers to its end. Preflights are requests too. */
export interface Connection {
  /** Counts the requests of one lab, from 1; goes on after `clear()`. */
  readonly id: number;
  readonly time: Milliseconds;
  readonly method: string;
  /** Absolute, so that it tells the main origin from its twin. */
  readonly url: string;
  /** The URL's path alone. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The `Last-Event-ID` header, decoded as UTF-8. Absent when none was sent; a query parameter does not count. */
  readonly lastEventId?: string;
  /** Absent until the answer's headers are sent. */
  status?: number;
  /** Events written so far. Comments, `retry:` and blocks without data are not events. */
  sent: number;
  /** Absent while the connection lives. */
  closed?: { readonly time: Milliseconds; readonly by: 'client' | 'server' };
}

/** Old connections are let go beyond this, so that a lab which runs all day stays small. */
const MAX_CONNECTIONS = 10_000;
const SHOWN_IN_ERRORS = 20;

/** A moment on the wall clock, with a fraction. */
export const now = (): Milliseconds => performance.timeOrigin + performance.now();

/** HTTP/1.1 headers are bytes, which node reads as Latin-1; browsers send Last-Event-ID as UTF-8. */
export const decoded = (header: string): string => Buffer.from(header, 'latin1').toString('utf8');

/** What the server saw. Tests wait for facts in it, and never for time to pass. */
export class ConnectionLog {
  #connections: Connection[] = [];
  #count = 0;
  readonly #waiters = new Set<{ look(): void; giveUp(why: string): void }>();

  get connections(): readonly Readonly<Connection>[] {
    return this.#connections;
  }

  add(fact: Omit<Connection, 'id' | 'sent'>): Connection {
    const connection: Connection = { id: ++this.#count, ...fact, sent: 0 };
    this.#connections.push(connection);
    if (this.#connections.length > MAX_CONNECTIONS) this.#connections.shift();
    this.changed();
    return connection;
  }

  /** To be called after every change of a connection. */
  changed(): void {
    for (const waiter of [...this.#waiters]) waiter.look();
  }

  clear(): void {
    this.#connections = [];
  }

  /**
   * Resolves with the first truthy answer of `look`, which is asked now and after every change.
   * Rejects after `timeout`, with a sentence that says what was awaited and what the log had instead.
   */
  when<T>(
    look: (connections: readonly Readonly<Connection>[]) => T | false | null | undefined,
    what: string,
    timeout: Milliseconds,
  ): Promise<T> {
    const found = new Promise<T>((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        act();
      };
      const waiter = {
        look() {},
        giveUp: (why: string) =>
          settle(() => reject(new Error(`${why} while waiting for ${what}. The log had ${this.#summary()}`))),
      };
      waiter.look = () => {
        try {
          const answer = look(this.connections);
          if (answer) settle(() => resolve(answer));
        } catch (error) {
          settle(() => reject(error));
        }
      };
      const timer = setTimeout(() => waiter.giveUp(`${timeout} ms went by`), timeout);
      this.#waiters.add(waiter);
      waiter.look();
    });
    // A test that fails before it awaits must show its own error, not this one as an unhandled rejection.
    found.catch(() => {});
    return found;
  }

  /** Ends every wait. */
  dispose(): void {
    for (const waiter of [...this.#waiters]) waiter.giveUp('The lab was closed');
  }

  #summary(): string {
    if (this.#connections.length === 0) return 'no connections.';
    const shown = this.#connections.slice(-SHOWN_IN_ERRORS).map(sentence);
    const left = this.#connections.length - shown.length;
    return `${left > 0 ? `${left} earlier connections, then ` : ''}:\n  ${shown.join('\n  ')}`;
  }
}

function sentence({ id, method, url, lastEventId, status, sent, closed }: Connection): string {
  const resumed = lastEventId === undefined ? '' : ` from id ${JSON.stringify(lastEventId)}`;
  const ended = closed ? `closed by the ${closed.by}` : 'open';
  return `#${id} ${method} ${url}${resumed}: ${status ?? 'no answer'}, ${sent} events, ${ended}`;
}
