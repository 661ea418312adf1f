import type { Exchange } from '../../lab/lab.ts';
import { here } from '../../support/browser.ts';
import type { Case, Group } from '../case.ts';

/** [firefox] Waits for half a second each time. */
const TIMES = here({ chromium: 20, firefox: 6 });

/** Attempts that are all over at once: what the page sees of each. None may be missing. */
function hasty(
  name: string,
  answer: (exchange: Exchange, text: string) => void,
  seen: string[],
  text = 'data: a\n',
): Case {
  return {
    name: `${name}, many times`,
    serve: {
      events(exchange) {
        if (exchange.attempt > TIMES) return exchange.respond(204);
        answer(exchange, `retry: 0\nid: ${exchange.attempt}\n${text}\n`);
      },
    },
    args: [seen, TIMES],
    async run(t, seen: string[], times: number) {
      const source = new EventSource('events');
      const watch = t.watch(source);
      await watch.until('error(2)');
      for (const entry of seen) {
        const count = watch.seen.filter((other) => other.startsWith(entry)).length;
        t.equal(count, times, `times ${entry}`);
      }
      t.equal(watch.seen.length, times * seen.length + 1);
      t.equal((await t.requests('events', times + 1)).length, times + 1);
    },
  };
}

/**
 * Without waiting for the headers to arrive, or the body. The browser is told that the connection ends: on one that it
 * takes for living, it would repeat a request by itself.
 */
const raw = (exchange: Exchange, head: string, body: string) =>
  void exchange.response.socket?.end(
    `HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n${head}\r\n${body}`,
  );

const EVENT = ['open(1)', 'message:a#', 'error(0)'];

/** All that a server has to say in one packet, its end included: nothing of it is lost. */
export const HASTE: Group = {
  name: 'haste',
  cases: [
    hasty(
      'headers and an end',
      (exchange, text) => raw(exchange, `Content-Length: ${text.length}\r\n`, text),
      ['open(1)', 'error(0)'],
      '',
    ),
    hasty('an event and an end', (exchange, text) => raw(exchange, `Content-Length: ${text.length}\r\n`, text), EVENT),
    hasty('an event and the end of the connection', (exchange, text) => raw(exchange, '', text), EVENT),
    hasty(
      'an event and the last chunk',
      (exchange, text) =>
        raw(exchange, 'Transfer-Encoding: chunked\r\n', `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`),
      EVENT,
    ),
    hasty(
      'an event and a cut chunk',
      (exchange, text) =>
        raw(exchange, 'Transfer-Encoding: chunked\r\n', `${text.length.toString(16)}\r\n${text}\r\n400\r\nda`),
      EVENT,
    ),
    hasty(
      'an event and less than the Content-Length',
      (exchange, text) => raw(exchange, 'Content-Length: 500\r\n', text),
      EVENT,
    ),
    hasty('an event and half of another', (exchange, text) => raw(exchange, '', `${text}data: half\n`), EVENT),
    {
      name: 'headers and no body, many times',
      serve: {
        events(exchange) {
          exchange.open();
          exchange.end();
        },
      },
      args: [TIMES],
      async run(t, times: number) {
        for (let index = 0; index < times; index += 1) {
          const source = new EventSource(`events?${index}`);
          const watch = t.watch(source);
          await watch.until('error(0)');
          source.close();
          t.equal(watch.seen, ['open(1)', 'error(0)']);
        }
      },
    },
  ],
};
