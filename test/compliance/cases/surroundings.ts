import type { Group } from '../case.ts';
import { body, lasting } from '../play.ts';

const events = lasting('data: a\n\n');

/** What else of a connection a page can see: memory, workers, resource timing, its own globals. */
export const SURROUNDINGS: Group = {
  name: 'surroundings',
  cases: [
    {
      name: 'a source that nobody refers to goes on while it has a listener',
      serve: {
        async events(exchange, scene) {
          exchange.open();
          exchange.write('data: a\n\n');
          await scene.told('collected');
          exchange.write('data: b\n\n');
        },
      },
      async run(t) {
        let resolve = () => {};
        const heard: string[] = [];
        const second = new Promise<void>((settle) => {
          resolve = settle;
        });
        const first = new Promise<void>((settle) => {
          new EventSource('events').addEventListener('message', ({ data }) =>
            heard.push(data) === 1 ? settle() : resolve(),
          );
        });
        await t.within(first, 'the first message');
        await t.tell('gc');
        await t.tell('gc');
        await t.tell('collected');
        await t.within(second, 'the second message');
        t.equal(heard, ['a', 'b']);
      },
    },
    {
      name: 'a source that nobody refers to or listens to',
      serve: { events },
      async run(t) {
        const make = () => void new EventSource('events');
        make();
        await t.requests('events');
        await t.ping();
        await t.tell('gc');
        await t.tell('gc');
        await t.ping();
        const [request] = await t.requests('events');
        t.note(request?.closed === null ? 'still open' : 'closed');
      },
    },
    {
      name: 'a source that was closed can be collected',
      serve: { events },
      async run(t) {
        const make = async () => {
          const source = new EventSource('events');
          const listener = () => source.readyState;
          source.addEventListener('message', listener);
          await t.next(source, 'message');
          source.close();
          return new WeakRef(source);
        };
        const reference = await make();
        for (let turn = 0; turn < 20 && reference.deref(); turn += 1) {
          await t.tell('gc');
          await t.ping();
        }
        t.equal(reference.deref(), undefined);
      },
    },
    {
      name: 'a source that failed can be collected',
      serve: { events: (exchange) => exchange.respond(404) },
      async run(t) {
        const make = async () => {
          const source = new EventSource('events');
          await t.next(source, 'error');
          return new WeakRef(source);
        };
        const reference = await make();
        for (let turn = 0; turn < 20 && reference.deref(); turn += 1) {
          await t.tell('gc');
          await t.ping();
        }
        t.equal(reference.deref(), undefined);
      },
    },
    {
      name: 'resource timing of a stream that has ended',
      serve: { events: body('data: a\n\n') },
      async run(t) {
        const source = new EventSource('events');
        await t.next(source, 'error');
        source.close();
        await t.ping();
        const entries = performance.getEntriesByName(source.url) as PerformanceResourceTiming[];
        t.note(entries.length);
        for (const {
          initiatorType,
          entryType,
          responseStatus,
          nextHopProtocol,
          deliveryType,
          renderBlockingStatus,
          contentType,
        } of entries as (PerformanceResourceTiming & {
          contentType: string;
          deliveryType: string;
          renderBlockingStatus: string;
        })[])
          t.note([
            initiatorType,
            entryType,
            responseStatus,
            nextHopProtocol,
            deliveryType,
            renderBlockingStatus,
            contentType,
          ]);
      },
    },
    {
      name: 'resource timing of a stream that was closed',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        await t.next(source, 'message');
        source.close();
        await t.closed('events');
        await t.ping();
        t.note(performance.getEntriesByName(source.url).length);
      },
    },
    {
      name: 'the window and the document have nothing more in them',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        await t.next(source, 'message');
        t.note(...Object.getOwnPropertyNames(window).sort(), Object.getOwnPropertySymbols(window).length);
        for (const each of [
          Object,
          Function,
          EventTarget,
          Event,
          MessageEvent,
          Document,
          Window,
          Promise,
          Response,
          Array,
        ])
          t.note(each.name, Reflect.ownKeys(each).map(String), Reflect.ownKeys(each.prototype).map(String));
        t.note(
          document.querySelectorAll('*').length,
          Object.getOwnPropertyNames(document),
          document.adoptedStyleSheets.length,
        );
        source.close();
      },
    },
    {
      name: 'the functions that a page may compare are the same in every place',
      run(t) {
        t.equal(
          [
            window.EventSource === EventSource,
            self.EventSource === EventSource,
            globalThis.EventSource === EventSource,
          ],
          [true, true, true],
        );
        t.equal(EventSource.prototype.close === EventSource.prototype.close.valueOf(), true);
        t.equal(window.addEventListener === EventTarget.prototype.addEventListener, true);
        t.equal(document.addEventListener === EventTarget.prototype.addEventListener, true);
      },
    },
    {
      name: 'a dedicated worker has sources of its own',
      serve: { events },
      pages: {
        'worker.js': `
          const source = new EventSource('events');
          source.onmessage = ({ data, isTrusted, origin }) => postMessage([data, isTrusted, origin, String(EventSource)].join());
        `,
      },
      async run(t) {
        const worker = new Worker('worker.js');
        t.equal((await t.next(worker, 'message')).data, `a,true,${t.origin},${t.nativeText('EventSource')}`);
        worker.terminate();
        await t.closed('events');
      },
    },
    {
      name: 'a source of a frame that goes on after its page handed it to another window',
      serve: { events },
      async run(t) {
        const { window: inner } = await t.frame({ src: 'about:blank' });
        const source = new inner.EventSource(`${t.origin}${t.folder}events`);
        const target = new EventTarget();
        source.addEventListener('message', ({ data }) => target.dispatchEvent(new MessageEvent('passed', { data })));
        t.equal((await t.next(target, 'passed')).data, 'a');
        source.close();
      },
    },
  ],
};
