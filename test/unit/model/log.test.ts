import { describe, expect, test } from 'vitest';
import { Log } from '../../../src/model/log.ts';
import type { Entry } from '../../../src/protocol/record.ts';
import { hear, logOf, type Story, story } from '../../support/story.ts';

const LIVE = 'construct /events · connect · announce · dispatch 1 · dispatch 2';
const states = (log: Log) => log.sources.map((source) => `${source.key} ${source.state}`);

describe('entries', () => {
  test('of a document that never said hello are refused', () => {
    const log = new Log();
    expect(log.append('A', story(LIVE).entries)).toBe(0);
    expect(log.sources).toEqual([]);
    expect(log.last('A')).toBe(0);
    expect(log.newest).toBeUndefined();
  });

  test('count once', () => {
    const told = story(LIVE);
    const log = logOf(told);
    expect(log.append('A', told.entries)).toBe(0);
    expect(log.append('A', told.entries.slice(2, 4))).toBe(0);
    expect(log).toMatchObject({ events: 2, dropped: 0, newest: 400 });
    expect(log.last('A')).toBe(5);
  });

  test('that were let go are counted, also where they end in the middle of a batch', () => {
    const log = logOf('drop 3 · construct /events · connect · drop 4 · dispatch 9');
    expect(log.dropped).toBe(7);
    expect(log.last('A')).toBe(10);
  });

  test('that come too late are ignored', () => {
    const { document, entries } = story(LIVE);
    const log = logOf({ document, entries: entries.slice(3) });
    expect(log.append('A', entries.slice(0, 3))).toBe(0);
    expect(log.dropped).toBe(3);
  });

  test('with numbers that are none do no harm', () => {
    const log = logOf(LIVE);
    const [first] = story(LIVE).entries as [Entry];
    expect(log.append('A', [{ ...first, seq: Number.NaN }])).toBe(0);
    log.append('A', [{ ...first, seq: 6, source: 2, time: Number.NaN }]);
    log.append('A', [{ ...first, seq: 7, source: 3, time: Number.POSITIVE_INFINITY }]);
    expect(log.sources.map((source) => source.constructed)).toEqual([0, 0, 0]);
    expect(log.newest).toBe(400);
  });

  test('are kept apart by source and document', () => {
    const log = logOf(story(`${LIVE} · #2 construct /prices`), story(LIVE, { id: 'F', top: false, started: 50 }));
    expect(states(log)).toEqual(['A:1 open', 'F:1 open', 'A:2 connecting']);
    expect(log.source('A:2')?.url).toBe('/prices');
    expect(log.source('F:1')?.document.top).toBe(false);
    expect(log.source('B:1')).toBeUndefined();
  });
});

describe('documents', () => {
  const next = (text = LIVE): Story => story(text, { id: 'B', started: 5000 });

  test('bye ends what still lives', () => {
    const log = logOf(`${LIVE} · #2 construct / · connect · fail · bye @900`);
    expect(states(log)).toEqual(['A:1 closed', 'A:2 closed']);
    expect(log.source('A:1')?.ended).toEqual({ time: 900, by: 'unload', forced: false });
    expect(log.source('A:1')?.attempts[0]?.ended?.by).toBe('unload');
    expect(log.source('A:2')?.ended?.by).toBe('fail');
    expect(log.newest).toBe(900);
  });

  test('a new top document ends the earlier ones and their frames', () => {
    const log = logOf(story(LIVE), story(LIVE, { id: 'F', top: false, started: 50 }), next());
    expect(states(log)).toEqual(['A:1 closed', 'F:1 closed', 'B:1 open']);
    expect(log.source('F:1')?.ended).toEqual({ time: 5000, by: 'unload', forced: false });
  });

  test('a frame ends nothing, and neither does the same top document again', () => {
    const log = logOf(story(LIVE), story(LIVE, { id: 'F', top: false }));
    hear(log, story(LIVE));
    expect(states(log)).toEqual(['A:1 open', 'F:1 open']);
  });

  test('a frame whose hello overtakes that of its top document stays', () => {
    const log = logOf(story(LIVE), story(LIVE, { id: 'F', top: false, started: 5010 }), next());
    expect(states(log)).toEqual(['A:1 closed', 'B:1 open', 'F:1 open']);
    const opened = logOf(story(LIVE, { id: 'F', top: false }), story(LIVE, { started: 10 }));
    expect(states(opened)).toEqual(['F:1 open', 'A:1 open']);
  });

  test('last entries that come after the hello of the next document still count, before the end', () => {
    const log = logOf(story(LIVE), next());
    log.append('A', [...story(`${LIVE} · dispatch 3 @4000 · reestablish @4500`).entries]);
    log.bye('A', 4900);
    const source = log.source('A:1');
    expect(source?.events).toHaveLength(3);
    expect(source?.changes.slice(-2)).toEqual([
      { time: 4500, state: 'waiting', attempt: 1 },
      { time: 4900, state: 'closed', attempt: 1 },
    ]);
    expect(source?.attempts[0]?.ended?.by).toBe('reestablish');
  });

  test('the end is the same whether bye or the next hello comes first', () => {
    const gone = story(`${LIVE} · bye @4900`);
    const before = logOf(gone, next());
    const after = logOf(story(LIVE), next());
    after.bye('A', 4900);
    expect(after.sources).toEqual(before.sources);
  });

  test('out of the back/forward cache, sources go on as they were', () => {
    const log = logOf(`${LIVE} · #2 construct / · connect · announce · reestablish · #3 construct / · close`);
    const were = structuredClone(log.sources);
    log.bye('A', 4900);
    hear(log, next());
    log.hello(story(LIVE).document, 9000);
    expect(log.sources.filter((source) => source.document.id === 'A')).toEqual(were);
    expect(log.source('B:1')?.ended?.by).toBe('unload');
  });

  test('out of the back/forward cache, frames come back with their top document, in any order', () => {
    const frame = story(LIVE, { id: 'F', top: false, started: 50 });
    for (const order of ['AF', 'FA']) {
      const log = logOf(story(LIVE), frame, next());
      for (const id of order) log.hello(id === 'A' ? story(LIVE).document : frame.document, 9000);
      expect(states(log)).toEqual(['A:1 open', 'F:1 open', 'B:1 closed']);
    }
  });

  test('bye of an unknown document changes nothing', () => {
    const log = logOf(LIVE);
    log.bye('Z', 9999);
    expect(log.newest).toBe(400);
  });
});

describe('clear', () => {
  test('forgets what ended, and the past of what lives', () => {
    const log = logOf(`${LIVE} · reestablish · +3000 connect · announce · dispatch 3 · #2 construct / · close`);
    log.countMalformed();
    log.clear();
    expect(log).toMatchObject({ events: 0, dropped: 0, malformed: 0 });
    expect(states(log)).toEqual(['A:1 open']);
    expect(log.source('A:2')).toBeUndefined();
    const [source] = log.sources;
    expect(source?.events).toEqual([]);
    expect(source?.attempts.map((attempt) => attempt.number)).toEqual([2]);
    expect(source?.changes).toEqual([{ time: 3600, state: 'open', attempt: 2 }]);
  });

  test('what was forgotten does not reappear when it is sent again', () => {
    const told = story(LIVE);
    const log = logOf(told);
    log.clear();
    expect(log.last('A')).toBe(5);
    expect(log.append('A', told.entries)).toBe(0);
    expect(log.events).toBe(0);
  });

  test('what lives goes on', () => {
    const log = logOf(`${LIVE} · reestablish`);
    log.clear();
    hear(log, story(`${LIVE} · reestablish · +3000 connect · announce · dispatch 3`));
    const [source] = log.sources;
    expect(source?.attempts.at(-1)).toMatchObject({ number: 2, wait: 3000, initiator: 'browser' });
    expect(log.events).toBe(1);
  });

  test('what went away with its document comes back with it', () => {
    const log = logOf(`${LIVE} · bye`);
    log.clear();
    expect(log.sources).toEqual([]);
    expect(log.newest).toBeUndefined();
    log.hello(story(LIVE).document, 9000);
    expect(states(log)).toEqual(['A:1 open']);
    expect(log.sources[0]?.incomplete).toBeUndefined();
  });
});
