import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Log } from '../../../src/model/log.ts';
import type { Source } from '../../../src/model/source.ts';
import { beginning } from '../../../src/model/summary.ts';
import { hear, type Story, story } from '../../support/story.ts';

const UNLIMITED = { entries: Number.POSITIVE_INFINITY, size: Number.POSITIVE_INFINITY };

const verb = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 9 }).map((id) => `dispatch ${id} data=${'x'.repeat(id)}`) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('connect', 'announce', 'reestablish', 'reestablish forced', 'id 7', 'comment beat'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('witness open', 'witness end', 'witnessed 7 data=xx', 'witnessed 8'),
  },
  { weight: 1, arbitrary: fc.constantFrom('fault begin delay', 'fault end delay', 'fault begin drop order=2') },
  { weight: 1, arbitrary: fc.constantFrom('close', 'fail') },
);
/** Few moments, so that many are equal; in any order, as of a clock that is set back. */
const steps = fc.array(fc.tuple(verb, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 40 })), {
  minLength: 1,
  maxLength: 120,
});

/** What a page may record: a source is constructed first, and nothing comes after its end. */
function told(list: readonly (readonly [string, number, number])[]): Story {
  const constructed = new Set<number>();
  const ended = new Set<number>();
  const lines = list.flatMap(([what, source, time]) => {
    if (ended.has(source)) return [];
    if (/^(close|fail)/.test(what)) ended.add(source);
    const first = constructed.has(source) ? [] : [`#${source} @${time} construct /${source}`];
    constructed.add(source);
    return [...first, `#${source} @${time} ${what}`];
  });
  return story(lines.join(' · '));
}

const witnessed = ({ witnesses }: Source) => witnesses.flatMap(({ events }) => events);
const count = (source: Source) => {
  const { events, lines, attempts, changes, faults, witnesses } = source;
  return [events, lines, attempts, changes, faults, witnesses, witnessed(source)].reduce(
    (all, { length }) => all + length,
    0,
  );
};
const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0);
const textOf = (log: Log) =>
  2 *
  sum([
    ...log.sources.flatMap(({ events }) => events.map(({ data, lastEventId }) => data.length + lastEventId.length)),
    ...log.sources.flatMap((source) =>
      witnessed(source).map(({ data, lastEventId }) => data.length + lastEventId.length),
    ),
    ...log.sources.flatMap(({ lines }) => lines.map(({ value }) => value.length)),
  ]);
/** What lives keeps its last attempt, its last state, and what is in force. */
const isLeast = (source: Source) => {
  const { ended, events, lines, attempts, changes, faults, witnesses } = source;
  const isOver = [...faults, ...witnesses].some(({ to }) => to !== undefined);
  const rest = events.length + lines.length + witnessed(source).length;
  return ended === undefined && rest === 0 && attempts.length <= 1 && changes.length <= 1 && !isOver;
};

function compare(log: Log, all: Log): void {
  for (const whole of all.sources) {
    const source = log.source(whole.key);
    if (!source) {
      expect(whole.ended).toBeDefined();
      continue;
    }
    expect(source.events).toEqual(whole.events.slice(whole.events.length - source.events.length));
    expect(source.lines).toEqual(whole.lines.slice(whole.lines.length - source.lines.length));
    expect(source.attempts).toEqual(whole.attempts.slice(whole.attempts.length - source.attempts.length));
    expect(source.changes).toEqual(whole.changes.slice(whole.changes.length - source.changes.length));
    // Those that last are never forgotten; of the others, the newest end stays longest.
    const stay = source.faults.map(({ to = Number.POSITIVE_INFINITY }) => to);
    const earliest = Math.min(...stay);
    const isKept = ({ to = Number.POSITIVE_INFINITY }) => to >= earliest;
    expect(source.faults).toEqual(whole.faults.filter(isKept));
    const received = witnessed(whole);
    expect(witnessed(source)).toEqual(received.slice(received.length - witnessed(source).length));
    const newest = whole.witnesses.slice(whole.witnesses.length - source.witnesses.length);
    for (const [index, { events, forgotten = 0 }] of source.witnesses.entries()) {
      expect(forgotten + events.length).toBe(newest[index]?.events.length);
    }
    expect(source.changes.at(-1)).toEqual(whole.changes.at(-1));
    const { state, lastEventId, url, constructed, ended } = source;
    expect({ state, lastEventId, url, constructed, ended }).toEqual({
      state: whole.state,
      lastEventId: whole.lastEventId,
      url: whole.url,
      constructed: whole.constructed,
      ended: whole.ended,
    });
    if (ended === undefined) expect(source.attempts.at(-1)).toEqual(whole.attempts.at(-1));
  }
  expect(log.sources.every(({ key }) => all.source(key))).toBe(true);
  const held = (one: Log) => one.events + sum(one.sources.map((source) => witnessed(source).length));
  expect(log.trimmed + held(log)).toBe(held(all));
  expect(log.events).toBe(sum(log.sources.map(({ events }) => events.length)));
  expect(log.dropped).toBe(0);
}

describe('a log that may not hold everything', () => {
  const limits = fc.record({ entries: fc.integer({ min: 1, max: 60 }), size: fc.integer({ min: 200, max: 20_000 }) });
  const batches = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 10 });

  test('holds the newest of each source, and tells of the rest how much it was', () => {
    fc.assert(
      fc.property(steps, limits, batches, (list, most, sizes) => {
        const { document, entries } = told(list);
        const log = new Log(most);
        const all = new Log(UNLIMITED);
        for (const one of [log, all]) one.hello(document, 0);
        for (let at = 0, turn = 0; at < entries.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          for (const one of [log, all]) one.append('A', entries.slice(at, at + size));
          at += size;
          compare(log, all);
          const isFull = sum(log.sources.map(count)) > most.entries || textOf(log) > most.size;
          if (isFull) expect(log.sources.filter((source) => !isLeast(source))).toEqual([]);
        }
      }),
    );
  });

  test('obeys limits that change', () => {
    fc.assert(
      fc.property(steps, limits, limits, (list, first, second) => {
        const { document, entries } = told(list);
        const log = new Log(first);
        const all = new Log(UNLIMITED);
        for (const one of [log, all]) one.hello(document, 0);
        for (const one of [log, all]) one.append('A', entries);
        const before = log.events;
        log.limit(second);
        compare(log, all);
        const isFull = sum(log.sources.map(count)) > second.entries || textOf(log) > second.size;
        if (isFull) expect(log.sources.filter((source) => !isLeast(source))).toEqual([]);
        // What went is gone: room alone brings nothing back.
        log.limit(UNLIMITED);
        expect(log.events).toBeLessThanOrEqual(before);
        compare(log, all);
      }),
    );
  });

  test('holds more from when it may', () => {
    const log = new Log({ entries: 5, size: Number.POSITIVE_INFINITY });
    const events = (count: number) => `construct / · connect · announce · ${'dispatch · '.repeat(count - 1)} dispatch`;
    hear(log, story(events(20)));
    expect(log.events).toBeLessThanOrEqual(5);
    const left = log.events;
    log.limit(UNLIMITED);
    hear(log, story(events(60)));
    expect([log.events, log.trimmed]).toEqual([left + 40, 20 - left]);
  });

  test('began when its first source was made, whatever of it is forgotten, until none is left', () => {
    const log = new Log(UNLIMITED);
    const first = '#1 construct /a @1000 · connect @1000 · close @1500 · #2 construct /b @2000 · connect @2000';
    hear(log, story(first));
    expect(log.began).toBe(1000);
    log.limit({ entries: 1, size: Number.POSITIVE_INFINITY });
    expect(log.sources.map(({ url }) => url)).toEqual(['/b']);
    expect([log.began, beginning(log)]).toEqual([1000, 1000]);
    log.clear();
    expect(beginning(log)).toBe(1000);
    hear(log, story('construct /c @0', { id: 'B', started: 9000 }));
    expect(log.began).toBe(9000);
  });

  test('forgets no time: what follows is as late as it is in a log that holds everything', () => {
    const text = '@0 construct / · @10 connect · @10 announce · @900 dispatch 1 · @900 dispatch 2 · @50 reestablish';
    const { document, entries } = story(text);
    const log = new Log({ entries: 1, size: Number.POSITIVE_INFINITY });
    log.hello(document, 0);
    log.append('A', entries.slice(0, -1));
    expect(log.events).toBe(0);
    log.append('A', entries.slice(-1));
    expect(log.sources[0]?.attempts.at(-1)?.ended?.time).toBe(900);
  });

  test('forgets what is old first, and keeps a source that was closed after it', () => {
    const old = `#1 construct /old · connect · announce · ${'dispatch · '.repeat(20)}`;
    const closed = '#2 construct /closed · connect · announce · dispatch 1 · close';
    const log = new Log({ entries: 20, size: Number.POSITIVE_INFINITY });
    hear(log, story(`${old} ${closed}`));
    expect(log.trimmed).toBeGreaterThan(0);
    expect(log.source('A:1')?.events.length).toBe(20 - log.trimmed);
    expect(log.source('A:2')).toMatchObject({ state: 'closed', events: [{ lastEventId: '1' }] });
  });

  test('forgets a source that was closed when nothing is left of it, and not before', () => {
    const log = new Log({ entries: 12, size: Number.POSITIVE_INFINITY });
    hear(
      log,
      story('#1 construct /a · connect · announce · dispatch 1 · close · #2 construct /b · connect · announce'),
    );
    expect(log.sources.map(({ url }) => url)).toEqual(['/a', '/b']);
    const more = `${'dispatch · '.repeat(8)} dispatch last`;
    hear(
      log,
      story(
        `#1 construct /a · connect · announce · dispatch 1 · close · #2 construct /b · connect · announce · ${more}`,
      ),
    );
    expect(log.sources.map(({ url }) => url)).toEqual(['/b']);
    expect(log.source('A:1')).toBeUndefined();
    expect(log.sources[0]?.lastEventId).toBe('last');
    expect(log.trimmed + log.events).toBe(10);
  });

  test('has a source again that it forgot in the back/forward cache: what it is, and its state', () => {
    const gone =
      'construct /gone credentials · connect · announce · reestablish · +3000 connect · announce · dispatch 5';
    const log = new Log({ entries: 12, size: Number.POSITIVE_INFINITY });
    log.preserve = true;
    hear(log, story(`${gone} · bye`));
    const busy = `construct /busy · connect · announce · ${'dispatch · '.repeat(40)} dispatch`;
    hear(log, story(busy, { id: 'B', started: 5000 }));
    expect(log.sources.map(({ url }) => url)).toEqual(['/busy']);
    log.hello(story(gone).document, 20_000);
    expect(log.source('A:1')).toMatchObject({ url: '/gone', withCredentials: true, state: 'open', lastEventId: '5' });
    expect(log.source('A:1')?.incomplete).toBeUndefined();
    hear(log, story(`${gone} · dispatch 6 @21000`));
    expect(log.source('A:1')?.events.map(({ lastEventId }) => lastEventId)).toEqual(['6']);
    expect(log.source('A:1')?.attempts.at(-1)).toMatchObject({ number: 2, events: 2, wait: 3000 });
  });
});
