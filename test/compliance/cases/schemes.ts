import type { Case, Group } from '../case.ts';
import { lasting } from '../play.ts';

/** What a source of this URL sees first, up to its first error, and what of its url attribute. */
function scheme(name: string, url: string, expected?: string[]): Case {
  return {
    name,
    args: [url, expected ?? null],
    async run(t, url: string, expected: string[] | null) {
      const source = new EventSource(url);
      t.note(source.url, source.readyState);
      const watch = t.watch(source);
      await t.next(source, 'error');
      source.close();
      t.note(...watch.seen);
      if (expected) t.equal(watch.seen, expected);
    },
  };
}

/** A blob's URL, made by the page. */
function blob(name: string, type: string, revoked = false): Case {
  return {
    name,
    args: [type, revoked],
    async run(t, type: string, revoked: boolean) {
      const url = URL.createObjectURL(new Blob(['data: a\n\nid: 3\ndata: b\n\n'], { type }));
      if (revoked) URL.revokeObjectURL(url);
      const source = new EventSource(url);
      const watch = t.watch(source);
      const origins: string[] = [];
      source.onmessage = ({ origin }) => origins.push(origin);
      await t.next(source, 'error');
      source.close();
      t.note(...watch.seen, ...origins);
      t.equal(source.url, url);
    },
  };
}

/** URLs of other schemes than HTTP's: as in this browser. */
export const SCHEMES: Group = {
  name: 'schemes',
  cases: [
    scheme('data: with the type of an event stream', 'data:text/event-stream,data%3A%20a%0A%0A'),
    scheme('data: in base64', `data:text/event-stream;base64,${btoa('id: 1\ndata: a\n\n')}`),
    scheme('data: with another type', 'data:text/plain,data%3A%20a%0A%0A'),
    scheme('data: without a type', 'data:,data%3A%20a%0A%0A'),
    scheme('data: that is none', 'data:x'),
    blob('blob: with the type of an event stream', 'text/event-stream'),
    blob('blob: with another type', 'text/plain'),
    blob('blob: that was revoked', 'text/event-stream', true),
    scheme('blob: that is none', 'blob:http://example.invalid/1'),
    scheme('ftp:', 'ftp://127.0.0.1/events'),
    scheme('about:', 'about:blank'),
    scheme('mailto:', 'mailto:a@example.invalid'),
    scheme('javascript:', 'javascript:void(0)'),
    scheme('file:', 'file:///nothing'),
    scheme('ws:', 'ws://127.0.0.1/events'),
    scheme('chrome:', 'chrome://version/'),
    scheme('a scheme of one’s own', 'feed+x:events'),
    scheme('a port that browsers block', 'http://127.0.0.1:25/'),
    {
      name: 'a name and a password in the URL',
      serve: { events: lasting('data: a\n\n') },
      async run(t) {
        const source = new EventSource(`${t.origin.replace('//', '//user:pw@')}${t.folder}events`);
        t.note(source.url.replace(/^.*@/, '…@'));
        const watch = t.watch(source);
        await watch.count(1);
        await t.ping();
        source.close();
        t.note(watch.seen[0]);
        if (watch.seen[0] === 'open(1)') t.note(...(await t.requests('events')).map(({ headers }) => headers));
      },
    },
    {
      name: 'a URL with a fragment: the server does not see it',
      serve: { events: lasting('data: a\n\n') },
      async run(t) {
        const source = new EventSource('events?q#part');
        await t.next(source, 'message');
        source.close();
        const requests = await t.requests('events');
        t.equal(
          requests.map(({ url }) => url),
          ['{origin}/{folder}/events?q'],
        );
      },
    },
    {
      name: 'an endless data: URL is asked again and again',
      async run(t) {
        const source = new EventSource('data:text/event-stream,retry%3A5%0Aid%3A1%0Adata%3Aa%0A%0A');
        const watch = t.watch(source);
        await watch.until('error(0)').catch(() => t.note('never'));
        if (source.readyState === 0) await watch.until('message:a#1', 2);
        source.close();
        t.note(...watch.seen.slice(0, 4));
      },
    },
  ],
};
