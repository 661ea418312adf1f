import type { Group } from '../case.ts';
import { lasting } from '../play.ts';

const events = lasting('data: a\n\n');

/** [spec] "Let urlRecord be the result of encoding-parsing a URL given url, relative to settings", and the url attribute. */
export const URLS: Group = {
  name: 'url',
  cases: [
    {
      name: 'url is the serialised absolute URL',
      run(t) {
        const folder = `${t.origin}${t.folder}`;
        const cases: [string, string][] = [
          ['events', `${folder}events`],
          ['./a/../b', `${folder}b`],
          ['/x y?a b#c d', `${t.origin}/x%20y?a%20b#c%20d`],
          ['//example.invalid/é', 'http://example.invalid/%C3%A9'],
          ['HTTP://EXAMPLE.invalid:80', 'http://example.invalid/'],
          [' \tevents\n ', `${folder}events`],
          ['http://user:pw@example.invalid/', 'http://user:pw@example.invalid/'],
          ['http://0x7f.1/', 'http://127.0.0.1/'],
          ['?q=ü', `${folder}document?q=%C3%BC`],
          ['', `${folder}document`],
          ['#part', `${folder}document#part`],
        ];
        for (const [given, expected] of cases) {
          const source = new EventSource(given);
          t.equal(source.url, expected, given);
          source.close();
        }
      },
    },
    {
      name: 'url stays the same through opening, events, an end and a close',
      serve: {
        events(exchange) {
          exchange.open();
          exchange.write('retry: 10\nid: 5\ndata: a\n\n');
          if (exchange.attempt === 1) exchange.after(10, () => exchange.end());
        },
      },
      async run(t) {
        const urls: string[] = [];
        const source = new EventSource('events?a=1#frag');
        const note = () => urls.push(source.url);
        note();
        for (const type of ['open', 'message', 'error']) source.addEventListener(type, note);
        const watch = t.watch(source);
        await watch.until('open(1)', 2);
        source.close();
        note();
        t.equal([...new Set(urls)], [`${t.origin}${t.folder}events?a=1#frag`]);
        const requests = await t.requests('events', 2);
        t.equal(
          requests.map(({ url }) => url),
          Array(2).fill('{origin}/{folder}/events?a=1'),
        );
      },
    },
    {
      name: 'the base element and later changes to it',
      head: '<base href="{origin}{folder}deep/">',
      serve: { 'deep/events': events, 'other/events': events },
      async run(t) {
        const source = new EventSource('events');
        document.querySelector('base')?.setAttribute('href', '../other/');
        t.equal(source.url, `${t.origin}${t.folder}deep/events`);
        await t.next(source, 'message');
        const second = new EventSource('events');
        t.note(second.url.replace(t.origin, ''));
        second.close();
        source.close();
      },
    },
    {
      name: 'history.pushState changes the base of later sources only',
      serve: { events },
      async run(t) {
        const before = new EventSource('events');
        history.replaceState(null, '', 'elsewhere/page');
        const after = new EventSource('events');
        t.equal([before.url, after.url], [`${t.origin}${t.folder}events`, `${t.origin}${t.folder}elsewhere/events`]);
        after.close();
        await t.next(before, 'message');
        before.close();
      },
    },
  ],
};
