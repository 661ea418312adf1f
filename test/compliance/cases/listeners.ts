import type { Group } from '../case.ts';
import { lasting } from '../play.ts';

const events = lasting('data: a\n\n');
const three = lasting('data: a\n\ndata: b\n\ndata: c\n\n');

/** [dom] Listeners: who is called, and in which order. */
export const LISTENERS: Group = {
  name: 'listeners',
  cases: [
    {
      name: 'handleEvent is looked up each time',
      serve: { events: three },
      async run(t) {
        const source = new EventSource('events');
        const calls: string[] = [];
        let looked = 0;
        const object = {
          get handleEvent() {
            looked += 1;
            const turn = looked;
            return ({ data }: MessageEvent) => calls.push(`${turn}${data}`);
          },
        };
        source.addEventListener('message', object);
        t.equal(looked, 0);
        const watch = t.watch(source);
        await watch.until('message:c');
        t.equal([looked, calls], [3, ['1a', '2b', '3c']]);
        source.close();
      },
    },
    {
      name: 'a handleEvent that is no function is reported, and later listeners run',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        source.addEventListener('message', { handleEvent: 5 } as never);
        source.addEventListener('message', {} as never);
        await t.next(source, 'message');
        t.note(...t.uncaught());
        source.close();
      },
    },
    {
      name: 'capture listeners are called in the browser’s own order',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        const order: string[] = [];
        source.addEventListener('message', () => order.push('bubble'));
        source.onmessage = () => order.push('handler');
        source.addEventListener('message', () => order.push('capture'), true);
        source.addEventListener('message', () => order.push('capture too'), { capture: true });
        await t.next(source, 'message');
        // [chrome] In the order of adding: capturing goes first only in trees of nodes.
        t.note(...order);
        t.equal(order.length, 4);
        source.close();
      },
    },
    {
      name: 'once, also with capture and through removal and a second adding',
      serve: { events: three },
      async run(t) {
        const source = new EventSource('events');
        const order: string[] = [];
        const listener = ({ data }: MessageEvent) => order.push(data);
        source.addEventListener('message', listener, { once: true });
        source.addEventListener('message', listener, { once: true, capture: true });
        const watch = t.watch(source);
        await watch.until('message:c');
        t.equal(order, ['a', 'a']);
        source.close();
      },
    },
    {
      name: 'the same listener twice is one, with another capture it is two',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        let calls = 0;
        const listener = () => {
          calls += 1;
        };
        for (const options of [false, { capture: false }, { passive: true }, true, { capture: true }, undefined])
          source.addEventListener('message', listener, options);
        await t.next(source, 'message');
        t.equal(calls, 2);
        source.close();
      },
    },
    {
      name: 'a signal removes a listener, and an aborted one adds none',
      serve: { events: three },
      async run(t) {
        const source = new EventSource('events');
        const seen: string[] = [];
        const controller = new AbortController();
        const { signal } = controller;
        source.addEventListener(
          'message',
          ({ data }) => {
            seen.push(data);
            controller.abort();
          },
          { signal },
        );
        source.addEventListener('message', () => seen.push('never'), { signal: AbortSignal.abort() });
        source.addEventListener('message', () => seen.push('removed'), { signal });
        await t.watch(source).until('message:c');
        t.equal(seen, ['a']);
        source.close();
      },
    },
    {
      name: 'passive listeners are called',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        let called = 0;
        source.addEventListener(
          'message',
          () => {
            called += 1;
          },
          { passive: true },
        );
        await t.next(source, 'message');
        t.equal(called, 1);
        source.close();
      },
    },
    {
      name: 'a listener removed by an earlier one is not called, one that is added is called next time',
      serve: { events: three },
      async run(t) {
        const source = new EventSource('events');
        const order: string[] = [];
        const later = ({ data }: MessageEvent) => order.push(`later ${data}`);
        const added = ({ data }: MessageEvent) => order.push(`added ${data}`);
        source.addEventListener('message', () => {
          source.removeEventListener('message', later);
          source.addEventListener('message', added);
        });
        source.addEventListener('message', later);
        await t.watch(source).until('message:c');
        t.equal(order, ['added b', 'added c']);
        source.close();
      },
    },
    {
      name: 'stopImmediatePropagation hides an event from later listeners, and nothing else',
      serve: { events: three },
      async run(t) {
        const source = new EventSource('events');
        const order: string[] = [];
        source.addEventListener(
          'message',
          (event) => {
            order.push(`first ${event.data}`);
            if (event.data === 'b') event.stopImmediatePropagation();
          },
          true,
        );
        source.onmessage = ({ data }) => order.push(`handler ${data}`);
        const watch = t.watch(source);
        await watch.until('message:c');
        t.equal(order, ['first a', 'handler a', 'first b', 'first c', 'handler c']);
        t.equal(watch.seen, ['open(1)', 'message:a', 'message:c']);
        source.close();
      },
    },
    {
      name: 'stopPropagation keeps the bubbling listeners of the target from a capturing one',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        const order: string[] = [];
        source.addEventListener(
          'message',
          (event) => {
            order.push('capture');
            event.stopPropagation();
          },
          true,
        );
        const stopped = new Promise<void>((resolve) => {
          source.addEventListener('message', () => order.push('capture too') > 0 && resolve(), true);
        });
        source.addEventListener('message', () => order.push('bubble'));
        await t.within(stopped, 'the message');
        await t.ping();
        t.note(...order);
        source.close();
      },
    },
  ],
};
