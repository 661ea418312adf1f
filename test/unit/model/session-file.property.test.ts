import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { EventList } from '../../../src/model/event-list.ts';
import { Log } from '../../../src/model/log.ts';
import { type Parsed, parseSessionFile } from '../../../src/model/parse-session-file.ts';
import { SavedLog } from '../../../src/model/saved-log.ts';
import { savedSession, sessionFile } from '../../../src/model/session-file.ts';
import { attemptsOf } from '../../../src/model/source-state.ts';
import { extent, summary } from '../../../src/model/summary.ts';
import { timeline } from '../../../src/model/timeline.ts';
import { happen, plan, type Truth } from '../../support/browser-truth.ts';
import { HOME } from '../../support/network-story.ts';
import { type Story, story } from '../../support/story.ts';

vi.setConfig({ testTimeout: 60_000 });

const NOW = 200_000;
const RANGE = { from: 0, to: NOW };

/** All that the panel shows of a log. */
function shown(log: Log) {
  const { sources, marks, page, newest } = log;
  const rows = sources.map((source) => {
    const wanted = { sources: [source], filter: { terms: [] }, range: undefined, withLines: true, sort: undefined };
    const list = new EventList();
    list.want(wanted);
    const { rows } = list.show();
    return Array.from({ length: rows.count }, (_, row) => ({ ...rows.at(row), source: undefined }));
  });
  return {
    sources,
    attempts: sources.map(attemptsOf),
    lanes: timeline(sources, RANGE, 10),
    rows,
    marks,
    page,
    newest,
    counts: summary(log),
    extent: extent(log),
    found: sources.map(({ key }) => log.source(key)?.key),
  };
}

const textOf = (log: Log) =>
  [...sessionFile(savedSession(log, NOW), { headers: 0, parameters: 0 })].map(({ text }) => text).join('');

function opened(text: string): Log {
  const parsed = parseSessionFile(text);
  if ('problem' in parsed) throw new Error(JSON.stringify(parsed.problem));
  return new SavedLog(parsed.session);
}

const step = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('construct /a', 'construct /b credentials', 'connect', 'announce') },
  { weight: 3, arbitrary: fc.constantFrom('reestablish', 'reestablish end', 'drop 2', 'connect 0', 'connect 7') },
  {
    weight: 4,
    arbitrary: fc.constantFrom('dispatch 1', 'dispatch 2 tick', 'comment hi', 'id 9', 'dispatch - unheard'),
  },
  fc.constantFrom(
    'fault begin delay',
    'fault act delay count=2',
    'fault end delay',
    'fault begin drop order=2',
    'witness open',
    'witness open 200',
    'witness refused 503',
    'witness end',
    'witnessed 7',
    'witnessed 8 tick data=x',
    'dispatch 3 injected',
    'reestablish forced network fault=refuse',
    'fail forced status=503 fault=respond',
  ),
  fc.constantFrom('connect managed', 'reestablish forced', 'fail', 'fail status=503', 'fail content-type=a', 'close'),
);
const document = (id: string, started: number) =>
  fc
    .array(fc.tuple(step, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 5000 })), { maxLength: 40 })
    .map((steps) => story(steps.map(([text, of, time]) => `#${of} @${time} ${text}`).join(' · '), { id, started }));

interface Session {
  first: Story;
  second: Story;
  truth: Truth;
  isTrue: boolean;
  preserves: boolean;
  pause: [number, number | null] | null;
  clears: boolean;
  leaves: boolean;
}

/** Two documents of one tab, what their user did meanwhile, and what the network saw of the first. */
const session: fc.Arbitrary<Session> = fc.record({
  first: document('A', 900),
  second: document('B', 3000),
  truth: plan.map(happen),
  isTrue: fc.boolean(),
  preserves: fc.boolean(),
  pause: fc.option(fc.tuple(fc.integer({ min: 0, max: 9000 }), fc.option(fc.integer({ min: 0, max: 9000 })))),
  clears: fc.boolean(),
  leaves: fc.boolean(),
});

function logOf({ first, second, truth, isTrue, preserves, pause, clears, leaves }: Session): Log {
  const log = new Log();
  log.preserve = preserves;
  log.hello({ ...first.document, late: clears }, 900, HOME);
  log.append('A', isTrue ? truth.entries : first.entries);
  log.network(truth.facts, 2);
  log.claimed(NOW);
  if (pause) log.record(false, pause[0]);
  if (clears) log.clear();
  if (leaves) {
    log.hello(second.document, 3000, 'home of B');
    log.append('B', second.entries);
  }
  if (typeof pause?.[1] === 'number') log.record(true, pause[1]);
  log.countMalformed();
  return log;
}

test('what is shown of a session that was saved and opened is what was shown of it before', () => {
  let sources = 0;
  fc.assert(
    fc.property(session, (given) => {
      const log = logOf(given);
      if (log.sources.length === 0) return;
      sources += log.sources.length;
      expect(shown(opened(textOf(log)))).toEqual(shown(log));
    }),
    { numRuns: 500 },
  );
  expect(sources).toBeGreaterThan(1000);
});

test('a session that goes on does not change what was saved of it', () => {
  fc.assert(
    fc.property(session, document('A', 900), (given, next) => {
      const log = logOf(given);
      const saved = savedSession(log, NOW);
      const before = structuredClone(saved);
      log.record(true, NOW);
      log.append(
        'A',
        next.entries.map((entry) => ({ ...entry, seq: entry.seq + 500 })),
      );
      log.network(given.truth.facts, 0);
      log.claimed(NOW * 2);
      log.bye('A', NOW);
      log.clear();
      expect(saved).toEqual(before);
    }),
  );
});

describe('a file that was changed is opened, or it is said where it is wrong', () => {
  const check = (text: string): Parsed => {
    const parsed = parseSessionFile(text);
    if ('session' in parsed) shown(new SavedLog(parsed.session));
    return parsed;
  };
  /** A value that is of the wrong type, too large, too small or dangerous; or one that is not far from what was there. */
  const change = fc.oneof(
    fc
      .constantFrom<unknown>(null, '', 'A', -1, 0, 1, 0.5, 1e300, '__proto__', [], {}, [[]], true)
      .map((to) => () => to),
    fc.jsonValue().map((to) => () => to),
    fc.constant(() => undefined),
    fc.integer({ min: -3, max: 9000 }).map((by) => (value: unknown) => near(value, by)),
  );
  /** Which place to change, counted through all of them and around, and how. */
  const changes = fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 2 });

  test('in any of its values', () => {
    const outcomes = { session: 0, problem: 0 };
    fc.assert(
      fc.property(session, changes, (given, list) => {
        const root: Record<string, unknown> = { file: JSON.parse(textOf(logOf(given))) };
        for (const [place, changed] of list) {
          const all = slotsOf(root);
          const [holder, key] = all[place % all.length] ?? [root, 'file'];
          holder[key] = changed(holder[key]);
        }
        const parsed = check(JSON.stringify(root['file']) ?? '');
        outcomes['session' in parsed ? 'session' : 'problem'] += 1;
        if (!('problem' in parsed) || parsed.problem.type !== 'broken') return;
        expect(parsed.problem.at).toMatch(/^[a-z]\w*(\[\d+\]|\.\w+|\.content-type)*$/i);
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(outcomes.session, outcomes.problem)).toBeGreaterThan(100);
  });

  test('in any of its characters', () => {
    fc.assert(
      fc.property(session, fc.nat(), fc.nat(20), fc.string({ maxLength: 5 }), (given, at, length, put) => {
        const text = textOf(logOf(given));
        const from = at % text.length;
        check(text.slice(0, from) + put + text.slice(from + length));
      }),
      { numRuns: 500 },
    );
  });

  test('or is anything else', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void check(text)));
  });
});

/** Something of the same type. */
function near(value: unknown, by: number): unknown {
  if (typeof value === 'number') return value + by;
  if (typeof value === 'string') return `${value} ${by}`;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return by % 2 === 0 ? value.toReversed() : value.slice(1);
  return value;
}

type Slot = [holder: Record<string, unknown>, key: string];

/** Every place of a value that has a value, from the outside in. */
function slotsOf(value: unknown): Slot[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key): Slot[] => [[holder, key], ...slotsOf(holder[key])]);
}
