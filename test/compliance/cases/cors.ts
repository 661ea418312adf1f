import type { Exchange } from '../../lab/lab.ts';
import type { Case, Group } from '../case.ts';

/** A stream with headers of its own, which ends once and then stays. */
const stream =
  (headers: Record<string, string>, again = headers) =>
  (exchange: Exchange) => {
    const { response, attempt } = exchange;
    for (const [name, value] of Object.entries(attempt === 1 ? headers : again))
      response.setHeader(name, value === '{origin}' ? (exchange.request.headers.origin ?? '') : value);
    exchange.open();
    exchange.write('retry: 10\nid: 5\ndata: a\n\n');
    if (attempt === 1) exchange.after(20, () => exchange.end());
  };

const ANY = { 'Access-Control-Allow-Origin': '*' };
const ORIGIN = { 'Access-Control-Allow-Origin': '{origin}' };
const CREDENTIALS = { ...ORIGIN, 'Access-Control-Allow-Credentials': 'true' };

const ALLOWED = ['open(1)', 'message:a#5', 'error(0)', 'open(1)', 'message:a#5'];
const DENIED = ['error(2)'];

interface Cross {
  headers: Record<string, string>;
  /** Of the answer to the reconnect, if others. */
  again?: Record<string, string>;
  from?: 'twin' | 'stranger';
  withCredentials?: boolean;
  seen: string[];
  /** Whether the requests carry the cookie that the host has. */
  cookie?: boolean;
}

/** A source of another origin, through one reconnect: what the page sees, and what was sent. */
function cross(
  name: string,
  { headers, again, from = 'twin', withCredentials = false, seen, cookie = false }: Cross,
): Case {
  return {
    name,
    serve: { events: stream(headers, again) },
    args: [from, withCredentials, seen, cookie],
    async run(t, from: 'twin' | 'stranger', withCredentials: boolean, seen: string[], cookie: boolean) {
      // biome-ignore lint/suspicious/noDocumentCookie: cookies know no port, so the other origin has it as well
      document.cookie = `flavour=${t.folder.length}; path=${t.folder}`;
      // Reading it makes sure that it is stored before the request goes out.
      t.equal(document.cookie.startsWith('flavour='), true);
      const source = new EventSource(`${t[from]}${t.folder}events`, { withCredentials });
      const watch = t.watch(source);
      await watch.count(seen.length);
      source.close();
      await t.ping();
      t.equal(watch.seen, seen);
      const requests = await t.requests('events');
      const attempts = seen.includes('error(0)') ? 2 : 1;
      // [spec] An EventSource request is never preflighted: Last-Event-ID is set by the user agent.
      t.equal(
        requests.map(({ method }) => method),
        Array(attempts).fill('GET'),
      );
      t.equal(
        requests.map(({ lastEventId }) => lastEventId),
        [null, '5'].slice(0, attempts),
      );
      for (const { headers } of requests) t.equal('cookie' in headers, cookie, 'a cookie was sent');
      t.note(...requests.map(({ headers }) => headers));
    },
  };
}

/** [spec] "Let corsAttributeState be Anonymous; if withCredentials is true, then set it to Use Credentials." */
export const CORS: Group = {
  name: 'CORS',
  cases: [
    cross('another origin without a word', { headers: {}, seen: DENIED }),
    cross('another origin that allows all', { headers: ANY, seen: ALLOWED }),
    cross('another origin that allows ours', { headers: ORIGIN, seen: ALLOWED }),
    cross('another site that allows all', { headers: ANY, from: 'stranger', seen: ALLOWED }),
    cross('another site without a word', { headers: {}, from: 'stranger', seen: DENIED }),
    cross('another origin that allows a third one', {
      headers: { 'Access-Control-Allow-Origin': 'http://example.invalid' },
      seen: DENIED,
    }),
    cross('another origin that allows null', { headers: { 'Access-Control-Allow-Origin': 'null' }, seen: DENIED }),
    cross('another origin that allows two', { headers: { 'Access-Control-Allow-Origin': '*, *' }, seen: DENIED }),
    cross('with credentials, which are allowed', {
      headers: CREDENTIALS,
      withCredentials: true,
      cookie: true,
      seen: ALLOWED,
    }),
    cross('with credentials to another site', {
      headers: CREDENTIALS,
      withCredentials: true,
      from: 'stranger',
      seen: ALLOWED,
    }),
    cross('without credentials where they are allowed', { headers: CREDENTIALS, seen: ALLOWED }),
    cross('with credentials, and all origins are allowed', {
      headers: { ...CREDENTIALS, ...ANY },
      withCredentials: true,
      cookie: true,
      seen: DENIED,
    }),
    cross('with credentials, which are not allowed', {
      headers: ORIGIN,
      withCredentials: true,
      cookie: true,
      seen: DENIED,
    }),
    cross('with credentials, which are allowed in another case of letters', {
      headers: { ...ORIGIN, 'Access-Control-Allow-Credentials': 'True' },
      withCredentials: true,
      cookie: true,
      seen: DENIED,
    }),
    cross('a reconnect that is denied', {
      headers: ANY,
      again: {},
      seen: ['open(1)', 'message:a#5', 'error(0)', 'error(2)'],
    }),
    {
      name: 'a denied answer with another status or type is denied as well',
      serve: {
        status: (exchange) => exchange.respond(503),
        type: (exchange) => exchange.respond(200, { 'Content-Type': 'text/html' }, 'x'),
      },
      async run(t) {
        for (const path of ['status', 'type', 'status?cors=1', 'type?cors=1']) {
          const watch = t.watch(new EventSource(`${t.twin}${t.folder}${path}`));
          await watch.count(1);
          t.equal(watch.seen, ['error(2)'], path);
        }
        await t.ping();
        t.equal([(await t.requests('status')).length, (await t.requests('type')).length], [2, 2]);
      },
    },
    {
      name: 'same origin: cookies are sent and set, with credentials or without',
      serve: { events: stream({ 'Set-Cookie': 'set=1' }) },
      async run(t) {
        for (const withCredentials of [false, true]) {
          const source = new EventSource(`events?${withCredentials}`, { withCredentials });
          await t.watch(source).count(5);
          source.close();
        }
        const requests = await t.requests('events', 4);
        t.equal(
          requests.map(({ headers }) => headers['cookie'] ?? ''),
          ['', 'set=1', 'set=1', 'set=1'],
        );
        t.equal(document.cookie, 'set=1');
      },
    },
    {
      name: 'another origin sets cookies with credentials only',
      serve: { events: stream({ ...CREDENTIALS, 'Set-Cookie': 'set=1' }) },
      async run(t) {
        for (const withCredentials of [false, true]) {
          const source = new EventSource(`${t.twin}${t.folder}events?${withCredentials}`, { withCredentials });
          await t.watch(source).count(5);
          source.close();
          t.equal(document.cookie, withCredentials ? 'set=1' : '');
        }
      },
    },
    {
      name: 'a denial says nothing to the page beside the event',
      serve: { events: stream({}) },
      async run(t) {
        const source = new EventSource(`${t.twin}${t.folder}events`);
        const event = await t.next(source, 'error');
        await t.ping();
        t.equal([event.constructor.name, t.uncaught()], ['Event', []]);
      },
    },
    {
      name: 'a preflight is never sent, whatever the id',
      serve: {
        events(exchange) {
          exchange.response.setHeader('Access-Control-Allow-Origin', '*');
          exchange.open();
          const ids = ['x'.repeat(300), 'a"b', 'é', '(c)', '{d}', 'e@f<g>'];
          exchange.write(`retry: 10\nid: ${ids[exchange.attempt - 1]}\ndata\n\n`);
          if (exchange.attempt <= ids.length) exchange.after(20, () => exchange.end());
        },
      },
      async run(t) {
        const source = new EventSource(`${t.twin}${t.folder}events`);
        const requests = await t.requests('events', 7);
        source.close();
        t.equal(
          requests.map(({ method }) => method),
          Array(7).fill('GET'),
        );
        t.note(...requests.map(({ lastEventId }) => lastEventId));
        t.equal(
          requests.slice(1).map(({ lastEventId }) => lastEventId),
          ['x'.repeat(300), 'a"b', 'é', '(c)', '{d}', 'e@f<g>'],
        );
      },
    },
  ],
};
