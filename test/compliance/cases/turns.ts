import type { Group } from '../case.ts';
import { lasting } from '../play.ts';

const three = lasting('data: a\n\ndata: b\n\ndata: c\n\n');

/** Tasks, microtasks and exceptions around the calls of listeners. */
export const TURNS: Group = {
  name: 'turns',
  cases: [
    {
      name: 'what a listener queues as a microtask runs before the next event of the same chunk',
      serve: { events: three },
      async run(t) {
        const source = new EventSource('events');
        const order: string[] = [];
        source.onmessage = ({ data }) => {
          order.push(data);
          Promise.resolve()
            .then(() => order.push(`${data} then`))
            .then(() => order.push(`${data} then then`));
          queueMicrotask(() => order.push(`${data} microtask`));
        };
        await t.watch(source).until('message:c');
        await t.ping();
        const of = (data: string) => [data, `${data} then`, `${data} microtask`, `${data} then then`];
        t.equal(order, [...of('a'), ...of('b'), ...of('c')]);
        source.close();
      },
    },
    {
      name: 'microtasks run between two listeners of one event',
      serve: { events: lasting('data: a\n\n') },
      async run(t) {
        const source = new EventSource('events');
        const order: string[] = [];
        source.addEventListener('message', () => {
          order.push('first');
          queueMicrotask(() => order.push('microtask'));
        });
        source.addEventListener('message', () => order.push('second'));
        await t.next(source, 'message');
        t.equal(order, ['first', 'microtask', 'second']);
        source.close();
      },
    },
    {
      name: 'an async listener goes on, up to its first real wait, before the next event',
      serve: { events: three },
      async run(t) {
        const source = new EventSource('events');
        const order: string[] = [];
        source.onmessage = async ({ data }) => {
          order.push(`${data}1`);
          await null;
          order.push(`${data}2`);
          await null;
          order.push(`${data}3`);
        };
        await t.watch(source).until('message:c');
        await t.ping();
        t.equal(order, ['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'c1', 'c2', 'c3']);
        source.close();
      },
    },
    {
      name: 'microtasks of open run before the first message, those of error before the page goes on',
      serve: {
        events(exchange) {
          if (exchange.attempt > 1) return exchange.respond(204);
          exchange.open();
          exchange.write('data: a\n\n');
          exchange.end();
        },
      },
      async run(t) {
        const source = new EventSource('events');
        const order: string[] = [];
        for (const type of ['open', 'message', 'error'] as const) {
          source.addEventListener(type, () => {
            order.push(type);
            queueMicrotask(() => order.push(`${type} microtask ${source.readyState}`));
          });
        }
        await t.next(source, 'error');
        await null;
        t.equal(order, ['open', 'open microtask 1', 'message', 'message microtask 1', 'error', 'error microtask 0']);
        source.close();
      },
    },
    {
      name: 'close() in a microtask of one event: the next one is not dispatched',
      serve: { events: three },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source);
        source.onmessage = () => queueMicrotask(() => source.close());
        await t.closed('events');
        await t.ping();
        t.equal(watch.seen, ['open(1)', 'message:a']);
      },
    },
    {
      name: 'an exception is reported with its message and place, and later listeners and events go on',
      serve: { events: three },
      pages: {
        'fails.js': 'window.fails = ({ data }) => {\n  throw new RangeError("no " + data);\n};\n',
      },
      async run(t) {
        const script = document.createElement('script');
        script.src = 'fails.js';
        const loaded = t.next(script, 'load');
        document.head.append(script);
        await loaded;
        const reports: unknown[] = [];
        window.onerror = (message, file, line, column, error) => {
          reports.push([message, file?.replace(location.origin, ''), line, column, error?.name]);
        };
        const source = new EventSource('events');
        source.onmessage = (window as never as { fails: () => void }).fails;
        const watch = t.watch(source);
        await watch.until('message:c');
        t.equal(watch.seen, ['open(1)', 'message:a', 'message:b', 'message:c']);
        t.equal(
          reports,
          ['a', 'b', 'c'].map((data) => [
            `${t.here({ chromium: 'Uncaught ', firefox: '' })}RangeError: no ${data}`,
            `${t.folder}fails.js`,
            2,
            9,
            'RangeError',
          ]),
        );
        t.equal(t.uncaught().length, 3);
        source.close();
      },
    },
    {
      name: 'exceptions of open and error are reported, and change nothing',
      serve: {
        events(exchange) {
          if (exchange.attempt > 2) return exchange.respond(204);
          exchange.open();
          exchange.write('retry: 10\ndata: a\n\n');
          exchange.after(10, () => exchange.end());
        },
      },
      async run(t) {
        const source = new EventSource('events');
        source.onopen = () => {
          throw new Error('in open');
        };
        source.onerror = () => {
          throw 'in error';
        };
        const watch = t.watch(source);
        await watch.until('error(2)');
        t.equal(watch.seen, ['open(1)', 'message:a', 'error(0)', 'open(1)', 'message:a', 'error(0)', 'error(2)']);
        const error = t.here({ chromium: 'Uncaught Error: in open', firefox: 'Error: in open' });
        const text = t.here({ chromium: 'Uncaught in error', firefox: 'uncaught exception: in error' });
        t.equal(t.uncaught(), [error, text, error, text, text]);
      },
    },
    {
      name: 'the stack of a listener shows the page’s code only',
      serve: { events: lasting('data: a\n\n') },
      async run(t) {
        const source = new EventSource('events');
        const stacks: string[] = [];
        for (const type of ['open', 'message'] as const)
          source.addEventListener(type, function listener() {
            stacks.push(new Error('here').stack ?? '');
          });
        await t.next(source, 'message');
        for (const stack of stacks) t.note(stack.split('\n').map((line) => line.trim().replace(/[\w-]+:\/\/.*/, '…')));
        source.close();
      },
    },
    {
      name: 'the stack of a constructor’s exception shows the page’s code only',
      run(t) {
        const stacks = [() => new EventSource('http://['), () => Reflect.construct(EventSource, [])].map((act) => {
          const error = t.thrown(act) as unknown as Error;
          return (error.stack ?? '').split('\n').map((line) => line.trim().replace(/[\w-]+:\/\/.*/, '…'));
        });
        for (const stack of stacks) t.note(stack);
      },
    },
    {
      name: 'an unhandled rejection of an async listener is reported as one',
      serve: { events: three },
      async run(t) {
        const source = new EventSource('events');
        source.onmessage = async ({ data }) => {
          throw new Error(`rejected ${data}`);
        };
        await t.watch(source).until('message:c');
        await t.ping();
        t.equal(
          t.uncaught(),
          ['a', 'b', 'c'].map((data) => `Error: rejected ${data}`),
        );
        source.close();
      },
    },
  ],
};
