import type { Exchange } from '../../lab/lab.ts';
import type { Case, Group } from '../case.ts';

const STREAM = { 'Content-Type': 'text/event-stream' };
const BODYLESS = [204, 205, 304];

/** One answer, and what comes of it: failed at once with one error, and never asked for again. */
function fails(name: string, answer: (exchange: Exchange) => void): Case {
  return {
    name,
    serve: {
      events: answer,
      // Fails in the same way, later: had the first one gone on to reconnect, it would have done so by then.
      later(exchange) {
        if (exchange.attempt > 1) return exchange.respond(404);
        exchange.open();
        exchange.write('retry: 20\n\n');
        exchange.after(10, () => exchange.end());
      },
    },
    async run(t) {
      const source = new EventSource('events');
      const watch = t.watch(source);
      await watch.count(1);
      t.equal(source.readyState, 2);
      await t.watch(new EventSource('later')).until('error(2)');
      t.equal(watch.seen, ['error(2)']);
      const requests = await t.requests('events');
      t.equal(requests.length, 1);
    },
  };
}

const status = (code: number) =>
  fails(`status ${code}`, (exchange) =>
    exchange.respond(code, STREAM, BODYLESS.includes(code) ? '' : 'data: never\n\n'),
  );

const wrong = (type: string | undefined) =>
  fails(type === undefined ? 'no content type' : `content type "${type}"`, (exchange) =>
    exchange.respond(200, type === undefined ? {} : { 'Content-Type': type }, 'data: never\n\n'),
  );

/** A content type, and whether it is an event stream; `undefined` where the trace decides. */
function right(type: string, seen?: string[]): Case {
  return {
    name: `content type "${type}"`,
    serve: {
      events(exchange) {
        exchange.open(type);
        exchange.write('data: é\n\n');
      },
    },
    args: [seen ?? null],
    async run(t, seen: string[] | null) {
      const source = new EventSource('events');
      const watch = t.watch(source);
      await watch.count(1);
      if (source.readyState === 1) await watch.count(2);
      source.close();
      if (seen) t.equal(watch.seen, seen);
      t.note(...watch.seen);
    },
  };
}
const OPENED = ['open(1)', 'message:é'];

/** An answer to the reconnect of a stream that was open. */
function failsLater(name: string, answer: (exchange: Exchange) => void): Case {
  return {
    name,
    serve: {
      events(exchange) {
        if (exchange.attempt > 1) return answer(exchange);
        exchange.open();
        exchange.write('retry: 10\ndata: a\n\n');
        exchange.after(10, () => exchange.end());
      },
    },
    async run(t) {
      const source = new EventSource('events');
      const watch = t.watch(source);
      await watch.until('error(2)');
      await t.ping();
      t.equal(watch.seen, ['open(1)', 'message:a', 'error(0)', 'error(2)']);
      const requests = await t.requests('events', 2);
      t.equal(requests.length, 2);
    },
  };
}

/** [spec] "If res's status is not 200, or if res's `Content-Type` is not `text/event-stream`, then fail the connection." */
export const ANSWERS: Group = {
  name: 'answers',
  cases: [
    ...[
      201, 202, 203, 204, 205, 206, 226, 300, 304, 305, 400, 401, 403, 404, 410, 418, 429, 500, 502, 503, 504, 599,
    ].map(status),
    fails('301 without Location', (exchange) => exchange.respond(301, STREAM, 'data: never\n\n')),
    failsLater('204 to a reconnect', (exchange) => exchange.respond(204)),
    failsLater('503 to a reconnect', (exchange) => exchange.respond(503)),
    failsLater('HTML to a reconnect', (exchange) =>
      exchange.respond(200, { 'Content-Type': 'text/html' }, 'data: x\n\n'),
    ),
    ...[
      undefined,
      '',
      'text/html',
      'text/plain',
      'application/json',
      'application/octet-stream',
      'text/event-streams',
      'text/event',
      'event-stream',
      'text/ event-stream',
    ].map(wrong),
    right('text/event-stream;charset=utf-8', OPENED),
    right('text/event-stream; charset=UTF-8', OPENED),
    right('TEXT/Event-Stream', OPENED),
    right('text/event-stream;', OPENED),
    right('text/event-stream;foo=bar', OPENED),
    right('text/event-stream ;charset=utf-8', OPENED),
    right('text/event-stream;charset="utf-8"'),
    right('text/event-stream;charset=utf8'),
    right('text/event-stream;charset='),
    right('text/event-stream;charset'),
    right('text/event-stream;foo=bar;charset=utf-8'),
    right('text/event-stream;charset=iso-8859-1'),
    right('text/event-stream;charset=nonsense'),
    right('text/event-stream;charset=utf-8;charset=iso-8859-1'),
    right('text/event-stream;charset=unicode-1-1-utf-8'),
    right('text/event-stream,'),
    right('text/html, text/event-stream'),
    right('text/event-stream, text/html'),
  ],
};
