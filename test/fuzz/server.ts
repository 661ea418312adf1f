import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserName } from '../support/browser.ts';
import { BRIDGE, pageScript } from '../support/page-script.ts';
import { toBuffer } from './bytes.ts';
import type { Answer, Case } from './stream.ts';

export const KINDS = ['native', 'ours'] as const;
/** Whose connection it is: the browser's, or that of an object that the page script sees. */
export type Kind = (typeof KINDS)[number];

/** The headers of a request, sorted (their order says nothing), but for those that name the host and the connection. */
export type Asked = string[];

export interface CaseServer {
  /** Of one of the hosts that all are this server: each has its own six connections in a browser. */
  origin(host: number): string;
  /** From now on these cases are served; those before are forgotten. Returns the number of the first. */
  serve(cases: readonly Case[]): number;
  /** The requests that a source of this case made. */
  asked(id: number, kind: Kind): Asked[];
  close(): Promise<void>;
}

/** What the page asks for when it has seen an event of this type; the path of the source follows. */
export const SEEN = '/seen';
export const LAST_EVENT = 'last-event';
/**
 * Before a connection is cut: a browser may lose what it has received and the page has not read yet, so the page says
 * that it has read everything.
 */
const CUT = `\n\nretry: 1\nevent: ${LAST_EVENT}\ndata\n\n`;

const EVENT_STREAM = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };

export async function startCaseServer(browser: BrowserName): Promise<CaseServer> {
  const script = pageScript(browser);
  const document = `<!doctype html><title>fuzz</title><script>${BRIDGE}</script><script src="/page-script.js"></script>`;
  let first = 0;
  let cases: readonly Case[] = [];
  let log = new Map<string, Asked[]>();
  /** By path: call when the page has seen the last event of the stream that is under way. */
  const readers = new Map<string, () => void>();

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '/';
    if (path === '/') send(response, 'text/html', document);
    else if (path === '/page-script.js') send(response, 'text/javascript', script);
    else if (path.startsWith(SEEN)) {
      send(response, 'text/plain', '');
      readers.get(path.slice(SEEN.length))?.();
    } else answerSource(path, request, response);
  }

  function answerSource(path: string, request: IncomingMessage, response: ServerResponse): void {
    const [, id] = /^\/(\d+)\/\w+$/.exec(path) ?? [];
    const served = cases[Number(id) - first];
    const asked = log.get(path) ?? [];
    log.set(path, asked);
    asked.push(headersOf(request));
    const next = served?.answers[asked.length - 1];
    if (next) void stream(response, next, new Promise((resolve) => readers.set(path, resolve)));
    // Also ends a client that would reconnect for ever, which the number of requests then shows.
    else if (!served || asked.length > 20) send(response, 'text/plain', '', 404);
    else if (served.last === 'no content') response.writeHead(204).end();
    else if (served.last === 'not found') response.writeHead(404, EVENT_STREAM).end('data: no\n\n');
    else response.writeHead(200, { 'content-type': 'text/html' }).end('data: no\n\n');
  }

  // An id may be as long as a stream, and have characters that a header must not have.
  const server = createServer({ maxHeaderSize: 1024 * 1024, insecureHTTPParser: true, noDelay: true }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: (host) => `http://s${host}.localhost:${port}`,
    serve(next) {
      first += cases.length;
      cases = next;
      log = new Map();
      readers.clear();
      return first;
    },
    asked: (id, kind) => log.get(`/${id}/${kind}`) ?? [],
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function send(response: ServerResponse, type: string, body: string, status = 200): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

/** Resolves when nothing more is written; `seen`, when the page has seen LAST_EVENT. */
async function stream(response: ServerResponse, { chunks, end }: Answer, seen: Promise<void>): Promise<void> {
  const gone = new Promise((resolve) => response.once('close', resolve));
  response.on('error', () => {});
  response.writeHead(200, EVENT_STREAM);
  response.flushHeaders();
  for (const chunk of end === 'cut' ? [...chunks, CUT] : chunks) {
    // Each in a packet of its own: node joins what is written in one turn of its loop.
    await new Promise(setImmediate);
    if (response.destroyed) return;
    response.write(toBuffer(chunk));
  }
  await (end === 'cut' ? Promise.race([seen, gone]) : new Promise(setImmediate));
  if (end === 'clean') response.end();
  else {
    const { socket } = response;
    socket?.end('400\r\nid: half\ndata: half\n', () => socket.destroy());
  }
}

function headersOf({ rawHeaders }: IncomingMessage): Asked {
  const asked: Asked = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    if (name !== 'host' && name !== 'connection') asked.push(`${name}: ${rawHeaders[index + 1] ?? ''}`);
  }
  return asked.sort();
}
