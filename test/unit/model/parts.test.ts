import { describe, expect, test } from 'vitest';
import { parseFilter } from '../../../src/model/filter.ts';
import { Log } from '../../../src/model/log.ts';
import { Search } from '../../../src/model/search.ts';
import type { Source } from '../../../src/model/source.ts';
import { slice } from '../../../src/model/stretch.ts';
import type { StreamRecord } from '../../../src/protocol/record.ts';
import { HOME, logWith, networkStory } from '../../support/network-story.ts';
import { type Story, story } from '../../support/story.ts';

const OPEN = 'construct /e @0 · connect @0 · announce @100';
const ANSWERED = 'request /e @1 · response @98 · tapped @98';

const events = (source: Source | undefined) =>
  source?.events.map(({ type, data, heard }) => `${type} ${data}${heard ? '' : ' unheard'}`);
const lines = (source: Source | undefined) => source?.lines.map(({ type, value }) => `${type} ${value}`);

/** A log which is told piece by piece, in the order of the test. */
function telling() {
  const log = new Log();
  const { document } = story('');
  log.hello(document, 0, HOME);
  let told = '';
  let seq = 0;
  return {
    log,
    get source() {
      return log.sources[0];
    },
    page(text: string) {
      told += `${text} · `;
      const { entries }: Story = story(told);
      log.append('A', entries.slice(seq));
      seq = entries.length;
    },
    network: (text: string) => log.network(networkStory(text), 0),
  };
}

describe('what the tap sees of a source of the page', () => {
  test('is shown where the page does not tell it', () => {
    const { sources } = logWith(
      OPEN,
      `${ANSWERED} · see comment hello @99 · see retry 700 · see id 7 · see event 8 tick data=x`,
    );
    expect(sources).toHaveLength(1);
    expect(lines(sources[0])).toEqual(['comment hello', 'retry 700', 'id 7']);
    expect(sources[0]?.lines.map(({ time, attempt }) => [time, attempt])).toEqual([
      [99, 1],
      [109, 1],
      [119, 1],
    ]);
    expect(events(sources[0])).toEqual(['tick x unheard']);
    expect(sources[0]).toMatchObject({ lastEventId: '8', attempts: [{ events: 1, size: 1 }] });
  });

  test('waits until the page told of the attempt that brought it', () => {
    const { log, page, network } = telling();
    page('construct /e @0 · connect @0');
    network(`${ANSWERED} · see comment first @99`);
    expect(lines(log.sources[0])).toEqual([]);
    page('announce @103');
    expect(lines(log.sources[0])).toEqual(['comment first']);
    network('&1 request /e @1 · see comment second @104');
    expect(lines(log.sources[0])).toEqual(['comment first', 'comment second']);
  });

  test('and what it saw of a reconnect, too', () => {
    const { log, page, network } = telling();
    page(`${OPEN} · reestablish @200`);
    network(`${ANSWERED} · see comment one @99 · end @199 · request /e @1200 · response @1210 · see comment two @1211`);
    expect(lines(log.sources[0])).toEqual(['comment one']);
    page('connect @1213 · announce @1213');
    expect(log.sources[0]?.lines.map(({ value, attempt }) => `${attempt} ${value}`)).toEqual(['1 one', '2 two']);
  });

  test('is not told twice: the page tells what it listens for, and what has the name of an event of its own', () => {
    const page = `${OPEN} · listen tick @101 · dispatch 1 tick data=x @300 · dispatch - error data=y @310 unheard`;
    const log = logWith(page, `${ANSWERED} · see event 1 tick data=x @299 · see event 1 error data=y @309`);
    expect(events(log.sources[0])).toEqual(['tick x', 'error y unheard']);
    expect(log.sources[0]?.attempts[0]).toMatchObject({ events: 2, size: 2 });
  });

  test('is heard where the page listens before it is dispatched: it stays where it is', () => {
    const { page, network, log } = telling();
    page(OPEN);
    network(`${ANSWERED} · see event 1 tick data=x @150 · see event 2 tick data=y @200`);
    const before = log.sources[0]?.events[1];
    expect(events(log.sources[0])).toEqual(['tick x unheard', 'tick y unheard']);
    page('listen tick @190 · dispatch 2 tick data=y @203');
    expect(events(log.sources[0])).toEqual(['tick x unheard', 'tick y']);
    expect(log.sources[0]?.events[1]).toBe(before);
    expect(log.sources[0]?.attempts[0]).toMatchObject({ events: 2, size: 2 });
    expect(log.events).toBe(2);
  });

  test('is found as unheard, and not any more once it was heard', () => {
    const { page, network, log } = telling();
    page(OPEN);
    network(`${ANSWERED} · see event 1 tick data=x @150 · see event 2 tick data=y @200`);
    const search = new Search(parseFilter('is:unheard'));
    const found = () => {
      while (search.advance(log.sources, true));
      return slice(search.stretches(log.sources, true), 0, 10).map(({ item }) => 'data' in item && item.data);
    };
    expect(found()).toEqual(['x', 'y']);
    page('listen tick @190 · dispatch 2 tick data=y @203');
    expect(found()).toEqual(['x']);
  });

  test('tells alike events by their number', () => {
    const { page, network, log } = telling();
    page(OPEN);
    network(`${ANSWERED} · see event - tick data=x @150 · see event - tick data=x @200`);
    expect(events(log.sources[0])).toEqual(['tick x unheard', 'tick x unheard']);
    page('listen tick @190 · dispatch - tick data=x @203');
    network('&1 request /e @1 · see event - tick data=x @300');
    page('dispatch - tick data=x @303');
    expect(events(log.sources[0])).toEqual(['tick x unheard', 'tick x', 'tick x']);
  });

  test('keeps its lists in order where it is late', () => {
    const page = `${OPEN} · listen a @101 · dispatch 1 a data=1 @300 · reestablish @400
      connect @900 · announce @900 · dispatch 2 a data=2 @1000`;
    const log = logWith(
      page,
      `${ANSWERED} · see event 1 b data=late @250 · see event 1 a data=1 @299 · end @399
       request /e @890 · response @899 · see event 2 a data=2 @999 · see event 2 b data=last @1001`,
    );
    const [source] = log.sources;
    expect(source?.events.map(({ attempt, data, time }) => `${attempt} ${data} @${time}`)).toEqual([
      '1 1 @300',
      '1 late @300',
      '2 2 @1000',
      '2 last @1001',
    ]);
    const seqs = source?.events.map(({ seq }) => seq) ?? [];
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  });

  test('is ignored where the connection is managed: the page tells all', () => {
    const marker = 'a'.repeat(32);
    const page = `construct /e @0 · connect managed request=${marker} @0 · announce 200 @100 · comment x @110`;
    const log = logWith(page, `request /e marker=${marker} @1 · response @98 · see comment x @109`);
    expect(lines(log.sources[0])).toEqual(['comment x']);
  });

  test('counts what was too much', () => {
    expect(logWith(OPEN, `${ANSWERED} · see comment x lost=3`).dropped).toBe(3);
  });

  test('is counted and not kept while nothing is recorded', () => {
    const { page, network, log } = telling();
    page(OPEN);
    network(`${ANSWERED} · see event 1 tick @150`);
    log.record(false, 160);
    network('&1 request /e @1 · see event 2 tick @170 · see comment x');
    log.record(true, 200);
    network('&1 request /e @1 · see event 3 tick @210');
    expect(log.sources[0]?.events.map(({ lastEventId }) => lastEventId)).toEqual(['1', '3']);
    expect(lines(log.sources[0])).toEqual([]);
    expect(log.sources[0]?.attempts[0]?.events).toBe(3);
    expect(log.unrecorded).toBe(1);
  });

  test('is forgotten with Clear, and the next is shown', () => {
    const { page, network, log } = telling();
    page(OPEN);
    network(`${ANSWERED} · see event 1 tick @150 · see comment x`);
    log.sources;
    log.clear();
    expect([log.events, lines(log.sources[0])]).toEqual([0, []]);
    network('&1 request /e @1 · see event 2 tick @170 · see comment y');
    expect(events(log.sources[0])).toEqual(['tick  unheard']);
    expect([log.events, lines(log.sources[0])]).toEqual([1, ['comment y']]);
  });

  test('has its part of what the log may hold', () => {
    const log = new Log({ entries: 100, size: 1e9 });
    log.hello(story('').document, 0, HOME);
    log.append('A', story(OPEN).entries);
    log.network(networkStory(ANSWERED), 0);
    const seen = Array.from({ length: 300 }, (_, n) => `see event ${n} tick @${200 + n}`);
    log.network(networkStory(`&1 request /e @1 · ${seen.join(' · ')}`), 0);
    log.claimed(1_000_000);
    const [source] = log.sources;
    expect(source?.events.length).toBeLessThanOrEqual(100);
    expect(source?.events.at(-1)?.lastEventId).toBe('299');
    expect((source?.events.length ?? 0) + log.trimmed).toBe(300);
    expect(log.events).toBe(source?.events.length);
  });
});

describe('what the tap sees of a worker', () => {
  const WORKER = 'request /w worker @100 · response @110 · tapped @110';

  test('is all of its stream: nothing of it is called unheard, because nobody knows', () => {
    const [source] = logWith(
      '',
      `${WORKER} · see event 1 message data=a · see event 2 tick data=b · see comment c`,
    ).sources;
    expect(source).toMatchObject({ key: 'network:1', networkOnly: true, state: 'open', lastEventId: '2' });
    expect(events(source)).toEqual(['message a', 'tick b']);
    expect(lines(source)).toEqual(['comment c']);
    expect(source?.attempts).toMatchObject([{ events: 2, size: 2 }]);
  });

  test('grows in the lists that are there, over all reconnects', () => {
    const log = logWith('', `${WORKER} · see event 1 message data=a`);
    const [first] = log.sources;
    const list = first?.events;
    log.network(networkStory('&1 request /w worker @100 · see event 2 message data=b @200 · end @300'), 0);
    log.network(networkStory('&2 request /w worker @3300 · response @3310 · see event 3 message data=c'), 0);
    log.claimed(1_000_001);
    const [source, ...others] = log.sources;
    expect(others).toEqual([]);
    expect(source).toBe(first);
    expect(source?.events).toBe(list);
    expect(log.source('network:1')).toBe(source);
    expect(source?.events.map(({ attempt, data }) => `${attempt} ${data}`)).toEqual(['1 a', '1 b', '2 c']);
    expect(source?.attempts.map((attempt) => attempt.events)).toEqual([2, 1]);
    expect(log.events).toBe(3);
  });

  test('is forgotten with Clear, but the stream goes on', () => {
    const log = logWith('', `${WORKER} · see event 1 message data=a`);
    log.sources;
    log.clear();
    log.claimed(1_000_001);
    expect([log.sources.length, log.events, events(log.sources[0])]).toEqual([1, 0, []]);
    log.network(networkStory('&1 request /w worker @100 · see event 2 message data=b @200 · end ABORT'), 0);
    expect(events(log.sources[0])).toEqual(['message b']);
    expect(log.sources[0]?.attempts[0]?.events).toBe(2);
    log.sources;
    log.clear();
    log.claimed(1_000_002);
    expect([log.sources.length, log.events]).toEqual([0, 0]);
  });

  test('has its part of what the log may hold', () => {
    const log = new Log({ entries: 100, size: 1e9 });
    log.hello(story('').document, 0, HOME);
    const seen = Array.from({ length: 300 }, (_, n) => `see event ${n} tick @${200 + n}`);
    log.network(networkStory(WORKER), 0);
    log.claimed(1_000_000);
    log.sources;
    log.network(networkStory(`&1 request /w worker @100 · ${seen.join(' · ')}`), 0);
    const [source] = log.sources;
    expect(source?.events.length).toBeLessThanOrEqual(100);
    expect((source?.events.length ?? 0) + log.trimmed).toBe(300);
    expect(log.events).toBe(source?.events.length);
    expect(source?.attempts).toMatchObject([{ events: 300 }]);
  });
});

test('of a stream that a page reads by itself, half of it is not shown', () => {
  const accept = 'accept=text/event-stream,*/*';
  const log = logWith('', `request /f ${accept} @100 · response @110 · see event 1 tick @120 · see comment c`);
  log.sources;
  log.network(networkStory(`&1 request /f ${accept} @100 · see event 2 tick @220`), 0);
  const [source] = log.sources;
  expect([source?.kind, source?.events, source?.lines]).toEqual(['fetch', [], []]);
  expect(log.dropped).toBe(0);
});

describe('many parts', () => {
  /** What one part of `count` costs, in milliseconds. */
  const cost = (count: number, act: (log: Log, count: number) => void, log = logWith(OPEN, ANSWERED)) => {
    log.sources;
    const before = performance.now();
    act(log, count);
    return (performance.now() - before) / count;
  };
  const ATTEMPT = { type: 'parts', request: '1', lost: 0 } as const;
  const part = (n: number): StreamRecord => {
    const data = `{"n":${n}}`;
    return { type: 'dispatch', event: 'tick', data, size: data.length, lastEventId: '', origin: '', heard: false };
  };
  const burst = (log: Log, count: number) => {
    for (let n = 0; n < count; n += 100) {
      const parts = Array.from({ length: 100 }, (_, at) => part(n + at));
      log.network([{ ...ATTEMPT, time: 200 + n, parts }], 0);
      log.sources;
    }
  };

  // Quadratic, the second would be a hundred times as much for each.
  test.each<[string, (log: Log, count: number) => void]>([
    ['that nobody listens for', burst],
    [
      'that turn out to be heard, each',
      (log, count) => {
        burst(log, count);
        log.append('A', [
          { seq: 4, time: 100_000, source: 1, record: { type: 'listen', event: 'tick' } },
          ...Array.from({ length: count }, (_, n) => {
            return { seq: 5 + n, time: 100_000, source: 1, record: { ...part(n), heard: true } as StreamRecord };
          }),
        ]);
        expect(log.sources[0]?.events.filter(({ heard }) => heard)).toHaveLength(count);
      },
    ],
    [
      'that the page told before',
      (log, count) => {
        log.append('A', [
          { seq: 4, time: 100, source: 1, record: { type: 'listen', event: 'tick' } },
          ...Array.from({ length: count }, (_, n) => {
            return { seq: 5 + n, time: 100, source: 1, record: { ...part(n), heard: true } as StreamRecord };
          }),
        ]);
        burst(log, count);
      },
    ],
  ])('%s cost as much as they are many', (_, act) => {
    cost(2000, act);
    const few = cost(500, act);
    const log = logWith(OPEN, ANSWERED);
    const many = cost(50_000, act, log);
    expect(log.sources[0]?.events).toHaveLength(50_000);
    expect(many).toBeLessThan(Math.max(few, 0.002) * 40);
  });

  test('of a worker cost as much as they are many', () => {
    const worker = () => logWith('', 'request /w worker @100 · response @110');
    cost(2000, burst, worker());
    const few = cost(500, burst, worker());
    const log = worker();
    const many = cost(50_000, burst, log);
    expect(log.sources[0]?.events).toHaveLength(50_000);
    expect(many).toBeLessThan(Math.max(few, 0.002) * 40);
  });
});
