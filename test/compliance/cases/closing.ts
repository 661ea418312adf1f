import type { Group } from '../case.ts';
import { body, lasting } from '../play.ts';

const three = lasting('data: a\n\ndata: b\n\ndata: c\n\n');

/** [spec] "The close() method must abort any instances of the fetch algorithm started for this EventSource object." */
export const CLOSING: Group = {
  name: 'close',
  cases: [
    {
      name: 'right after the construction, 50 times: the server sees nothing',
      serve: { events: three },
      async run(t) {
        let fired = 0;
        for (let index = 0; index < 50; index += 1) {
          const source = new EventSource(`events?${index}`);
          source.onopen =
            source.onerror =
            source.onmessage =
              () => {
                fired += 1;
              };
          source.close();
          t.equal(source.readyState, 2);
        }
        await t.ping();
        const source = new EventSource('events?last');
        await t.next(source, 'message');
        source.close();
        const requests = await t.requests('events');
        t.equal(
          requests.map(({ url }) => url),
          ['{origin}/{folder}/events?last'],
        );
        t.equal(fired, 0);
      },
    },
    {
      name: 'while CONNECTING: the server sees the end of the request, the page sees nothing',
      serve: { events: () => {} },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        await t.requests('events');
        source.close();
        t.equal(source.readyState, 2);
        const { closed } = await t.closed('events');
        await t.ping();
        t.equal([closed?.by, watch.seen], ['client', []]);
      },
    },
    {
      name: 'while OPEN: the server sees the end, the page sees nothing',
      serve: { events: three },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        await watch.until('message:c');
        source.close();
        t.equal(source.readyState, 2);
        const { closed } = await t.closed('events');
        await t.ping();
        t.equal([closed?.by, watch.seen.length, source.readyState], ['client', 4, 2]);
      },
    },
    {
      name: 'while it waits to reconnect: it never does',
      serve: { events: body('retry: 60\n\n'), other: body('retry: 120\n\n') },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        await watch.until('error(0)');
        source.close();
        t.equal(source.readyState, 2);
        // Another one waits twice as long, and reconnects.
        await t.watch(new EventSource('other')).until('error(2)');
        t.equal(watch.seen, ['open(1)', 'error(0)']);
        t.equal((await t.requests('events')).length, 1);
      },
    },
    {
      name: 'in onopen: no event of a chunk that is there already',
      serve: { events: three },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        source.onopen = () => source.close();
        await t.closed('events');
        await t.ping();
        t.equal([watch.seen, source.readyState], [['open(1)'], 2]);
      },
    },
    {
      name: 'in onmessage: no further event of the same chunk',
      serve: { events: three },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        source.onmessage = () => {
          source.close();
          t.equal(source.readyState, 2);
        };
        const { closed } = await t.closed('events');
        await t.ping();
        t.equal([watch.seen, closed?.by], [['open(1)', 'message:a'], 'client']);
      },
    },
    {
      name: 'in a listener: the others of the same event are still called',
      serve: { events: three },
      async run(t) {
        const source = new EventSource('events');
        const order: string[] = [];
        source.addEventListener('message', ({ data }) => {
          order.push(`first ${data}`);
          source.close();
        });
        source.addEventListener('message', ({ data }) => order.push(`second ${data} ${source.readyState}`));
        await t.closed('events');
        await t.ping();
        t.equal(order, ['first a', 'second a 2']);
      },
    },
    {
      name: 'in onerror before a reconnect: it does not reconnect',
      serve: { events: body('retry: 20\n\n'), other: body('retry: 80\n\n') },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        source.onerror = () => source.close();
        await watch.until('error(0)');
        await t.watch(new EventSource('other')).until('error(2)');
        t.equal([watch.seen, source.readyState], [['open(1)', 'error(0)'], 2]);
        t.equal((await t.requests('events')).length, 1);
      },
    },
    {
      name: 'in onerror of a failure, and after it',
      serve: { events: (exchange) => exchange.respond(404) },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        source.onerror = () => source.close();
        await watch.until('error(2)');
        source.close();
        await t.ping();
        t.equal([watch.seen, source.readyState], [['error(2)'], 2]);
      },
    },
    {
      name: 'twice, in every state',
      serve: { events: three },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        await watch.until('open(1)');
        t.equal([source.close(), source.close(), source.readyState], [undefined, undefined, 2]);
        await t.closed('events');
        await t.ping();
        source.close();
        t.equal([watch.seen.includes('error(2)'), source.readyState], [false, 2]);
      },
    },
    {
      name: 'keeps url, handlers and listeners; the page can still dispatch',
      serve: { events: three },
      async run(t) {
        const source = new EventSource('events');
        const handler = () => {};
        source.onmessage = handler;
        const watch = t.watch(source);
        source.close();
        t.equal([source.url, source.onmessage === handler], [`${t.origin}${t.folder}events`, true]);
        source.dispatchEvent(new MessageEvent('message', { data: 'own' }));
        t.equal(watch.seen, ['message:own']);
      },
    },
    {
      name: 'and a new source on the same URL, in the handler',
      serve: { events: three },
      async run(t) {
        const first = new EventSource('events');
        const watch = t.watch(first);
        const second = await t.within(
          new Promise<EventSource>((resolve) => {
            first.onmessage = () => {
              first.close();
              resolve(new EventSource('events'));
            };
          }),
          'the first message',
        );
        await t.watch(second).until('message:c');
        t.equal([watch.seen, first.readyState, second.readyState], [['open(1)', 'message:a'], 2, 1]);
        second.close();
        t.equal((await t.requests('events')).length, 2);
      },
    },
    {
      name: 'of one source is of no other',
      serve: { events: three },
      async run(t) {
        const [first, second] = [new EventSource('events?1'), new EventSource('events?2')];
        first.close();
        await t.watch(second).until('message:c');
        t.equal([first.readyState, second.readyState], [2, 1]);
        second.close();
      },
    },
  ],
};
