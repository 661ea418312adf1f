import type { Group } from '../case.ts';
import { lasting } from '../play.ts';

const events = lasting('data: a\n\n');

/** [spec] "The EventSource(url, eventSourceInitDict) constructor": conversions, failures, and the first readyState. */
export const CONSTRUCTOR: Group = {
  name: 'constructor',
  cases: [
    {
      name: 'without arguments it throws',
      run(t) {
        const error = t.thrown(() => Reflect.construct(EventSource, []));
        t.equal([error.constructor === TypeError, error.name], [true, 'TypeError']);
        t.note(error.message);
      },
    },
    {
      name: 'conversions: the url once, then the dictionary’s members',
      run(t) {
        const order: string[] = [];
        const url = {
          toString() {
            order.push('toString');
            return 'events';
          },
          valueOf: () => order.push('valueOf'),
        };
        const options = new Proxy(
          { withCredentials: 'yes' },
          {
            get(target, key) {
              order.push(String(key));
              return Reflect.get(target, key);
            },
            has: (_, key) => order.push(`has ${String(key)}`) > 0,
            ownKeys: () => [String(order.push('ownKeys'))],
          },
        );
        const source = Reflect.construct(EventSource, [url, options]) as EventSource;
        source.close();
        t.equal(order, ['toString', 'withCredentials']);
        t.equal(source.withCredentials, true);
      },
    },
    {
      name: 'Symbol.toPrimitive comes before toString, with the hint string',
      run(t) {
        const hints: string[] = [];
        const url = {
          [Symbol.toPrimitive]: (hint: string) => `events${hints.push(hint) * 0}`,
          toString: () => 'other',
        };
        const source = Reflect.construct(EventSource, [url]) as EventSource;
        source.close();
        t.equal(hints, ['string']);
        t.equal(source.url, new URL('events0', document.baseURI).href);
      },
    },
    {
      name: 'what a conversion throws comes out as it is',
      run(t) {
        const mine = new RangeError('mine');
        const fail = () => {
          throw mine;
        };
        t.equal(t.thrown(() => Reflect.construct(EventSource, [{ toString: fail }])) === mine, true);
        const options = {
          get withCredentials(): boolean {
            return fail();
          },
        };
        t.equal(t.thrown(() => new EventSource('events', options)) === mine, true);
        t.equal(t.thrown(() => Reflect.construct(EventSource, [{ toString: fail }, options])) === mine, true);
      },
    },
    {
      name: 'symbols and objects without a text throw TypeError',
      run(t) {
        for (const url of [Symbol('a'), Object.create(null)]) {
          const error = t.thrown(() => Reflect.construct(EventSource, [url]));
          t.equal(error.constructor === TypeError, true);
          t.note(error.message);
        }
      },
    },
    {
      name: 'every other value becomes a text: null, undefined, numbers, arrays',
      run(t) {
        for (const url of [null, undefined, 5, true, ['a', 'b'], {}, 10n, new URL('x', location.href)]) {
          const source = Reflect.construct(EventSource, [url]) as EventSource;
          source.close();
          t.equal(source.url, new URL(String(url), document.baseURI).href);
        }
      },
    },
    {
      name: 'the second argument: nothing, null and objects are dictionaries',
      run(t) {
        for (const options of [
          undefined,
          null,
          {},
          [],
          () => {},
          new Date(0),
          Object.create({ withCredentials: true }),
        ]) {
          const source = Reflect.construct(EventSource, ['events', options]) as EventSource;
          source.close();
          t.note(source.withCredentials);
        }
      },
    },
    {
      name: 'the second argument: primitives throw TypeError',
      run(t) {
        for (const options of [5, 'a', true, Symbol('a'), 10n]) {
          const error = t.thrown(() => Reflect.construct(EventSource, ['events', options]));
          t.equal(error.constructor === TypeError, true);
          t.note(error.message);
        }
      },
    },
    {
      name: 'withCredentials is converted to a boolean',
      run(t) {
        const made = [true, false, 1, 0, 'false', '', null, undefined, {}, Number.NaN].map((withCredentials) => {
          const source = new EventSource('events', { withCredentials: withCredentials as boolean });
          source.close();
          return source.withCredentials;
        });
        t.equal(made, [true, false, true, false, true, false, false, false, true, false]);
      },
    },
    {
      name: 'further arguments are ignored',
      run(t) {
        const source = Reflect.construct(EventSource, ['events', {}, 1, 2]) as EventSource;
        t.equal([source.readyState, source.withCredentials], [0, false]);
        source.close();
      },
    },
    {
      name: '"If urlRecord is failure, then throw a SyntaxError DOMException"',
      run(t) {
        for (const url of ['http://', 'http://[', 'https://a:99999/', 'http://%00/']) {
          const error = t.thrown(() => new EventSource(url));
          t.equal([error instanceof DOMException, error.name], [true, 'SyntaxError'], url);
          t.equal((error as DOMException).code, 12);
          t.note(error.message);
        }
      },
    },
    {
      name: 'after a failure nothing was requested',
      serve: { events },
      async run(t) {
        t.thrown(() => new EventSource('http://['));
        t.thrown(() => Reflect.construct(EventSource, ['events', 5]));
        t.thrown(
          () =>
            new EventSource('events', {
              get withCredentials(): boolean {
                throw new Error('no');
              },
            }),
        );
        const source = new EventSource('events?last');
        await t.next(source, 'message');
        source.close();
        const requests = await t.requests('events');
        t.equal(
          requests.map(({ url }) => url),
          ['{origin}/{folder}/events?last'],
        );
      },
    },
    {
      name: 'readyState is CONNECTING right after, and until the task in which `open` is fired',
      serve: { events },
      async run(t) {
        const source = new EventSource('events');
        const states = [source.readyState];
        await null;
        states.push(source.readyState);
        await t.next(source, 'open');
        states.push(source.readyState);
        t.equal(states, [0, 0, 1]);
        source.close();
      },
    },
    {
      name: 'handlers are null at first',
      run(t) {
        const source = new EventSource('events');
        t.equal([source.onopen, source.onmessage, source.onerror], [null, null, null]);
        source.close();
      },
    },
  ],
};
