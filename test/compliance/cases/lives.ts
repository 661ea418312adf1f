import type { Case, Group } from '../case.ts';
import { body, lasting } from '../play.ts';

const events = lasting('data: a\n\n');

/** window.stop() in this state of a source: at once, and later. */
function stopped(name: string, serve: Case['serve'], entry: string): Case {
  return {
    name: `window.stop() ${name}`,
    serve: { ...serve, other: body('retry: 2500\n\n') },
    async run(t, entry: string) {
      const { window: inner } = await t.frame({ src: 'about:blank' });
      const source = new inner.EventSource(`${t.origin}${t.folder}events`);
      const watch = t.watch(source);
      await t.requests('events');
      if (entry !== '') await watch.until(entry);
      inner.stop();
      t.note(source.readyState, watch.seen.length);
      await t.watch(new EventSource('other')).until('error(2)');
      await t.ping();
      t.note(source.readyState, ...watch.seen, (await t.requests('events')).length);
      source.close();
    },
    args: [entry],
  };
}

/** The end of a frame in which a source is open. */
function leave(name: string, act: string): Case {
  return {
    name,
    serve: { events },
    pages: { inner: '<title>inner</title>', next: '<title>next</title>' },
    args: [act],
    async run(t, act: string) {
      const { element, window: inner } = await t.frame({ src: 'inner' });
      const source = new inner.EventSource('events');
      const watch = t.watch(source);
      await watch.until('message:a');
      const acts: Record<string, () => void> = {
        remove: () => element.remove(),
        navigate: () => element.setAttribute('src', 'next'),
        reload: () => inner.location.reload(),
        replace: () => inner.location.replace('about:blank'),
        srcdoc: () => element.setAttribute('srcdoc', '<p>new'),
      };
      acts[act]?.();
      const { closed } = await t.closed('events');
      await t.ping();
      t.equal([closed?.by, watch.seen.slice(0, 2)], ['client', ['open(1)', 'message:a']]);
      t.note(source.readyState, ...watch.seen);
      t.equal((await t.requests('events')).length, 1);
    },
  };
}

/** What the document lives through, and its sources with it. */
export const LIVES: Group = {
  name: 'lives',
  cases: [
    stopped('while it connects', { events: () => {} }, ''),
    stopped('while it is open', { events }, 'message:a'),
    // Long enough for a busy machine to stop it in that time.
    stopped('while it waits to reconnect', { events: body('retry: 2000\n\n') }, 'error(0)'),
    leave('a frame that is removed', 'remove'),
    leave('a frame that is navigated', 'navigate'),
    leave('a frame that is reloaded', 'reload'),
    leave('a frame whose address is replaced', 'replace'),
    leave('a frame that gets a srcdoc', 'srcdoc'),
    {
      name: 'a frame that is removed in the handler of a message: no further event',
      serve: { events: lasting('data: a\n\ndata: b\n\n') },
      async run(t) {
        const { element, window: inner } = await t.frame({ src: 'about:blank' });
        const source = new inner.EventSource(`${t.origin}${t.folder}events`);
        const watch = t.watch(source);
        source.onmessage = () => element.remove();
        await t.closed('events');
        await t.ping();
        t.equal(watch.seen.slice(0, 2), ['open(1)', 'message:a']);
        t.note(source.readyState, ...watch.seen);
      },
    },
    {
      name: 'a frame that is removed while its source waits: it never reconnects',
      serve: { events: body('retry: 60\n\n'), other: body('retry: 150\n\n') },
      async run(t) {
        const { element, window: inner } = await t.frame({ src: 'about:blank' });
        const watch = t.watch(new inner.EventSource(`${t.origin}${t.folder}events`));
        await watch.until('error(0)');
        element.remove();
        await t.watch(new EventSource('other')).until('error(2)');
        t.equal([watch.seen, (await t.requests('events')).length], [['open(1)', 'error(0)'], 1]);
      },
    },
    {
      name: 'document.open() in the window of a source',
      serve: {
        async events(exchange, scene) {
          exchange.open();
          exchange.write('data: a\n\n');
          await scene.told('opened');
          exchange.write('data: b\n\n');
        },
      },
      async run(t) {
        const { window: inner } = await t.frame({ src: 'about:blank' });
        const source = new inner.EventSource(`${t.origin}${t.folder}events`);
        const watch = t.watch(source);
        await watch.until('message:a');
        inner.document.open();
        inner.document.write('<p>new');
        inner.document.close();
        await t.tell('opened');
        const control = new EventSource('events');
        await t.watch(control).until('message:b');
        await t.ping();
        control.close();
        t.note(source.readyState, ...watch.seen);
        source.close();
      },
    },
    {
      name: 'a change of the fragment and of the history leaves the stream alone',
      serve: {
        async events(exchange, scene) {
          exchange.open();
          exchange.write('data: a\n\n');
          await scene.told('moved');
          exchange.write('data: b\n\n');
        },
      },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        await watch.until('message:a');
        location.hash = 'part';
        history.pushState(null, '', 'document?pushed');
        await t.tell('moved');
        await watch.until('message:b');
        t.equal([watch.seen, source.readyState], [['open(1)', 'message:a', 'message:b'], 1]);
        source.close();
      },
    },
    {
      name: 'sources that are made while the page goes: in pagehide and unload',
      serve: { events },
      pages: { inner: '<title>inner</title>', next: '<title>next</title>' },
      async run(t) {
        const { element, window: inner } = await t.frame({ src: 'inner' });
        const made: EventSource[] = [];
        for (const type of ['beforeunload', 'pagehide', 'unload'])
          inner.addEventListener(type, () => made.push(new inner.EventSource(`events?${type}`)));
        const loaded = t.next(element, 'load');
        element.src = 'next';
        await loaded;
        const last = new EventSource('events?last');
        await t.next(last, 'message');
        last.close();
        const requests = await t.requests('events');
        t.note(made.length, ...made.map(({ readyState }) => readyState));
        // Whatever was asked for on the way out is over.
        for (const [index] of requests.entries()) await t.closed('events', index + 1);
      },
    },
    {
      name: 'two sources on one URL have a request each, and all events',
      serve: { events },
      async run(t) {
        const sources = [new EventSource('events'), new EventSource('events')];
        const watches = sources.map((source) => t.watch(source));
        for (const watch of watches) await watch.until('message:a');
        for (const source of sources) source.close();
        t.equal((await t.requests('events', 2)).length, 2);
      },
    },
    {
      name: 'the seventh source of a host waits for one of six to close',
      serve: { events },
      async run(t) {
        const sources = Array.from({ length: 7 }, (_, index) => new EventSource(`events?${index}`));
        const watches = sources.map((source) => t.watch(source));
        for (const watch of watches.slice(0, 6)) await watch.until('message:a');
        t.equal([sources[6]?.readyState, watches[6]?.seen, (await t.requests('events')).length], [0, [], 6]);
        sources[0]?.close();
        await watches[6]?.until('message:a');
        for (const source of sources) source.close();
        t.equal((await t.requests('events', 7)).length, 7);
      },
    },
  ],
};
