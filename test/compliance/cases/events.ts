import type { Case, Group } from '../case.ts';
import { body, lasting } from '../play.ts';

const events = lasting('id: 7\ndata: a\n\n');

/** Everything of an event that a page can read, but for isTrusted. */
function described(name: string, type: string, serve: Case['serve'], expected: object): Case {
  return {
    name,
    ...(serve ? { serve } : {}),
    args: [type, expected],
    async run(t, type: string, expected: object) {
      const source = new EventSource('events');
      let phase: unknown;
      source.addEventListener(type, (event) => {
        const { eventPhase, currentTarget, target, srcElement, composedPath } = event;
        const path = composedPath.call(event);
        phase = [
          eventPhase,
          currentTarget === source,
          target === source,
          srcElement === source,
          path.length,
          path[0] === source,
        ];
      });
      const event = (await t.next(source, type)) as MessageEvent;
      source.close();
      const { bubbles, cancelable, composed, defaultPrevented, returnValue } = event;
      t.equal(phase, [2, true, true, true, 1, true]);
      t.equal([bubbles, cancelable, composed, defaultPrevented, returnValue], [false, false, false, false, true]);
      t.equal(
        {
          type: event.type,
          of: event.constructor.name,
          data: event.data ?? null,
          lastEventId: event.lastEventId ?? null,
        },
        expected,
      );
      t.equal([event.currentTarget, event.eventPhase], [null, 0]);
      t.equal(event.isTrusted, t.mode !== 'managed');
      t.equal(
        [typeof event.timeStamp, event.timeStamp > 0, event.timeStamp <= performance.now()],
        ['number', true, true],
      );
      t.note(Object.getOwnPropertyNames(event), `${event}`);
    },
  };
}

/** [spec] Fire an event; dispatch the event: the objects that listeners get. */
export const EVENTS: Group = {
  name: 'events',
  cases: [
    described('open is an Event', 'open', { events }, { type: 'open', of: 'Event', data: null, lastEventId: null }),
    described(
      'error before a reconnect is an Event',
      'error',
      { events: body('data: a\n\n') },
      { type: 'error', of: 'Event', data: null, lastEventId: null },
    ),
    described(
      'error of a failure is an Event',
      'error',
      { events: (exchange) => exchange.respond(404) },
      { type: 'error', of: 'Event', data: null, lastEventId: null },
    ),
    described(
      'message is a MessageEvent',
      'message',
      { events },
      { type: 'message', of: 'MessageEvent', data: 'a', lastEventId: '7' },
    ),
    described(
      'an event type of the stream’s own is a MessageEvent',
      'tick',
      { events: lasting('event: tick\ndata\n\n') },
      { type: 'tick', of: 'MessageEvent', data: '', lastEventId: '' },
    ),
    {
      name: 'a message has an origin, no source and no ports',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        const event = await t.next(source, 'message');
        source.close();
        t.equal([event.origin, event.source, event.ports, Object.isFrozen(event.ports)], [t.origin, null, [], true]);
        const { ports } = event;
        t.equal(event.ports === ports, true);
        const names: string[] = [];
        for (const name in event) names.push(name);
        t.note(...names);
      },
    },
    {
      name: '"The origin of the event stream’s final URL (i.e., the URL after redirects)"',
      serve: {
        events,
        away: (exchange, { folder, lab }) => exchange.respond(302, { Location: `${lab.twin}${folder}events?cors=1` }),
      },
      async run(t) {
        const source = new EventSource('away');
        const event = await t.next(source, 'message');
        t.equal([event.origin, source.url], [t.stranger, `${t.origin}${t.folder}away`]);
        source.close();
      },
    },
    {
      name: 'every event is an object of its own',
      serve: { events: lasting('data: a\n\ndata: a\n\n') },
      async run(t) {
        const source = new EventSource('events');
        const seen: Event[] = [];
        const both = new Promise<void>((resolve) => {
          source.onmessage = (event) => seen.push(event) === 2 && resolve();
        });
        await t.within(both, 'two messages');
        t.equal([seen[0] === seen[1], seen.length], [false, 2]);
        source.close();
      },
    },
    {
      name: '`event: error` fires a MessageEvent at onerror, and changes no state',
      serve: { events: lasting('event: error\ndata: a\nid: 1\n\ndata: b\n\n') },
      async run(t) {
        const source = new EventSource('events');
        const handled: unknown[] = [];
        source.onerror = (event) =>
          handled.push([event.constructor.name, (event as MessageEvent).data, source.readyState]);
        const watch = t.watch(source);
        await watch.count(3);
        source.close();
        t.equal(watch.seen, ['open(1)', 'error:a#1', 'message:b#1']);
        t.equal(handled, [['MessageEvent', 'a', 1]]);
      },
    },
    {
      name: '`event: open` fires a MessageEvent at onopen, again and again',
      serve: { events: lasting('event: open\ndata: a\n\nevent: open\ndata: b\n\ndata: c\n\n') },
      async run(t) {
        const source = new EventSource('events');
        let opened = 0;
        source.onopen = () => {
          opened += 1;
        };
        const watch = t.watch(source);
        await watch.count(4);
        source.close();
        t.equal(watch.seen, ['open(1)', 'open:a', 'open:b', 'message:c']);
        t.equal(opened, 3);
      },
    },
    {
      name: 'preventDefault and returnValue do nothing',
      serve: { events: body('retry: 10\ndata: a\n\n') },
      async run(t) {
        const source = new EventSource('events');
        const prevented: boolean[] = [];
        for (const type of ['open', 'message', 'error'] as const) {
          source[`on${type}`] = (event) => {
            event.preventDefault();
            event.returnValue = false;
            prevented.push(event.defaultPrevented);
            return false;
          };
        }
        await t.watch(source).until('error(2)');
        t.equal([prevented, source.readyState], [[false, false, false, false], 2]);
      },
    },
    {
      name: 'an event can be dispatched again by the page, and is not trusted then',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        const event = await t.next(source, 'message');
        const target = new EventTarget();
        const again = t.next(target, 'message');
        t.equal(target.dispatchEvent(event), true);
        const second = await again;
        t.equal([second === event, second.isTrusted, second.data, second.target === target], [true, false, 'a', true]);
        source.close();
      },
    },
    {
      name: 'an event cannot be dispatched while it is dispatched',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        const error = await t.within(
          new Promise<{ name: string; message: string }>((resolve) => {
            source.onmessage = (event) => resolve(t.thrown(() => source.dispatchEvent(event)));
          }),
          'the message',
        );
        t.equal(error.name, 'InvalidStateError');
        t.note(error.message);
        source.close();
      },
    },
    {
      name: 'what the page dispatches itself reaches its listeners, and changes no state',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        const watch = t.watch(source, 'mine');
        t.equal(source.dispatchEvent(new Event('open')), true);
        source.dispatchEvent(new Event('error'));
        source.dispatchEvent(new MessageEvent('message', { data: 'own', lastEventId: '99', origin: 'x' }));
        t.equal(source.dispatchEvent(new Event('mine', { cancelable: true })), true);
        t.equal(watch.seen, ['open(0)', 'error(0)', 'message:own#99', 'mine(0)']);
        await watch.count(6);
        source.close();
        t.equal(watch.seen.slice(4), ['open(1)', 'message:a#7']);
        source.dispatchEvent(new Event('open'));
        t.equal([watch.seen.at(-1), watch.seen.length], ['open(2)', 7]);
      },
    },
    {
      name: 'what the page dispatches sets no last event ID',
      serve: {
        events(exchange) {
          exchange.open();
          exchange.write('retry: 10\nid: 1\ndata: a\n\n');
          if (exchange.attempt === 1) void exchange.after(20, () => exchange.end());
        },
      },
      async run(t) {
        const source = new EventSource('events');
        source.onmessage = () => {
          source.onmessage = null;
          source.dispatchEvent(new MessageEvent('message', { data: 'own', lastEventId: '99' }));
        };
        const [, second] = await t.requests('events', 2);
        t.equal(second?.lastEventId, '1');
        source.close();
      },
    },
  ],
};
