import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Served {
  request: IncomingMessage;
  response: ServerResponse;
  /** As the browser sent it, read as UTF-8; undefined when it sent none. */
  lastEventId: string | undefined;
  /** Resolves when the client has gone. */
  gone: Promise<void>;
}

export interface StreamServer {
  url: string;
  served: Served[];
  /** Resolves with the n-th request, from 1. */
  request(n: number): Promise<Served>;
  close(): Promise<void>;
}

/** Answers each request by `answer`, or by an open event stream without a byte. */
export async function streamServer(
  answer: (response: ServerResponse, n: number) => void = openStream,
): Promise<StreamServer> {
  const served: Served[] = [];
  const waiting = new Map<number, (served: Served) => void>();
  const server = createServer((request, response) => {
    const header = request.headers['last-event-id'];
    const entry: Served = {
      request,
      response,
      // Node gives header bytes as Latin-1.
      lastEventId: typeof header === 'string' ? Buffer.from(header, 'latin1').toString('utf8') : undefined,
      gone: new Promise((resolve) => response.once('close', resolve)),
    };
    served.push(entry);
    answer(response, served.length);
    waiting.get(served.length)?.(entry);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    served,
    request: (n) => {
      const there = served[n - 1];
      return there ? Promise.resolve(there) : new Promise((resolve) => waiting.set(n, resolve));
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

export function openStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
}
