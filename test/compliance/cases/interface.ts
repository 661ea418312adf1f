import type { Group } from '../case.ts';

/** [spec] 9.2.2 "The EventSource interface", and what Web IDL makes of it: what a script can find out without a stream. */
export const INTERFACE: Group = {
  name: 'interface',
  cases: [
    {
      name: 'the constructor has its name, its length and native text',
      run(t) {
        t.equal([EventSource.name, EventSource.length, typeof EventSource], ['EventSource', 1, 'function']);
        t.equal(`${EventSource}`, t.nativeText('EventSource'));
        t.equal(Function.prototype.toString.call(EventSource), t.nativeText('EventSource'));
      },
    },
    {
      name: 'called without `new` it throws',
      run(t) {
        const call = EventSource as unknown as (url: string) => void;
        const error = t.thrown(() => call('events'));
        t.equal(error.constructor === TypeError, true);
        t.note(error.message, t.thrown(() => Reflect.apply(EventSource, {}, ['events'])).message);
      },
    },
    {
      name: 'the interface object on window is writable, configurable, not enumerable',
      run(t) {
        const own = Object.getOwnPropertyDescriptor(window, 'EventSource') ?? {};
        t.equal(own, { configurable: true, enumerable: false, value: EventSource, writable: true });
        t.equal(Object.keys(window).includes('EventSource'), false);
        t.note(Object.getOwnPropertyNames(window).indexOf('EventSource'));
      },
    },
    {
      name: 'the own properties of the constructor, in order',
      run(t) {
        const keys = Reflect.ownKeys(EventSource);
        t.note(...keys.map(String));
        for (const key of keys) {
          const { value, ...flags } = Object.getOwnPropertyDescriptor(EventSource, key) ?? {};
          t.note(typeof value, flags);
        }
        t.equal(Object.getPrototypeOf(EventSource) === EventTarget, true);
        t.equal(Object.keys(EventSource), ['CONNECTING', 'OPEN', 'CLOSED']);
      },
    },
    {
      name: 'the own properties of the prototype, in order',
      run(t) {
        const keys = Reflect.ownKeys(EventSource.prototype);
        t.note(...keys.map(String));
        for (const key of keys) {
          const { get, set, value, ...flags } = Object.getOwnPropertyDescriptor(EventSource.prototype, key) ?? {};
          t.note(flags, typeof value);
          for (const each of [get, set, value])
            if (typeof each === 'function') t.note([each.name, each.length, Function.prototype.toString.call(each)]);
        }
        t.equal(Object.getPrototypeOf(EventSource.prototype) === EventTarget.prototype, true);
      },
    },
    {
      name: 'for-in finds the attributes, the constants and the methods of an instance',
      run(t) {
        const source = new EventSource('events');
        source.close();
        const found: string[] = [];
        for (const name in source) found.push(name);
        t.note(...found);
        for (const name of ['url', 'withCredentials', 'readyState', 'onopen', 'onmessage', 'onerror', 'close', 'OPEN'])
          t.equal(found.includes(name), true, name);
      },
    },
    {
      name: 'an instance has no properties of its own',
      run(t) {
        const source = new EventSource('events');
        t.equal([Reflect.ownKeys(source), Object.keys(source), JSON.stringify(source)], [[], [], '{}']);
        t.equal({ ...source }, {});
        source.onmessage = () => {};
        source.addEventListener('x', () => {});
        source.close();
        t.equal(Reflect.ownKeys(source), []);
      },
    },
    {
      name: 'CONNECTING, OPEN and CLOSED are constants of class and prototype',
      run(t) {
        for (const holder of [EventSource, EventSource.prototype]) {
          for (const [index, name] of ['CONNECTING', 'OPEN', 'CLOSED'].entries()) {
            const expected = { configurable: false, enumerable: true, value: index, writable: false };
            t.equal(Object.getOwnPropertyDescriptor(holder, name), expected, name);
          }
        }
        t.equal(Reflect.set(EventSource, 'OPEN', 7), false);
        t.equal(Reflect.deleteProperty(EventSource.prototype, 'OPEN'), false);
      },
    },
    {
      name: 'the prototype and its constructor refer to each other',
      run(t) {
        t.equal(EventSource.prototype.constructor === EventSource, true);
        const own = Object.getOwnPropertyDescriptor(EventSource.prototype, 'constructor') ?? {};
        t.equal({ ...own, value: 0 }, { configurable: true, enumerable: false, value: 0, writable: true });
        const prototype = Object.getOwnPropertyDescriptor(EventSource, 'prototype') ?? {};
        t.equal({ ...prototype, value: 0 }, { configurable: false, enumerable: false, value: 0, writable: false });
        const source = new EventSource('events');
        source.close();
        t.equal(
          [source.constructor === EventSource, Object.getPrototypeOf(source) === EventSource.prototype],
          [true, true],
        );
      },
    },
    {
      name: 'the getter of readyState',
      run(t) {
        const { get, set } = Object.getOwnPropertyDescriptor(EventSource.prototype, 'readyState') ?? {};
        t.equal([get?.name, get?.length, set], ['get readyState', 0, undefined]);
        t.equal(`${get}`, t.nativeText('readyState', 'get'));
        t.equal(get !== undefined && 'prototype' in get, false);
        t.equal(t.thrown(() => Reflect.construct(get ?? Object, [])).constructor === TypeError, true);
        t.note(t.thrown(() => Reflect.construct(get ?? Object, [])).message);
      },
    },
    {
      name: 'the method close',
      run(t) {
        const { close } = EventSource.prototype;
        t.equal([close.name, close.length, 'prototype' in close], ['close', 0, false]);
        t.equal(`${close}`, t.nativeText('close'));
        t.note(t.thrown(() => Reflect.construct(close, [])).message, Reflect.ownKeys(close).map(String));
      },
    },
    {
      name: 'addEventListener, removeEventListener and dispatchEvent are EventTarget’s',
      run(t) {
        for (const name of ['addEventListener', 'removeEventListener', 'dispatchEvent'] as const) {
          const method = EventTarget.prototype[name];
          const length = name === 'dispatchEvent' ? 1 : 2;
          t.equal([method.name, method.length, `${method}`], [name, length, t.nativeText(name)]);
          t.equal(EventSource.prototype[name] === method, true);
          t.equal(Object.hasOwn(EventSource.prototype, name), false);
          t.note(Object.getOwnPropertyDescriptor(EventTarget.prototype, name), Reflect.ownKeys(method).map(String));
        }
        t.note(Reflect.ownKeys(EventTarget.prototype).map(String));
      },
    },
    {
      name: 'text of functions does not change when it is asked for in other ways',
      run(t) {
        const { get } = Object.getOwnPropertyDescriptor(EventSource.prototype, 'readyState') ?? {};
        for (const each of [EventSource, EventSource.prototype.close, get, EventTarget.prototype.addEventListener]) {
          t.note(
            String(each),
            each?.toString(),
            `${each}`,
            Function.prototype.toString.apply(each),
            Object.prototype.toString.call(each),
          );
        }
        const text = Function.prototype.toString;
        t.equal([text.name, text.length], ['toString', 0]);
        t.equal(text.call(text), t.nativeText('toString'));
        t.note(Object.getOwnPropertyDescriptor(Function.prototype, 'toString'));
        t.note(t.thrown(() => text.call({})).message, text.call(class A {}));
      },
    },
    {
      name: 'brand checks: getters and methods on other objects throw',
      run(t) {
        for (const other of [
          {},
          EventSource.prototype,
          Object.create(EventSource.prototype),
          new EventTarget(),
          undefined,
          1,
        ]) {
          for (const name of ['readyState', 'url', 'withCredentials', 'onopen', 'onmessage', 'onerror']) {
            const { get } = Object.getOwnPropertyDescriptor(EventSource.prototype, name) ?? {};
            const error = t.thrown(() => Reflect.apply(get ?? Object, other, []));
            t.equal(error.constructor === TypeError, true, name);
            t.note(error.message);
          }
          const error = t.thrown(() => Reflect.apply(EventSource.prototype.close, other, []));
          t.equal(error.constructor === TypeError, true);
          t.note(error.message);
        }
      },
    },
    {
      name: 'brand checks look through no proxy',
      run(t) {
        const source = new EventSource('events');
        const proxy = new Proxy(source, {});
        t.note(t.thrown(() => proxy.readyState).message, t.thrown(() => proxy.close()).message);
        t.note(t.thrown(() => proxy.addEventListener('x', () => {})).message);
        source.close();
        t.equal(source.readyState, 2);
      },
    },
    {
      name: 'instanceof, Symbol.toStringTag and Object.prototype.toString',
      run(t) {
        const source = new EventSource('events');
        source.close();
        t.equal(
          [source instanceof EventSource, source instanceof EventTarget, EventSource.prototype instanceof EventSource],
          [true, true, false],
        );
        t.equal(
          [`${source}`, Object.prototype.toString.call(source)],
          ['[object EventSource]', '[object EventSource]'],
        );
        const tag = Object.getOwnPropertyDescriptor(EventSource.prototype, Symbol.toStringTag);
        t.equal(tag, { configurable: true, enumerable: false, value: 'EventSource', writable: false });
      },
    },
    {
      name: 'the attributes are read-only',
      run(t) {
        const source = new EventSource('events');
        for (const name of ['url', 'readyState', 'withCredentials']) t.equal(Reflect.set(source, name, 5), false, name);
        t.note(t.thrown(() => Object.assign(source, { readyState: 1 })).message);
        t.equal(source.readyState, 0);
        source.close();
      },
    },
    {
      name: 'close() returns undefined, whatever it is given',
      run(t) {
        const source = new EventSource('events');
        t.equal([Reflect.apply(source.close, source, [1, 2]), source.readyState], [undefined, 2]);
        t.equal([source.close(), source.readyState], [undefined, 2]);
      },
    },
  ],
};
