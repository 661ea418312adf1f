import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Log } from '../../../src/model/log.ts';
import { logOf, story } from '../../support/story.ts';

const LIVE = 'construct /events · connect · announce · dispatch 1 · dispatch 2';
const ids = (log: Log, key: string) => log.source(key)?.events.map(({ lastEventId }) => lastEventId);

/** A log that heard `text` of a document, and recorded but for the entries from number `from` to `to`. */
function paused(text: string, from: number, to: number): Log {
  const { document, entries } = story(text);
  const log = new Log();
  log.hello(document, 0);
  log.append('A', entries.slice(0, from - 1));
  log.record(false, entries[from - 1]?.time ?? 0);
  log.append('A', entries.slice(from - 1, to));
  log.record(true, entries[to]?.time ?? 99_000);
  log.append('A', entries.slice(to));
  return log;
}

describe('while nothing is recorded', () => {
  test('events are counted and not kept, and the next ones are kept again', () => {
    const log = paused(`${LIVE} · dispatch 3 · dispatch 4 · dispatch 5 · dispatch 6`, 5, 7);
    expect(ids(log, 'A:1')).toEqual(['1', '5', '6']);
    expect(log).toMatchObject({ events: 3, unrecorded: 3, dropped: 0, trimmed: 0 });
    // The attempt brought them all the same.
    expect(log.source('A:1')?.attempts.at(-1)?.events).toBe(6);
  });

  test('sources that are listed go on: their states, their attempts, their ids', () => {
    const text = `${LIVE} · reestablish · +3000 connect · announce · dispatch 3 · close`;
    const log = paused(text, 5, 9);
    const { state, changes, attempts, lastEventId } = logOf(text).sources[0] ?? {};
    expect(log.sources[0]).toMatchObject({ state, changes, attempts, lastEventId });
    expect(ids(log, 'A:1')).toEqual(['1']);
  });

  test('new sources are not listed, and then as they are: with the url, the state and the attempt of that moment', () => {
    const inPause =
      '#2 construct /new credentials · connect · announce · dispatch 7 · reestablish · +3000 connect · announce';
    const { document, entries } = story(`${LIVE} · ${inPause} · dispatch 8`);
    const log = new Log();
    log.hello(document, 0);
    log.append('A', entries.slice(0, 5));
    log.record(false, 450);
    log.append('A', entries.slice(5, -1));
    expect(log.sources.map(({ key }) => key)).toEqual(['A:1']);
    log.record(true, 9000);
    expect(log.sources.map(({ key }) => key)).toEqual(['A:1', 'A:2']);
    expect(log.source('A:2')).toMatchObject({ url: '/new', withCredentials: true, state: 'open', lastEventId: '7' });
    expect(log.source('A:2')?.incomplete).toBeUndefined();
    expect(log.source('A:2')?.attempts.map(({ number, wait }) => [number, wait])).toEqual([[2, 3000]]);
    expect(ids(log, 'A:2')).toEqual([]);
    log.append('A', entries.slice(-1));
    expect(ids(log, 'A:2')).toEqual(['8']);
    expect(log.unrecorded).toBe(1);
  });

  test('sources that came and went are not listed afterwards', () => {
    const log = paused(`${LIVE} · #2 construct /brief · connect · announce · dispatch 1 · close`, 6, 10);
    expect(log.sources.map(({ key }) => key)).toEqual(['A:1']);
    expect(log.unrecorded).toBe(1);
  });

  test('a page that the tab comes to is listed when recording begins again, and the old one has ended', () => {
    const log = new Log();
    const [old, next] = [story(LIVE), story(LIVE, { id: 'B', started: 5000 })];
    log.hello(old.document, 0);
    log.append('A', old.entries);
    log.record(false, 1000);
    log.hello(next.document, 5000);
    log.append('B', next.entries);
    expect(log.sources.map(({ key, state }) => `${key} ${state}`)).toEqual(['A:1 closed']);
    expect(ids(log, 'A:1')).toEqual(['1', '2']);
    log.record(true, 9000);
    expect(log.sources.map(({ key, state }) => `${key} ${state}`)).toEqual(['A:1 closed', 'B:1 open']);
    expect(log.unrecorded).toBe(2);
  });
});

test('each pause is one mark, from when it begins to when it ends, however often it is asked for', () => {
  const log = logOf(LIVE);
  const before = log.marks.length;
  log.record(true, 500);
  log.record(false, 1000);
  log.record(false, 1500);
  expect(log.recording).toBe(false);
  expect(log.marks.slice(before)).toEqual([{ type: 'pause', time: 1000 }]);
  log.record(true, 2000);
  log.record(true, 2500);
  log.record(false, 3000);
  log.record(true, 2900);
  expect(log.recording).toBe(true);
  // The clock was set back meanwhile: no pause ends before it began.
  expect(log.marks.slice(before)).toEqual([
    { type: 'pause', time: 1000, until: 2000 },
    { type: 'pause', time: 3000, until: 3000 },
  ]);
});

test('a pause during which the tab comes to another page ends when recording begins again', () => {
  const log = logOf(LIVE);
  log.record(false, 1000);
  log.hello(story('', { id: 'B', started: 5000 }).document, 5000);
  log.record(true, 9000);
  expect(log.marks.filter(({ type }) => type === 'pause')).toEqual([{ type: 'pause', time: 1000, until: 9000 }]);
});

test('whenever recording stops and begins: what is kept and what is not are all, and the states are those of a log that never stopped', () => {
  const verb = fc.constantFrom('dispatch 1', 'dispatch 2', 'connect', 'announce', 'reestablish', 'close');
  const steps = fc.array(fc.tuple(verb, fc.integer({ min: 1, max: 3 }), fc.boolean()), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (list) => {
      const { document, entries } = story(
        ['#1 construct /1 · #2 construct /2 · #3 construct /3', ...list.map(([what, of]) => `#${of} ${what}`)].join(
          ' · ',
        ),
      );
      const log = new Log();
      const all = new Log();
      for (const one of [log, all]) one.hello(document, 0);
      const kept: number[] = [];
      let events = 0;
      for (const [index, entry] of entries.entries()) {
        log.record(list[index - 3]?.[2] ?? true, entry.time);
        const before = all.events;
        for (const one of [log, all]) one.append('A', [entry]);
        if (entry.record.type === 'dispatch') events += 1;
        if (all.events > before && log.recording) kept.push(entry.seq);
      }
      log.record(true, 99_000);
      expect(log.sources.flatMap((source) => source.events.map(({ seq }) => seq)).sort((a, b) => a - b)).toEqual(kept);
      for (const whole of all.sources) {
        const { state, lastEventId, changes, attempts } = whole;
        expect(log.source(whole.key)).toMatchObject({ state, lastEventId, changes, attempts });
      }
      expect(log.unrecorded).toBeLessThanOrEqual(events - kept.length);
      expect(log.unrecorded).toBeGreaterThanOrEqual(all.events - kept.length);
    }),
  );
});
