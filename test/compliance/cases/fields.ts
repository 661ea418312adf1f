import { here } from '../../support/browser.ts';
import type { Case, Group } from '../case.ts';
import { body, parsed, write } from '../play.ts';

/** What Last-Event-ID the reconnect sends after this stream; `null` for no header. */
function resumed(name: string, text: string, lastEventId: string | null): Case {
  return {
    name,
    serve: {
      events(exchange) {
        exchange.open();
        if (exchange.attempt === 1) write(exchange, [`retry: 10\n\n${text}`]);
        // [firefox] `open` is fired at the first byte.
        else exchange.write(':\n\n');
      },
    },
    args: [lastEventId],
    async run(t, lastEventId: string | null) {
      const source = new EventSource('events');
      const watch = t.watch(source);
      const requests = await t.requests('events', 2);
      await watch.until('open(1)', 2);
      source.close();
      t.equal(
        requests.map((request) => request.lastEventId),
        [null, lastEventId],
      );
      t.note(...watch.seen, ...requests.map(({ headers }) => headers));
    },
  };
}

/** After how many milliseconds the reconnect comes. */
function retried(name: string, text: string, least: number, most: number): Case {
  return {
    name,
    serve: { events: body(text) },
    args: [least, most],
    async run(t, least: number, most: number) {
      const source = new EventSource('events');
      await t.next(source, 'open');
      const [first, second] = await t.requests('events', 2);
      const wait = (second?.time ?? 0) - (first?.closed?.time ?? 0);
      t.equal([wait >= least, wait < most], [true, true], `reconnected after ${wait} ms`);
    },
  };
}

/** Long before the default of three seconds, or of five: the field was taken, and its value is small. */
const quick = (name: string, text: string) => retried(name, text, 0, 1500);

/** The same as `quick` for a field that the standard ignores: what was set before stays. */
const ignored = (name: string, value: string) => quick(`${name} is ignored`, `retry: 20\n\nretry:${value}\n\n`);

export const FIELDS: Group = {
  name: 'id and retry',
  cases: [
    parsed(
      'an id stays for the events after it',
      ['id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\ndata: d\n\n'],
      ['message:a#1', 'message:b#1', 'message:c#2', 'message:d#2'],
    ),
    parsed(
      'an id without data is set, and seen at the next event',
      ['id: 5\n\ndata: a\n\n'],
      // [firefox] An id counts with the data of its block only.
      here({ chromium: ['message:a#5'], firefox: ['message:a'] }),
    ),
    parsed(
      'an empty id is set: "the last event ID string" is empty',
      ['id: 1\ndata: a\n\nid:\ndata: b\n\nid: 2\n\nid\ndata: c\n\n'],
      ['message:a#1', 'message:b', 'message:c'],
    ),
    parsed('blanks of an id, but for the first', ['id:  a b \ndata: 1\n\n'], ['message:1# a b ']),
    parsed('an id of any script', ['id: é更🚀\ndata: 1\n\n'], ['message:1#é更🚀']),
    parsed('an id of 5,000 characters', [`id: ${'7'.repeat(5000)}\ndata: 1\n\n`], [`message:1#${'7'.repeat(5000)}`]),
    parsed('an id after the data of its block', ['data: 1\nid: 9\n\n'], ['message:1#9']),
    parsed(
      'an id is for all event types',
      ['event: a\nid: 1\ndata: x\n\nevent: b\ndata: y\n\n'],
      ['a:x#1', 'b:y#1'],
      ['a', 'b'],
    ),
    parsed(
      'an id of an event that nobody listens to',
      ['event: unheard\nid: 8\ndata: x\n\ndata: y\n\n'],
      ['message:y#8'],
    ),

    resumed('no id: no Last-Event-ID', 'data: a\n\n', null),
    resumed('Last-Event-ID is the id of the last event', 'id: 1\ndata: a\n\nid: 2\ndata: b\n\n', '2'),
    resumed(
      'Last-Event-ID is the id of a block without data',
      'id: 1\ndata: a\n\nid: 2\n\n',
      here({ chromium: '2', firefox: '1' }),
    ),
    resumed('Last-Event-ID is the id of an event that nobody listens to', 'id: 3\nevent: unheard\ndata: a\n\n', '3'),
    resumed('an empty id: no Last-Event-ID', 'id: 1\ndata: a\n\nid\ndata: b\n\n', null),
    resumed('"Set the last event ID string": not by an unfinished block', 'id: 1\ndata: a\n\nid: 2\ndata: b\n', '1'),
    resumed('an id with NUL is not sent', 'id: 1\ndata: a\n\nid: 2\0\ndata: b\n\n', '1'),
    resumed('Last-Event-ID is sent as UTF-8', 'id: é更🚀\ndata: a\n\n', 'é更🚀'),
    resumed('a header has no blanks around its value', 'id:  a b \ndata: a\n\n', 'a b'),
    resumed('an id of commas, quotes and colons', 'id: a, "b": c\ndata: a\n\n', 'a, "b": c'),
    resumed('an id with a tab', 'id: a\tb\ndata: a\n\n', 'a\tb'),
    resumed('an id of 2,000 characters', `id: ${'7'.repeat(2000)}\ndata: a\n\n`, '7'.repeat(2000)),

    quick('retry: 10', 'retry: 10\n\n'),
    quick('retry needs no blank line', 'retry: 10\n'),
    quick('retry without a blank after the colon', 'retry:10\n\n'),
    quick('retry with leading zeros', 'retry: 00010\n\n'),
    quick('retry: 0', 'retry: 0\n\n'),
    quick('the last of two counts', 'retry: 60000\nretry: 10\n\n'),
    quick('retry in a block with data', 'data: a\nretry: 10\nid: 1\n\n'),
    ignored('retry with letters', ' 60000x'),
    ignored('retry with a sign', ' +60000'),
    ignored('a negative retry', ' -60000'),
    ignored('a retry with a fraction', ' 60000.5'),
    ignored('a retry with an exponent', ' 6e4'),
    ignored('a retry with two leading blanks', '  60000'),
    ignored('a retry with a blank after it', ' 60000 '),
    ignored('a hexadecimal retry', ' 0xea60'),
    ignored('a retry of other digits than ASCII', ' ６００００'),
    // [firefox] NUL is left out.
    retried(
      'a retry with NUL',
      'retry: 20\n\nretry: 2000\0\n\n',
      ...here<[number, number]>({ chromium: [0, 1500], firefox: [1900, 4000] }),
    ),
    quick('Retry is another field', 'retry: 10\nRetry: 60000\nRETRY: 60000\n\n'),
  ],
};
