import type { Case, Group } from '../case.ts';
import { lasting } from '../play.ts';

/** A document that a service worker controls which answers in this way; how the source fares. */
function worker(name: string, script: string, seen: string[] | undefined, note: boolean): Case {
  return {
    name,
    serve: { events: lasting('id: 1\ndata: a\n\n') },
    pages: {
      'worker.js': `
        addEventListener('install', () => skipWaiting());
        addEventListener('activate', (event) => event.waitUntil(clients.claim()));
        ${script}`,
    },
    args: [seen ?? null, note],
    async run(t, seen: string[] | null, note: boolean) {
      const registration = await navigator.serviceWorker.register('worker.js');
      try {
        if (!navigator.serviceWorker.controller) await t.next(navigator.serviceWorker, 'controllerchange');
        const told = t.next(navigator.serviceWorker, 'message');
        navigator.serviceWorker.startMessages();
        const source = new EventSource('events');
        const watch = t.watch(source);
        if (note) t.note((await told).data);
        else told.catch(() => {});
        await watch.count(seen?.length ?? 1);
        source.close();
        t.note(...watch.seen);
        if (seen) t.equal(watch.seen, seen);
      } finally {
        await registration.unregister();
      }
    },
  };
}

const answer = (response: string) => `addEventListener('fetch', (event) => {
  if (!event.request.url.endsWith('/events')) return;
  ${response}
});`;
const OPENED = ['open(1)', 'message:a#1'];
const STREAM = `{ headers: { 'Content-Type': 'text/event-stream' } }`;

/** Requests of a source go through the service worker of its document. */
export const WORKERS: Group = {
  name: 'service workers',
  cases: [
    worker('without a fetch handler', '', OPENED, false),
    worker('that lets the request pass', answer(''), OPENED, false),
    worker('that fetches for it', answer('event.respondWith(fetch(event.request));'), OPENED, false),
    worker(
      'that answers with a stream of its own',
      answer(`event.respondWith(new Response('id: 1\\ndata: a\\n\\n', ${STREAM}));`),
      [...OPENED, 'error(0)'],
      false,
    ),
    worker(
      'that answers piece by piece',
      answer(`const { readable, writable } = new TransformStream();
        const writer = writable.getWriter();
        for (const text of ['id: 1\\nda', 'ta: a\\n', '\\n', 'data: b\\n\\n']) writer.write(new TextEncoder().encode(text));
        event.respondWith(new Response(readable, ${STREAM}));`),
      [...OPENED, 'message:b#1'],
      false,
    ),
    worker('that answers with an error', answer('event.respondWith(Response.error());'), undefined, false),
    worker('whose answer is rejected', answer("event.respondWith(Promise.reject(new Error('no')));"), undefined, false),
    worker(
      'that answers with another status',
      answer(`event.respondWith(new Response('', { status: 503 }));`),
      ['error(2)'],
      false,
    ),
    worker(
      'that answers with another type',
      answer(`event.respondWith(new Response('data: a\\n\\n'));`),
      ['error(2)'],
      false,
    ),
    worker(
      'that answers with 204',
      answer('event.respondWith(new Response(null, { status: 204 }));'),
      ['error(2)'],
      false,
    ),
    worker(
      'what the request is like in it',
      answer(`const { method, mode, cache, credentials, destination, redirect, referrer, referrerPolicy, integrity, keepalive, headers } = event.request;
        const told = { method, mode, cache, credentials, destination, redirect, referrer, referrerPolicy, integrity, keepalive, headers: [...headers] };
        event.waitUntil(clients.get(event.clientId).then((client) => client.postMessage(JSON.stringify(told))));`),
      OPENED,
      true,
    ),
    {
      name: 'an answer from another origin: the origin of events is its URL’s',
      serve: { events: lasting('data: a\n\n'), own: lasting('data: a\n\n') },
      pages: {
        'worker.js': `
          addEventListener('install', () => skipWaiting());
          addEventListener('activate', (event) => event.waitUntil(clients.claim()));
          ${answer("event.respondWith(fetch('{twin}{folder}own?cors=1'));")}`,
      },
      async run(t) {
        const registration = await navigator.serviceWorker.register('worker.js');
        if (!navigator.serviceWorker.controller) await t.next(navigator.serviceWorker, 'controllerchange');
        const source = new EventSource('events');
        const event = await t.next(source, 'message');
        source.close();
        await registration.unregister();
        t.note(event.origin);
      },
    },
  ],
};
