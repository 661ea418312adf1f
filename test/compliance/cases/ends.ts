import { gzipSync } from 'node:zlib';
import type { Exchange } from '../../lab/lab.ts';
import type { Case, Group, Scene } from '../case.ts';
import { lasting } from '../play.ts';

/**
 * A first attempt that ends in this way, and a second one that stays. An end that waits for the word `read` comes when
 * the page has seen what was sent before; what comes together with an end is the business of `haste`.
 */
function ends(name: string, first: (exchange: Exchange, scene: Scene) => void, seen: string[], waits = false): Case {
  return {
    name,
    serve: {
      events(exchange, scene) {
        if (exchange.attempt === 1) return first(exchange, scene);
        exchange.open();
        exchange.write('data: again\n\n');
      },
    },
    args: [seen, waits],
    async run(t, seen: string[], waits: boolean) {
      const source = new EventSource('events');
      const watch = t.watch(source);
      await watch.count(seen.length);
      if (waits) await t.tell('read');
      await watch.count(seen.length + 3);
      source.close();
      const id = seen.at(-1)?.endsWith('#1') ? '#1' : '';
      t.equal(watch.seen, [...seen, 'error(0)', 'open(1)', `message:again${id}`]);
      const requests = await t.requests('events', 2);
      t.equal(
        requests.map(({ method, url }) => `${method} ${url}`),
        Array(2).fill('GET {origin}/{folder}/events'),
      );
    },
  };
}

const begin = (exchange: Exchange) => {
  exchange.open();
  exchange.write('retry: 10\nid: 1\ndata: a\n\n');
};

/** An answer whose headers are written by hand; it ends as it says, or not at all. */
const raw =
  (head: string, body: string | Buffer = '') =>
  (exchange: Exchange) => {
    const { socket } = exchange.response;
    socket?.write(head.replaceAll('\n', '\r\n'));
    socket?.end(body);
  };

/** What a broken answer gives first: in this browser, as the trace says. */
function broken(name: string, answer: (exchange: Exchange) => void): Case {
  return {
    name,
    serve: { events: answer },
    async run(t) {
      const source = new EventSource('events');
      const watch = t.watch(source);
      const error = await t.next(source, 'error');
      t.note(...watch.seen, error.constructor.name);
      source.close();
    },
  };
}

/** [spec] "Announce the connection", "reestablish the connection". */
export const ENDS: Group = {
  name: 'opening and ends',
  cases: [
    {
      name: 'open is fired at the headers, in Firefox at the first byte of the body',
      serve: {
        async events(exchange, scene) {
          exchange.open();
          await scene.told('opened');
          exchange.write('data: a\n\n');
        },
      },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        if (t.here({ chromium: true, firefox: false })) await watch.until('open(1)');
        else {
          await t.requests('events');
          await t.ping();
          t.equal([watch.seen, source.readyState], [[], 0]);
        }
        await t.tell('opened');
        await watch.until('message:a');
        source.close();
        t.equal(watch.seen, ['open(1)', 'message:a']);
      },
    },
    {
      name: 'nothing is fired before the headers',
      serve: {
        async events(exchange, scene) {
          await scene.told('go');
          exchange.open();
          exchange.write(':\n\n');
        },
      },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        await t.requests('events');
        await t.ping();
        t.equal([watch.seen, source.readyState], [[], 0]);
        await t.tell('go');
        await watch.until('open(1)');
        source.close();
      },
    },
    {
      name: 'the first request: method and headers',
      serve: { events: lasting('data: a\n\n') },
      async run(t) {
        const source = new EventSource('events');
        await t.next(source, 'message');
        source.close();
        const requests = await t.requests('events');
        t.equal(requests.length, 1);
        for (const { method, lastEventId, headers } of requests) {
          t.equal(
            [method, lastEventId, headers['accept'], headers['cache-control']],
            ['GET', null, 'text/event-stream', 'no-cache'],
          );
          t.note(headers);
        }
      },
    },
    ends(
      'a clean end',
      (exchange) => {
        begin(exchange);
        exchange.after(10, () => exchange.end());
      },
      ['open(1)', 'message:a#1'],
    ),
    ends(
      'a TCP reset',
      async (exchange, scene) => {
        begin(exchange);
        await scene.told('read');
        exchange.reset();
      },
      ['open(1)', 'message:a#1'],
      true,
    ),
    ends(
      'a socket closed in the middle of a chunk',
      async (exchange, scene) => {
        begin(exchange);
        await scene.told('read');
        exchange.cut('data: half');
      },
      ['open(1)', 'message:a#1'],
      true,
    ),
    ends(
      'an end before any event',
      (exchange) => {
        exchange.open();
        exchange.write('retry: 10\n\n');
        exchange.after(10, () => exchange.end());
      },
      ['open(1)'],
    ),
    ends(
      'a body of known length that is over',
      (exchange) => {
        const body = 'retry: 10\ndata: a\n\n';
        exchange.respond(200, { 'Content-Type': 'text/event-stream', 'Content-Length': `${body.length}` }, body);
      },
      ['open(1)', 'message:a'],
    ),
    ends(
      'a stream in gzip',
      (exchange) => {
        exchange.response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'gzip' });
        exchange.response.end(gzipSync('retry: 10\nid: 1\ndata: a\n\n'));
      },
      ['open(1)', 'message:a#1'],
    ),
    broken('no HTTP at all', raw('hello\n\n')),
    broken('a socket closed after half of the headers', raw('HTTP/1.1 200 OK\nContent-Type: text/event-st')),
    broken(
      'gzip that is none',
      raw(
        'HTTP/1.1 200 OK\nContent-Type: text/event-stream\nContent-Encoding: gzip\nConnection: close\n\n',
        'data: a\n\n',
      ),
    ),
    broken(
      'two lengths that differ',
      raw('HTTP/1.1 200 OK\nContent-Type: text/event-stream\nContent-Length: 5\nContent-Length: 9\n\n', 'data: a\n\n'),
    ),
    {
      name: 'five ends in a row: one request for each attempt, each with the last id',
      serve: {
        events(exchange) {
          const { attempt } = exchange;
          exchange.open();
          exchange.write(`retry: 10\nid: ${attempt}\ndata: ${attempt}\n\n`);
          if (attempt < 6) exchange.after(10, () => exchange.end());
        },
      },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        await watch.until('message:6#6');
        source.close();
        const requests = await t.requests('events', 6);
        t.equal(
          requests.map(({ lastEventId }) => lastEventId),
          [null, '1', '2', '3', '4', '5'],
        );
        t.equal(watch.seen.filter((entry) => entry === 'error(0)').length, 5);
        t.equal(watch.seen.length, 17);
      },
    },
    {
      name: 'the headers of a reconnect are those of the first request and Last-Event-ID',
      serve: {
        events: (exchange) => {
          begin(exchange);
          if (exchange.attempt === 1) exchange.after(10, () => exchange.end());
        },
      },
      async run(t) {
        const source = new EventSource('events');
        const [first, second] = await t.requests('events', 2);
        source.close();
        t.equal(second?.headers, { ...first?.headers, 'last-event-id': '1' });
        t.note(second?.headers);
      },
    },
  ],
};
