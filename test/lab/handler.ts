import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { allowOrigin } from './cors.ts';
import { type Behaviour, type Ending, Exchange } from './exchange.ts';
import { type ConnectionLog, decoded, now } from './log.ts';
import type { Pages } from './pages.ts';
import { route, routes } from './routes.ts';

const TEXT = { 'Content-Type': 'text/plain; charset=utf-8' };

export interface Parts {
  log: ConnectionLog;
  pages: Pages;
  /** What tests registered, by exact path. */
  scripts: Map<string, Behaviour>;
  /** Exchanges whose connection lives. */
  live: Set<Exchange>;
  kick(target: string, how: Ending): number;
}

/** Answers for both origins. */
export function handler({ log, pages, scripts, live, kick }: Parts): RequestListener {
  const table = routes();

  return (request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
    if (url.pathname.startsWith('/lab/')) return control(request, response, url);
    if (request.method === 'GET' && pages.answer(url.pathname, response)) return;

    const script = scripts.get(url.pathname);
    const found = script ? { taken: { behave: script }, rest: '' } : route(table, url.pathname);
    const exchange = new Exchange(request, response, {
      url,
      rest: found?.rest ?? '',
      connection: log.add(fact(request, url)),
      log,
    });
    live.add(exchange);
    response.once('close', () => live.delete(exchange));
    allowOrigin(request, response, url.searchParams);

    if (request.method === 'OPTIONS') return exchange.respond(204);
    if (!found) return exchange.respond(404, TEXT, help());
    Promise.resolve(exchange)
      .then(found.taken.behave)
      .catch((error) => refuse(exchange, error));
  };

  /** `GET /lab/log`, `POST /lab/kick?path=&how=`, `POST /lab/clear`: what a page may ask of the lab itself. */
  function control(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const asked = `${request.method} ${url.pathname}`;
    const answers: Record<string, () => unknown> = {
      'GET /lab/log': () => log.connections,
      'POST /lab/clear': () => log.clear(),
      'POST /lab/kick': () => ({ dropped: kick(url.searchParams.get('path') ?? '/', ending(url.searchParams)) }),
    };
    const answer = answers[asked];
    response.writeHead(answer ? 200 : 404, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'Access-Control-Allow-Origin': '*',
    });
    response.end(JSON.stringify(answer ? (answer() ?? null) : { error: `The lab does not know ${asked}.` }));
  }

  function help(): string {
    return Object.entries(table)
      .map(([path, { does }]) => `${path.padEnd(16)}${does}\n`)
      .join('');
  }
}

function fact(request: IncomingMessage, url: URL) {
  const { headers, method = '' } = request;
  const header = headers['last-event-id'];
  const lastEventId = typeof header === 'string' ? { lastEventId: decoded(header) } : {};
  return { time: now(), method, url: url.href, path: url.pathname, headers, ...lastEventId };
}

function ending(query: URLSearchParams): Ending {
  const how = query.get('how');
  return how === 'end' || how === 'cut' ? how : 'reset';
}

function refuse(exchange: Exchange, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  if (exchange.response.headersSent) exchange.reset();
  else exchange.respond(error instanceof RangeError ? 400 : 500, TEXT, reason);
}
