import type { Group } from '../case.ts';
import { lasting } from '../play.ts';

/** addEventListener itself: conversions, their order, and what it gives back. */
export const ADDING: Group = {
  name: 'adding listeners',
  cases: [
    {
      name: 'the type is converted once, before the options',
      run(t) {
        const order: string[] = [];
        const source = new EventSource('events');
        const type = { toString: () => `x${order.push('type') * 0}` };
        const options = {};
        for (const name of ['capture', 'once', 'passive', 'signal'])
          Object.defineProperty(options, name, { get: () => void order.push(name) });
        Reflect.apply(source.addEventListener, source, [type, () => {}, options]);
        t.equal(order[0], 'type');
        t.equal(order.filter((step) => step === 'type').length, 1);
        t.note(...order);
        source.close();
      },
    },
    {
      name: 'too few arguments and wrong ones throw as they do natively',
      run(t) {
        const source = new EventSource('events');
        source.close();
        const calls: unknown[][] = [
          [],
          ['x'],
          ['x', 5],
          ['x', 'a'],
          [Symbol('a'), () => {}],
          ['x', () => {}, { signal: 5 }],
          [{ toString: 5 }, () => {}],
        ];
        for (const args of calls) {
          const error = t.thrown(() => Reflect.apply(source.addEventListener, source, args));
          t.equal(error.constructor === TypeError, true);
          t.note(error.message);
        }
        for (const self of [{}, 5, 'a'])
          t.note(t.thrown(() => Reflect.apply(source.addEventListener, self, ['x', () => {}])).message);
      },
    },
    {
      name: 'null as the listener adds none, undefined as well',
      run(t) {
        const source = new EventSource('events');
        source.close();
        for (const listener of [null, undefined])
          t.equal(Reflect.apply(source.addEventListener, source, ['x', listener]), undefined);
        t.equal(source.dispatchEvent(new Event('x')), true);
      },
    },
    {
      name: 'types that are no texts: null, numbers, and the name of a method',
      serve: { events: lasting('event: null\ndata: 1\n\nevent: 5\ndata: 2\n\nevent: undefined\ndata: 3\n\n') },
      async run(t) {
        const source = new EventSource('events');
        const seen: string[] = [];
        const all = new Promise<void>((resolve) => {
          for (const type of [null, 5, undefined])
            source.addEventListener(type as never, ({ data }) => seen.push(data) === 3 && resolve());
        });
        await t.within(all, 'three events');
        t.equal(seen, ['1', '2', '3']);
        source.close();
      },
    },
    {
      name: 'listeners of types that are added late get what comes after',
      serve: {
        async events(exchange, scene) {
          exchange.open();
          exchange.write('event: x\ndata: 1\n\ndata: a\n\n');
          await scene.told('listening');
          exchange.write('event: x\ndata: 2\n\ndata: b\n\n');
        },
      },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        await watch.until('message:a');
        const heard: string[] = [];
        source.addEventListener('x', ({ data }) => heard.push(data));
        await t.tell('listening');
        await watch.until('message:b');
        t.equal(heard, ['2']);
        source.close();
      },
    },
    {
      name: 'addEventListener with the window as this, and without one',
      async run(t) {
        const add = EventTarget.prototype.addEventListener;
        let called = 0;
        const count = () => {
          called += 1;
        };
        Reflect.apply(add, undefined, ['compliance', count]);
        Reflect.apply(add, window, ['compliance', count]);
        window.dispatchEvent(new Event('compliance'));
        t.equal(called, 1);
      },
    },
  ],
};
