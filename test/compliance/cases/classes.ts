import type { Group } from '../case.ts';
import { lasting } from '../play.ts';

const events = lasting('data: a\n\n');

/** Subclasses of all kinds. */
export const CLASSES: Group = {
  name: 'classes',
  cases: [
    {
      name: 'a subclass with fields of its own works and is its own class',
      serve: { events },
      async run(t) {
        class Feed extends EventSource {
          count = 0;
          readonly #secret = 'kept';
          constructor(path: string) {
            super(path, { withCredentials: true });
            this.addEventListener('message', () => {
              this.count += 1;
            });
          }
          secret() {
            return this.#secret;
          }
        }
        const feed = new Feed('events');
        await t.next(feed, 'message');
        t.equal([feed.count, feed.secret(), feed.withCredentials, feed.readyState], [1, 'kept', true, 1]);
        t.equal([feed instanceof Feed, feed instanceof EventSource, feed.constructor === Feed], [true, true, true]);
        t.equal([Object.getPrototypeOf(Feed) === EventSource, Reflect.ownKeys(feed)], [true, ['count']]);
        feed.close();
      },
    },
    {
      name: 'a subclass that overrides close() and readyState',
      serve: { events },
      async run(t) {
        const calls: string[] = [];
        class Feed extends EventSource {
          override close() {
            calls.push('close');
            super.close();
          }
          override get readyState() {
            calls.push('readyState');
            return super.readyState;
          }
        }
        const feed = new Feed('events');
        await t.next(feed, 'message');
        t.equal(calls, []);
        t.equal(feed.readyState, 1);
        feed.close();
        t.equal([feed.readyState, calls], [2, ['readyState', 'close', 'readyState']]);
        await t.closed('events');
      },
    },
    {
      name: 'a subclass whose handler methods are found by nobody but itself',
      serve: { events },
      async run(t) {
        const calls: string[] = [];
        class Feed extends EventSource {
          override dispatchEvent(event: Event) {
            calls.push(`dispatchEvent ${event.type}`);
            return super.dispatchEvent(event);
          }
          override removeEventListener(type: string) {
            calls.push(`removeEventListener ${type}`);
          }
          override addEventListener(type: string) {
            calls.push(`addEventListener ${type}`);
          }
        }
        const feed = new Feed('events');
        const message = new Promise<void>((resolve) => {
          feed.onmessage = () => resolve();
        });
        await t.within(message, 'the message');
        feed.close();
        t.equal(calls, []);
        t.note(...calls);
      },
    },
    {
      name: 'Reflect.construct with another newTarget takes its prototype',
      run(t) {
        class Other {}
        const made = Reflect.construct(EventSource, ['events'], Other) as EventSource;
        t.equal([made instanceof Other, made instanceof EventSource], [true, false]);
        const { get } = Object.getOwnPropertyDescriptor(EventSource.prototype, 'readyState') ?? {};
        t.equal(Reflect.apply(get ?? Object, made, []), 0);
        EventSource.prototype.close.call(made);
        t.equal(Reflect.apply(get ?? Object, made, []), 2);
      },
    },
    {
      name: 'the prototype is read from newTarget once, in its place among the conversions',
      run(t) {
        const order: string[] = [];
        const target = new Proxy(class {}, {
          get(target, key, receiver) {
            order.push(String(key));
            return Reflect.get(target, key, receiver);
          },
        });
        const url = { toString: () => `events${order.push('url') * 0}` };
        const options = {
          get withCredentials() {
            order.push('withCredentials');
            return false;
          },
        };
        const made = Reflect.construct(EventSource, [url, options], target);
        EventSource.prototype.close.call(made);
        t.note(...order);
      },
    },
    {
      name: 'a newTarget whose prototype is no object: as in this browser',
      run(t) {
        function Target() {}
        const target = Target as unknown as new () => object;
        target.prototype = 5;
        const made = Reflect.construct(EventSource, ['events'], target);
        // [chrome] Not the interface's prototype, as Web IDL has it.
        const prototype = Object.getPrototypeOf(made);
        t.note(prototype === EventSource.prototype, prototype === Object.prototype);
        EventSource.prototype.close.call(made);
        t.note(t.thrown(() => Reflect.construct(EventSource, ['events'], (() => {}) as never)).message);
      },
    },
    {
      name: 'an old-style subclass made with Object.setPrototypeOf',
      serve: { events },
      async run(t) {
        function Feed(this: unknown, url: string) {
          return Reflect.construct(EventSource, [url], new.target as never);
        }
        Object.setPrototypeOf(Feed.prototype, EventSource.prototype);
        Object.setPrototypeOf(Feed, EventSource);
        const feed = Reflect.construct(Feed, ['events']) as EventSource;
        const { data } = await t.next(feed, 'message');
        t.equal([data, feed instanceof Feed, feed.constructor === Feed], ['a', true, true]);
        feed.close();
      },
    },
  ],
};
