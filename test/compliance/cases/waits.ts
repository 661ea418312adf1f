import { here } from '../../support/browser.ts';
import type { Case, Group } from '../case.ts';

/** The wait between an end and the next request, on the server's clock, after these texts and ends in turn. */
function waits(name: string, bodies: string[], bounds: [number, number][]): Case {
  return {
    name,
    serve: {
      events(exchange) {
        exchange.open();
        const body = bodies[exchange.attempt - 1];
        if (body === undefined) return;
        exchange.write(body);
        exchange.after(10, () => exchange.end());
      },
    },
    args: [bounds],
    async run(t, bounds: [number, number][]) {
      const source = new EventSource('events');
      const requests = await t.requests('events', bounds.length + 1);
      source.close();
      for (const [index, [least, most]] of bounds.entries()) {
        const wait = (requests[index + 1]?.time ?? 0) - (requests[index]?.closed?.time ?? 0);
        // A busy server learns of an end later than the page does.
        t.equal([wait >= least * 0.85, wait <= most], [true, true], `wait ${index + 1} was ${Math.round(wait)} ms`);
      }
    },
  };
}

/** Late by no more than a busy machine makes it. */
const LATE = 1200;
const about = (time: number): [number, number] => [time, time + LATE];

/** [spec] "Wait a delay equal to the reconnection time of the event source." */
export const WAITS: Group = {
  name: 'reconnection time',
  cases: [
    waits('is the browser’s own by default', ['data: a\n\n'], [about(here({ chromium: 3000, firefox: 5000 }))]),
    waits('is what retry says', ['retry: 500\n\n'], [about(500)]),
    waits(
      'of 0 is the shortest that the browser allows',
      ['retry: 0\n\n'],
      [about(here({ chromium: 0, firefox: 500 }))],
    ),
    waits(
      'stays for later attempts, and does not grow',
      ['retry: 300\n\n', 'data: a\n\n', '\n'],
      [about(300), about(300), about(300)],
    ),
    waits('can be changed by a later attempt', ['retry: 2000\n\n', 'retry: 20\n\n'], [about(2000), [20, 1900]]),
    // [chrome] Sets the time of the beginning. [firefox] Is a zero, and so the shortest.
    waits('an empty retry', ['retry: 1000\n\nretry:\n\n'], [about(here({ chromium: 3000, firefox: 500 }))]),
    waits('retry in an unfinished block', ['retry: 400\ndata: a'], [about(400)]),
    waits('a retry in an unfinished line is discarded', ['retry: 20\n\nretry: 6000'], [[20, 1500]]),
    {
      name: 'is the source’s own: two sources on one URL',
      serve: {
        events(exchange) {
          exchange.open();
          const slow = exchange.url.searchParams.has('slow');
          exchange.write(`retry: ${slow ? 700 : 50}\n\n`);
          exchange.after(10, () => exchange.end());
        },
      },
      async run(t) {
        const slow = new EventSource('events?slow');
        const quick = new EventSource('events?quick');
        const all = await t.requests('events', 9);
        slow.close();
        quick.close();
        const shortest = (query: string) => {
          const own = all.filter(({ url }) => url.endsWith(query));
          return Math.min(...own.slice(1).map(({ time }, index) => time - (own[index]?.closed?.time ?? 0)));
        };
        t.equal([shortest('?slow') >= 600, shortest('?quick') < 600], [true, true]);
      },
    },
    {
      name: 'has begun when error is fired: a listener that blocks does not add to it',
      serve: {
        events(exchange) {
          exchange.open();
          exchange.write('retry: 600\n\n');
          if (exchange.attempt === 1) exchange.after(10, () => exchange.end());
        },
      },
      async run(t) {
        const source = new EventSource('events');
        source.onerror = () => {
          const end = performance.now() + 500;
          while (performance.now() < end);
        };
        const [first, second] = await t.requests('events', 2);
        source.close();
        const wait = (second?.time ?? 0) - (first?.closed?.time ?? 0);
        t.equal([wait >= 510, wait < 1100], [true, true], `the wait was ${Math.round(wait)} ms`);
      },
    },
    {
      name: 'is waited for before every attempt that fails, too',
      ownLab: true,
      serve: {
        events: (exchange) => {
          exchange.open();
          exchange.write('retry: 200\n\ndata: a\n\n');
        },
      },
      async run(t) {
        const source = new EventSource('events');
        await t.next(source, 'message');
        const times: number[] = [];
        const four = new Promise<void>((resolve) => {
          source.onerror = () => times.push(performance.now()) === 4 && resolve();
        });
        await t.tell('down');
        await t.within(four, 'four errors');
        source.close();
        for (let index = 1; index < 4; index += 1) {
          const wait = (times[index] ?? 0) - (times[index - 1] ?? 0);
          t.equal([wait >= 170, wait < 1400], [true, true], `wait ${index} was ${Math.round(wait)} ms`);
        }
      },
    },
  ],
};
