import type { Group } from '../case.ts';
import { lasting } from '../play.ts';

const events = lasting('data: a\n\n');

/** Pages that extend, replace or freeze the class and its instances. */
export const REPLACING: Group = {
  name: 'replacing',
  cases: [
    {
      name: 'structuredClone refuses an instance',
      run(t) {
        const source = new EventSource('events');
        const error = t.thrown(() => structuredClone(source));
        t.equal(error.name, 'DataCloneError');
        t.note(error.message);
        source.close();
      },
    },
    {
      name: 'properties that a page adds to an instance stay its own',
      run(t) {
        const source = new EventSource('events') as EventSource & { note?: string };
        source.note = 'mine';
        t.equal(Reflect.ownKeys(source), ['note']);
        Object.freeze(source);
        t.equal(Object.isFrozen(source), true);
        source.onmessage = () => {};
        t.equal(typeof source.onmessage, 'function');
        source.close();
        t.equal(source.readyState, 2);
      },
    },
    {
      name: 'a static that a page adds is on the class and seen by a subclass',
      run(t) {
        const Extended = EventSource as typeof EventSource & { create?: () => string };
        Extended.create = () => 'mine';
        class Feed extends Extended {}
        t.equal(
          [Extended.create(), (Feed as typeof Extended).create?.(), window.EventSource === Extended],
          ['mine', 'mine', true],
        );
        t.equal(Reflect.ownKeys(EventSource).includes('create'), true);
        t.equal(delete Extended.create, true);
        t.equal('create' in EventSource, false);
      },
    },
    {
      name: 'what a page adds to the prototype is on every instance',
      run(t) {
        const source = new EventSource('events');
        Object.defineProperty(EventSource.prototype, 'shut', {
          configurable: true,
          value(this: EventSource) {
            this.close();
          },
        });
        (source as EventSource & { shut(): void }).shut();
        t.equal(source.readyState, 2);
      },
    },
    {
      name: 'a page that replaces close() and readyState on the prototype is asked',
      async run(t) {
        const calls: string[] = [];
        const close = EventSource.prototype.close;
        EventSource.prototype.close = function () {
          calls.push('close');
          close.call(this);
        };
        Object.defineProperty(EventSource.prototype, 'readyState', { configurable: true, get: () => 42 });
        const source = new EventSource('events');
        t.equal(source.readyState, 42);
        source.close();
        t.equal([calls, source.readyState], [['close'], 42]);
        t.note(Object.getOwnPropertyDescriptor(EventSource.prototype, 'readyState'));
      },
    },
    {
      name: 'delete window.EventSource leaves nothing',
      run(t) {
        t.equal(Reflect.deleteProperty(window, 'EventSource'), true);
        t.equal(['EventSource' in window, typeof EventSource], [false, 'undefined']);
      },
    },
    {
      name: 'window.EventSource can be assigned, and what was there still works',
      serve: { events },
      async run(t) {
        const Before = EventSource;
        const mine = class {} as unknown as typeof EventSource;
        window.EventSource = mine;
        t.equal([window.EventSource === mine, EventSource === mine], [true, true]);
        const source = new Before('events');
        t.equal((await t.next(source, 'message')).data, 'a');
        source.close();
      },
    },
    {
      name: 'a polyfill that keeps what is there finds a class that it keeps',
      run(t) {
        const native = /\[native code\]/.test(Function.prototype.toString.call(EventSource));
        const complete = 'withCredentials' in EventSource.prototype && EventSource.CLOSED === 2;
        t.equal([native, complete, typeof window.EventSource], [true, true, 'function']);
      },
    },
    {
      name: 'defineProperty over window.EventSource, and Object.freeze of the class',
      run(t) {
        Object.freeze(EventSource);
        t.equal([Object.isFrozen(EventSource), Reflect.set(EventSource, 'foo', 1)], [true, false]);
        const Before = EventSource;
        Object.defineProperty(window, 'EventSource', { value: Before, writable: false, configurable: false });
        t.equal(Reflect.set(window, 'EventSource', 1), false);
        const source = new EventSource('events');
        t.equal(source.readyState, 0);
        source.close();
        t.note(Object.getOwnPropertyDescriptor(window, 'EventSource'));
      },
    },
    {
      name: 'a page’s own Proxy around the class works',
      serve: { events },
      async run(t) {
        const urls: string[] = [];
        window.EventSource = new Proxy(EventSource, {
          construct(target, args, newTarget) {
            urls.push(args[0]);
            return Reflect.construct(target, args, newTarget);
          },
        });
        const source = new EventSource('events');
        t.equal((await t.next(source, 'message')).data, 'a');
        t.equal([urls, source instanceof EventSource], [['events'], true]);
        source.close();
      },
    },
    {
      name: 'a frozen prototype',
      serve: { events },
      async run(t) {
        Object.freeze(EventSource.prototype);
        const source = new EventSource('events');
        t.equal((await t.next(source, 'message')).data, 'a');
        source.close();
        t.equal(source.readyState, 2);
      },
    },
  ],
};
