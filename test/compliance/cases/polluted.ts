import type { Case, Group } from '../case.ts';
import { lasting } from '../play.ts';

const events = lasting(': c\nretry: 10\nid: 1\ndata: a\n\n');

/** A page whose Object.prototype has accessors of these names: a native connection reads and writes none of them. */
function polluted(name: string, names: string[]): Case {
  return {
    name,
    serve: { events },
    args: [names],
    async run(t, names: string[]) {
      const { defineProperty } = Reflect;
      // A text: an array would itself meet what is on Object.prototype.
      let used = '';
      let armed = false;
      for (const name of names) {
        // What was put there before must not be taken for a part of these descriptors.
        const own = (descriptor: PropertyDescriptor) => Object.assign(Object.create(null), descriptor);
        defineProperty(
          Object.prototype,
          name,
          own({
            configurable: true,
            get() {
              if (armed) used += `get ${name}, `;
              return undefined;
            },
            set(this: object, value) {
              if (armed) used += `set ${name}, `;
              defineProperty(this, name, own({ configurable: true, enumerable: true, writable: true, value }));
            },
          }),
        );
      }
      let finish = () => {};
      const finished = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const patience = setTimeout(finish, 4000);
      let data = '';
      armed = true;
      const source = new EventSource('events');
      source.onmessage = (event) => {
        data = event.data;
        armed = false;
        source.close();
        finish();
      };
      await finished;
      armed = false;
      clearTimeout(patience);
      for (const name of names) Reflect.deleteProperty(Object.prototype, name);
      t.equal([data, source.readyState], ['a', 2]);
      t.note(...new Set(used.split(', ')));
    },
  };
}

/** Whatever names a page puts where others look for their own. */
export const POLLUTED: Group = {
  name: 'polluted',
  cases: [
    polluted(
      'parts of descriptors and proxy handlers',
      'get set value writable configurable enumerable apply construct has ownKeys defineProperty getPrototypeOf'.split(
        ' ',
      ),
    ),
    polluted(
      'options of fetch',
      'method headers body mode cache credentials redirect referrer referrerPolicy integrity keepalive signal priority window duplex'.split(
        ' ',
      ),
    ),
    polluted('options of listeners', 'capture once passive handleEvent'.split(' ')),
    polluted('options of events', 'bubbles cancelable composed data lastEventId origin source ports detail'.split(' ')),
    polluted('options of decoders and streams', 'stream fatal ignoreBOM preventCancel done highWaterMark'.split(' ')),
    polluted('then', 'then'.split(' ')),
    polluted('constructor options of the source', 'withCredentials'.split(' ')),
    polluted(
      'what we call things ourselves',
      'id type url retry comment connection types attempt record forced cause status timer entries after transfer'.split(
        ' ',
      ),
    ),
    polluted('indices', '0 1 2'.split(' ')),
    {
      name: 'properties on the instance: readyState, close, dispatchEvent, onmessage',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        const used: string[] = [];
        for (const name of [
          'readyState',
          'close',
          'dispatchEvent',
          'addEventListener',
          'url',
          'withCredentials',
          'constructor',
          'onopen',
          'onerror',
        ]) {
          Object.defineProperty(source, name, { configurable: true, get: () => used.push(name) });
        }
        let heard = '';
        source.onmessage = ({ data }) => {
          heard = data;
        };
        await t.requests('events');
        while (heard === '') await t.ping();
        t.equal([heard, used], ['a', []]);
        EventSource.prototype.close.call(source);
        await t.closed('events');
        t.equal(used, []);
      },
    },
    {
      name: 'properties on EventSource.prototype',
      serve: { events },
      async run(t) {
        const used: string[] = [];
        const { close } = EventSource.prototype;
        for (const name of [
          'readyState',
          'close',
          'url',
          'withCredentials',
          'onopen',
          'onerror',
          'dispatchEvent',
          'addEventListener',
          'constructor',
        ]) {
          const get = () => used.push(name);
          Object.defineProperty(EventSource.prototype, name, { configurable: true, get, set: get });
        }
        const source = new EventSource('events');
        let heard = '';
        source.onmessage = ({ data }) => {
          heard = data;
        };
        while (heard === '') await t.ping();
        t.equal([heard, used], ['a', []]);
        close.call(source);
        await t.closed('events');
        t.equal(used, []);
      },
    },
    {
      name: 'globals that are gone',
      serve: { events },
      async run(t) {
        const kept: [string, PropertyDescriptor][] = [];
        const names =
          'fetch Headers Request Response AbortController AbortSignal ReadableStream TextDecoder TextEncoder URL Map Set WeakMap WeakRef Event MessageEvent EventTarget MessageChannel MessagePort setTimeout clearTimeout queueMicrotask Promise Proxy Reflect JSON String Array Object Number Math Date RegExp Uint8Array performance console'.split(
            ' ',
          );
        const { getOwnPropertyDescriptor, defineProperty, deleteProperty } = Reflect;
        let finish = (_: string) => {};
        const finished = new Promise<string>((resolve) => {
          finish = resolve;
        });
        const patience = setTimeout(() => finish('nothing'), 4000);
        const stop = clearTimeout;
        for (const name of names) {
          const own = getOwnPropertyDescriptor(window, name);
          if (own && deleteProperty(window, name)) kept.push([name, own]);
        }
        const source = new EventSource('events');
        source.onmessage = ({ data }) => {
          source.close();
          finish(data);
        };
        const heard = await finished;
        for (const [name, own] of kept) defineProperty(window, name, own);
        stop(patience);
        t.equal([heard, source.readyState, kept.length], ['a', 2, names.length]);
      },
    },
  ],
};
