import type { Case, Group } from '../case.ts';
import { lasting } from '../play.ts';

/** Asked twice: where the requests of both attempts go, and what the page sees. */
function redirect(name: string, code: number, to: string, expected?: string[]): Case {
  return {
    name,
    serve: {
      away: (exchange, { folder, lab }) => {
        const twin = lab.twin.replace('127.0.0.1', exchange.url.hostname);
        exchange.respond(code, {
          Location: to
            .replace('{twin}', `${twin}${folder.slice(0, -1)}`)
            .replace('{stranger}', `${lab.twin}${folder.slice(0, -1)}`),
        });
      },
      events(exchange) {
        exchange.open();
        exchange.write(`retry: 10\nid: 7\ndata: ${exchange.connection.method}\n\n`);
        if (exchange.attempt === 1) exchange.after(20, () => exchange.end());
      },
    },
    args: [expected ?? null],
    async run(t, expected: string[] | null) {
      const source = new EventSource('away');
      const watch = t.watch(source);
      await watch.count(1);
      if (watch.seen[0] === 'open(1)') {
        const events = await t.requests('events', 2);
        await watch.until('message:GET#7', 2);
        t.note(...events.map(({ method, url, headers }) => [method, url, headers]));
      }
      source.close();
      const asked = await t.requests('away');
      t.note(...watch.seen, ...asked.map(({ method, url, lastEventId }) => [method, url, lastEventId]));
      t.equal(source.url, `${t.origin}${t.folder}away`);
      if (expected) t.equal(watch.seen, expected);
    },
  };
}
const TWICE = ['open(1)', 'message:GET#7', 'error(0)', 'open(1)', 'message:GET#7'];

/** Redirects: HTTP's five, to either origin, and where the reconnect goes. */
export const REDIRECTS: Group = {
  name: 'redirects',
  cases: [
    ...[301, 302, 303, 307, 308].map((code) => redirect(`${code} on the same origin`, code, 'events', TWICE)),
    ...[301, 307].map((code) =>
      redirect(`${code} to another origin that allows it`, code, '{twin}/events?cors=1', TWICE),
    ),
    redirect('302 to another site that allows it', 302, '{stranger}/events?cors=1', TWICE),
    redirect('302 to another origin that does not allow it', 302, '{twin}/events', ['error(2)']),
    redirect('to an address that is none', 302, 'http://['),
    redirect('to a data: URL', 302, 'data:text/event-stream,data: x%0a%0a'),
    redirect('to a mailto: URL', 302, 'mailto:a@example.invalid'),
    redirect('with a fragment', 302, 'events#part', TWICE),
    redirect('to a URL with a name and a password', 302, 'http://user:pw@example.invalid/'),
    {
      name: 'from another origin back: the origin of the request is null, and it needs CORS',
      serve: {
        out: (exchange, { folder, lab }) =>
          exchange.respond(302, {
            Location: `${lab.twin.replace('127.0.0.1', exchange.url.hostname)}${folder}back?cors=1`,
          }),
        back: (exchange, { folder }) =>
          exchange.respond(302, {
            Location: `http://${exchange.url.hostname}:${exchange.url.searchParams.get('port')}${folder}events?cors=1`,
          }),
        events: lasting('data: a\n\n'),
      },
      async run(t) {
        const source = new EventSource(`${t.twin}${t.folder}back?cors=1&port=${location.port}`);
        const watch = t.watch(source);
        await watch.count(2);
        source.close();
        t.note(...watch.seen);
        t.equal(watch.seen, ['open(1)', 'message:a']);
        const [request] = await t.requests('events');
        t.equal(request?.headers['origin'], 'null');
      },
    },
    {
      name: 'a loop',
      serve: { away: (exchange) => exchange.respond(302, { Location: 'away' }) },
      async run(t) {
        const source = new EventSource('away');
        const watch = t.watch(source);
        await watch.count(1);
        source.close();
        t.note(...watch.seen, (await t.requests('away')).length);
      },
    },
    {
      name: 'a chain of five',
      serve: {
        away(exchange) {
          const step = Number(exchange.url.searchParams.get('step') ?? 1);
          exchange.respond(307, { Location: step === 5 ? 'events' : `away?step=${step + 1}` });
        },
        events: lasting('data: a\n\n'),
      },
      async run(t) {
        const source = new EventSource('away');
        t.equal((await t.next(source, 'message')).data, 'a');
        source.close();
        t.equal([(await t.requests('away')).length, (await t.requests('events')).length], [5, 1]);
      },
    },
    {
      name: 'a redirect of the reconnect only',
      serve: {
        events(exchange) {
          if (exchange.attempt > 1) return exchange.respond(302, { Location: 'new' });
          exchange.open();
          exchange.write('retry: 10\nid: 3\ndata: a\n\n');
          exchange.after(10, () => exchange.end());
        },
        new: lasting('data: b\n\n'),
      },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        await watch.until('message:b#3');
        source.close();
        t.equal(watch.seen, ['open(1)', 'message:a#3', 'error(0)', 'open(1)', 'message:b#3']);
        t.equal(
          (await t.requests('new')).map(({ lastEventId }) => lastEventId),
          ['3'],
        );
      },
    },
  ],
};
