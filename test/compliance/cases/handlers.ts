import type { Group } from '../case.ts';
import { lasting } from '../play.ts';

const events = lasting('data: a\n\n');

/** [spec] onopen, onmessage and onerror are event handlers: their values, their place, and how they are called. */
export const HANDLERS: Group = {
  name: 'handlers',
  cases: [
    {
      name: 'a handler keeps its place in the order, also when it is replaced',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        const order: string[] = [];
        source.addEventListener('message', () => order.push('first'));
        source.onmessage = () => order.push('handler');
        source.addEventListener('message', () => order.push('second'));
        source.onmessage = () => order.push('replaced');
        await t.next(source, 'message');
        t.equal(order, ['first', 'replaced', 'second']);
        source.close();
      },
    },
    {
      name: 'a handler that was null in between goes to the end',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        const order: string[] = [];
        source.onmessage = () => order.push('early');
        source.addEventListener('message', () => order.push('listener'));
        source.onmessage = null;
        source.onmessage = () => order.push('handler');
        await t.next(source, 'message');
        t.equal(order, ['listener', 'handler']);
        source.close();
      },
    },
    {
      name: 'handlers: functions and objects are kept, all else is null',
      run(t) {
        const source = new EventSource('events');
        source.close();
        for (const name of ['onopen', 'onmessage', 'onerror'] as const) {
          const handler = () => {};
          const object = { handleEvent() {} };
          source[name] = handler;
          t.equal(source[name] === handler, true);
          for (const other of [5, 'a', true, Symbol.iterator, undefined, null]) {
            source[name] = other as never;
            t.equal(source[name], null);
          }
          source[name] = object as never;
          t.equal((source[name] as unknown) === object, true);
        }
      },
    },
    {
      name: 'a handler that is an object is never called, nor its handleEvent',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        let called = false;
        source.onmessage = {
          handleEvent: () => {
            called = true;
          },
        } as never;
        await t.next(source, 'message');
        t.equal([called, t.uncaught()], [false, []]);
        source.close();
      },
    },
    {
      name: 'this of handlers and listeners is the source',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        const found: unknown[] = [];
        source.onopen = function () {
          found.push(this === source);
        };
        source.addEventListener('open', function (this: unknown) {
          found.push(this === source);
        });
        const object = {
          handleEvent(this: unknown) {
            found.push(this === object);
          },
        };
        source.addEventListener('open', object);
        await t.next(source, 'message');
        t.equal(found, [true, true, true]);
        source.close();
      },
    },
    {
      name: 'a handler gets one argument, and window.event is the event',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        const found = await t.within(
          new Promise<unknown[]>((resolve) => {
            source.onmessage = (...args: unknown[]) => {
              resolve([args.length, args[0] === window.event, (args[0] as Event).type]);
            };
          }),
          'the message',
        );
        await t.ping();
        t.equal([found, window.event], [[1, true, 'message'], undefined]);
        source.close();
      },
    },
  ],
};
