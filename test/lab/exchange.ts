import type { IncomingMessage, ServerResponse } from 'node:http';
import { createSession, type Session } from 'better-sse';
import type { Milliseconds } from '../../src/protocol/record.ts';
import { type Connection, type ConnectionLog, now } from './log.ts';

/** How a live connection is ended: TCP reset, the body's regular end, or a socket closed in the middle of a chunk. */
export type Ending = 'reset' | 'end' | 'cut';

export type Behaviour = (exchange: Exchange) => void | Promise<void>;

/** Nothing lives longer than this, so that a forgotten tab holds no connection for ever. */
const MAX_LIFE: Milliseconds = 30 * 60_000;

/** One request and its answer. Every timer belongs to an exchange and dies with it. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly connection: Connection;
  readonly url: URL;
  /** What follows the route in the path: `503` in `/status/503`. */
  readonly rest: string;
  readonly #log: ConnectionLog;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #due = new Map<NodeJS.Timeout, { due: Milliseconds; act(): void }>();
  #endedHere = false;
  #over = false;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    route: { url: URL; rest: string; connection: Connection; log: ConnectionLog },
  ) {
    this.request = request;
    this.response = response;
    this.url = route.url;
    this.rest = route.rest;
    this.connection = route.connection;
    this.#log = route.log;
    response.once('close', () => {
      this.#stop();
      const by = this.#endedHere || response.writableFinished ? 'server' : 'client';
      this.connection.closed = { time: now(), by };
      this.#log.changed();
    });
    // Whoever has just gone is written to once more before we learn of it.
    response.on('error', () => {});
    this.after(MAX_LIFE, () => this.end());
  }

  /** Where the client wants to continue: the header, or the query parameter that apps use instead. `''` if neither. */
  get lastEventId(): string {
    return this.connection.lastEventId ?? this.url.searchParams.get('lastEventId') ?? '';
  }

  /** How many times this URL was asked for, this time included, since the log was cleared. */
  get attempt(): number {
    const { url, method } = this.connection;
    return this.#log.connections.filter((other) => other.url === url && other.method === method).length;
  }

  /** A query parameter that is a whole number. @throws RangeError that says what is allowed. */
  number(name: string, fallback: number, [least, most]: readonly [number, number]): number {
    const text = this.url.searchParams.get(name);
    if (text === null) return fallback;
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new RangeError(`?${name}= must be a whole number from ${least} to ${most}, not "${text}".`);
  }

  /** `?every=`, the time between two events. */
  get interval(): Milliseconds {
    return this.number('every', 100, [1, 60_000]);
  }

  /** `?count=`, how many events one connection is sent. */
  get count(): number {
    return this.number('count', Number.POSITIVE_INFINITY, [0, Number.MAX_SAFE_INTEGER]);
  }

  get #retry(): Milliseconds | null {
    return this.url.searchParams.has('retry') ? this.number('retry', 0, [0, 3_600_000]) : null;
  }

  /** A whole answer that is no event stream. */
  respond(status: number, headers: Record<string, string> = {}, body = ''): void {
    this.response.writeHead(status, { 'Cache-Control': 'no-store', ...headers });
    this.#endedHere = true;
    this.response.end(body);
    this.#answered();
  }

  /** The headers of an event stream (and `?retry=`), written by hand because what follows may break the rules. */
  open(contentType = 'text/event-stream'): void {
    const retry = this.#retry;
    this.response.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' });
    this.response.flushHeaders();
    if (retry !== null) this.write(`retry: ${retry}\n\n`);
    this.#answered();
  }

  /** The same by the library, for streams that keep the rules. */
  async session(): Promise<Session> {
    const session = await createSession(this.request, this.response, { retry: this.#retry, keepAlive: null });
    session.on('push', () => this.#counted());
    this.#answered();
    return session;
  }

  /** Writes text that is no event. */
  write(text: string): void {
    this.response.write(text);
  }

  /** Writes bytes of events, or of parts of them. */
  bytes(bytes: Uint8Array): void {
    this.response.write(bytes);
  }

  /** Writes one event with an integer id. */
  event(id: number, data: string = JSON.stringify({ n: id })): void {
    this.write(`id: ${id}\ndata: ${data}\n\n`);
    this.#counted();
  }

  /** In the order of their moments: when node is late, it lets timers of other delays overtake. */
  after(delay: Milliseconds, act: () => void): void {
    if (this.#over) return;
    const due = performance.now() + delay;
    const timer = setTimeout(() => {
      const earlier = [...this.#due].filter(([, one]) => one.due <= due).sort(([, a], [, b]) => a.due - b.due);
      for (const [each, one] of earlier) {
        clearTimeout(each);
        this.#timers.delete(each);
        // What one of them does may be the end of all.
        if (this.#due.delete(each)) one.act();
      }
    }, delay);
    this.#timers.add(timer);
    this.#due.set(timer, { due, act });
  }

  /** Acts at once and then every `interval`, until the exchange ends. */
  repeat(interval: Milliseconds, act: () => void): void {
    if (this.#over) return;
    this.#timers.add(setInterval(act, interval));
    act();
  }

  end(): void {
    this.#leave();
    // Without headers there is no body to end: close the socket, as a server does that stops while it thinks.
    if (this.response.headersSent) this.response.end();
    else this.response.socket?.destroy();
  }

  /** Ends with a TCP RST. What the client has not read yet may be lost, as in real life. */
  reset(): void {
    this.#leave();
    // node holds back what is written within one tick.
    setImmediate(() => this.response.socket?.resetAndDestroy());
  }

  /** Announces a chunk of 1024 bytes, writes `text` of it, and closes the socket. */
  cut(text = ''): void {
    this.#leave();
    setImmediate(() => {
      const { socket } = this.response;
      socket?.end(`400\r\n${text}`, () => socket.destroy());
    });
  }

  #leave(): void {
    this.#endedHere = true;
    this.#stop();
  }

  #stop(): void {
    this.#over = true;
    // clearTimeout also clears intervals.
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#due.clear();
  }

  #answered(): void {
    this.connection.status = this.response.statusCode;
    this.#log.changed();
  }

  #counted(): void {
    this.connection.sent++;
    this.#log.changed();
  }
}
