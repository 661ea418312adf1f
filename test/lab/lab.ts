import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Milliseconds } from '../../src/protocol/record.ts';
import type { Behaviour, Ending, Exchange } from './exchange.ts';
import { handler } from './handler.ts';
import { type Connection, ConnectionLog } from './log.ts';
import { Pages } from './pages.ts';

export type { Behaviour, Ending, Exchange } from './exchange.ts';
export type { Connection } from './log.ts';

/** A server for Server-Sent Events that behaves and misbehaves on demand, on two origins, and writes down what it saw. */
export interface Lab {
  readonly origin: string;
  /** The same server on another port: cross-origin for pages of `origin`. */
  readonly twin: string;
  /** Live objects, oldest first: a connection that is open changes while you look. */
  readonly connections: readonly Readonly<Connection>[];
  connectionsTo(pathPrefix: string): readonly Readonly<Connection>[];
  /**
   * Resolves with the first truthy answer of `look`, asked now and after every change of the log. Rejects after
   * `timeout` (10 s) with a sentence that says what was awaited and what the log had.
   */
  when<T>(
    look: (connections: readonly Readonly<Connection>[]) => T | false | null | undefined,
    what?: string,
    timeout?: Milliseconds,
  ): Promise<T>;
  /** Forgets the log, and with it the count of attempts. Connections that are open stay open, and out of the log. */
  clear(): void;
  /** Ends live connections: one by its id, or all whose path begins so. Returns how many. */
  kick(target: number | string, how: Ending): number;
  /** Registers a document (HTML unless `headers` say otherwise) on both origins. */
  serve(path: string, body: string, headers?: Record<string, string>): void;
  /** Registers a behaviour of a test's own for exactly this path, on both origins. */
  behave(path: string, behaviour: Behaviour): void;
  /** Closes both ports and resets all connections: attempts are refused until `up()`. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

export interface LabOptions {
  /** Of the main origin; 0 or absent takes a free one. The twin's is always free. */
  port?: number;
  /** HTML by path. */
  pages?: Record<string, string>;
}

const HOST = '127.0.0.1';

/** @throws if the port is taken. */
export async function startLab({ port = 0, pages: given = {} }: LabOptions = {}): Promise<Lab> {
  const log = new ConnectionLog();
  const pages = new Pages();
  const scripts = new Map<string, Behaviour>();
  const live = new Set<Exchange>();
  for (const [path, html] of Object.entries(given)) pages.serve(path, html);

  const listener = handler({ log, pages, scripts, live, kick });
  const main = createServer(listener);
  const twin = createServer(listener);
  const ports = [await listen(main, port), await listen(twin, 0)] as const;

  function kick(target: number | string, how: Ending): number {
    const chosen = [...live].filter(({ connection: { id, path } }) =>
      typeof target === 'number' ? id === target : path.startsWith(target),
    );
    for (const exchange of chosen) exchange[how]();
    return chosen.length;
  }

  async function down(): Promise<void> {
    for (const exchange of live) exchange.reset();
    await Promise.all([main, twin].map(shut));
  }

  return {
    origin: `http://${HOST}:${ports[0]}`,
    twin: `http://${HOST}:${ports[1]}`,
    get connections() {
      return log.connections;
    },
    connectionsTo: (prefix) => log.connections.filter(({ path }) => path.startsWith(prefix)),
    when: (look, what = 'a fact in the log', timeout = 10_000) => log.when(look, what, timeout),
    clear: () => log.clear(),
    kick,
    serve: (path, body, headers) => pages.serve(path, body, headers),
    behave: (path, behaviour) => void scripts.set(path, behaviour),
    down,
    async up() {
      await listen(main, ports[0]);
      await listen(twin, ports[1]);
    },
    async close() {
      log.dispose();
      await down();
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, HOST);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

/** Never waits for a client: what is still connected after the resets (idle keep-alive, say) is destroyed. */
async function shut(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  setImmediate(() => server.closeAllConnections());
  await closed;
}
