import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isUnload } from '../../../src/model/attempt.ts';
import { placeOf } from '../../../src/model/lane-marks.ts';
import { countMarks, markBeside, newestMarks } from '../../../src/model/mark-list.ts';
import type { Source } from '../../../src/model/source.ts';
import { type Lane, type Mark, type Range, timeline } from '../../../src/model/timeline.ts';
import { hear, logOf, story } from '../../support/story.ts';

const TYPES = ['message', 'tick', 'price', 'news', 'trade'];
const STATES = ['closed', 'waiting', 'connecting', 'open'];

/** What a source may do next; whether it can is the log's business. */
const step = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...TYPES).map((type) => `dispatch 1 ${type}`) },
  { weight: 3, arbitrary: fc.constant('reestablish network · +0 connect · announce') },
  { weight: 3, arbitrary: fc.constantFrom('reestablish', 'reestablish forced', 'connect', 'announce') },
  { weight: 1, arbitrary: fc.constantFrom('comment ping', 'retry 10', 'id 7') },
);
const end = fc.constantFrom('', 'fail status=503', 'fail forced', 'close', 'bye');
const pause = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 5000 }));
const history = fc
  .tuple(fc.array(fc.tuple(step, pause), { maxLength: 80 }), end)
  .map(([steps, last]) =>
    ['construct /', 'connect', ...steps.map(([one, after]) => `+${after} ${one}`), last].join(' · '),
  );
const source = history.map((text) => logOf(text).sources[0] as Source);
const range = fc
  .tuple(fc.double({ min: -500, max: 60_000, noNaN: true }), fc.double({ min: 1, max: 60_000, noNaN: true }))
  .map(([from, span]): Range => ({ from, to: from + span }));
const columns = fc.integer({ min: 1, max: 120 });
const level = fc.constantFrom('merged', 'dense', 'types', 'single');

function laneOf(one: Source, within: Range, count: number, detail?: Parameters<typeof timeline>[3]): Lane {
  const [lane] = timeline([one], within, count, detail);
  if (!lane) throw new Error('no lane');
  return lane;
}
const merging = (within: Range, count: number, one: 'merged' | 'dense' | 'types' | 'single' = 'dense') =>
  ({ level: one, least: (within.to - within.from) / count }) as const;
const sum = (numbers: Iterable<number> = []) => [...numbers].reduce((all, one) => all + one, 0);
const isIn = ({ from, to }: Range, time: number | undefined) => time !== undefined && time >= from && time <= to;
const countOf = (marks: readonly Mark[]) => sum(marks.map(({ crowd }) => crowd?.count ?? 1));

/** Ends in error, by the attempts themselves. */
const errorsOf = ({ attempts }: Source) =>
  attempts.flatMap(({ ended }) => (ended && ended.by !== 'close' && !isUnload(ended) ? [ended] : []));

describe('however closely it is looked at', () => {
  test('every error is in one mark, which is where the error is', () => {
    fc.assert(
      fc.property(source, range, columns, (one, within, count) => {
        const detail = merging(within, count);
        const drawn = laneOf(one, within, count, detail).marks.filter(({ type }) => type === 'error');
        const errors = errorsOf(one).filter(({ time }) => isIn(within, time));
        expect(countOf(drawn)).toBe(errors.length);
        for (const { time, by, forced } of errors) {
          const isHere = (mark: Mark) =>
            mark.type === 'error' &&
            mark.gaveUp === (by === 'fail') &&
            (mark.gaveUp || mark.forced === forced) &&
            mark.time <= time &&
            time <= (mark.crowd?.until ?? mark.time);
          expect(drawn.filter(isHere).length).toBeGreaterThan(0);
        }
        for (const { time, crowd } of drawn)
          expect((crowd?.until ?? time) - time).toBeLessThanOrEqual(detail.least * 2);
      }),
    );
  });

  test('every event is in one column, and in one row where types are told apart', () => {
    fc.assert(
      fc.property(source, range, columns, level, (one, within, count, how) => {
        const { density, rows, lines, first = 0 } = laneOf(one, within, count, merging(within, count, how));
        const events = one.events.filter(({ time }) => isIn(within, time));
        expect(sum(density)).toBe(events.length);
        expect(one.events.slice(first, first + events.length)).toEqual(events);
        const width = (within.to - within.from) / count;
        let at = first;
        for (const [column, number] of density.entries()) {
          for (let each = 0; each < number; each++) {
            const time = one.events[at++]?.time ?? Number.NaN;
            expect(time).toBeGreaterThanOrEqual(within.from + column * width);
            if (column < count - 1) expect(time).toBeLessThan(within.from + (column + 1) * width);
          }
        }
        if (rows && rows.length > 0) {
          expect([...density.keys()].map((column) => sum(rows.map((row) => row.density[column] ?? 0)))).toEqual([
            ...density,
          ]);
          for (const { type, density: of } of rows) {
            if (type !== undefined) expect(sum(of)).toBe(events.filter((event) => event.type === type).length);
          }
        }
        if (how === 'single') {
          const said = one.lines.filter(({ time }) => isIn(within, time)).length;
          expect(sum(Object.values(lines ?? {}).map((line) => sum(line)))).toBe(said);
        }
      }),
    );
  });

  test('states cover the range without gaps, and none is better than the worst that it stands for', () => {
    fc.assert(
      fc.property(source, range, columns, (one, within, count) => {
        const exact = laneOf(one, within, count).spans;
        const { spans } = laneOf(one, within, count, merging(within, count));
        expect(spans[0]?.from).toBe(exact[0]?.from);
        expect(spans.at(-1)?.to).toBe(exact.at(-1)?.to);
        for (const [index, { from }] of spans.entries()) if (index > 0) expect(from).toBe(spans[index - 1]?.to);
        for (const { state, from, to } of exact) {
          const holders = spans.filter((span) => span.from < to && span.to > from);
          for (const holder of holders) expect(STATES.indexOf(holder.state)).toBeLessThanOrEqual(STATES.indexOf(state));
        }
      }),
    );
  });

  test('zooming in takes nothing away', () => {
    fc.assert(
      fc.property(source, range, columns, fc.integer({ min: 2, max: 9 }), (one, within, count, parts) => {
        const whole = laneOf(one, within, count, merging(within, count));
        const length = (within.to - within.from) / parts;
        const closer = Array.from({ length: parts }, (_, index) => {
          const part = { from: within.from + index * length, to: within.from + (index + 1) * length };
          return laneOf(one, part, count, merging(part, count));
        });
        expect(sum(closer.map(({ marks }) => countOf(marks)))).toBeGreaterThanOrEqual(countOf(whole.marks));
        expect(sum(closer.map(({ density }) => sum(density)))).toBeGreaterThanOrEqual(sum(whole.density));
        expect(sum(closer.map(({ spans }) => spans.length))).toBeGreaterThanOrEqual(whole.spans.length);
      }),
    );
  });

  test('what comes bit by bit is what came at once', () => {
    fc.assert(
      fc.property(history, range, columns, (text, within, count) => {
        const told = story(text);
        const log = logOf({ document: told.document, entries: [] });
        const detail = merging(within, count, 'single');
        for (const entry of told.entries) {
          log.append(told.document.id, [entry]);
          timeline(log.sources, within, count, detail);
        }
        hear(log, { ...told, entries: [] });
        expect(timeline(log.sources, within, count, detail)).toEqual(
          timeline(logOf(text).sources, within, count, detail),
        );
      }),
    );
  });
});

test('a hundred thousand reconnects in sight are no more than the picture has columns', () => {
  const storm = Array.from(
    { length: 100_000 },
    () => '+1 reestablish network · +0 connect · +0 announce · +0 dispatch 1',
  );
  const [one] = logOf(['construct /', ...storm].join(' · ')).sources;
  if (!one) throw new Error('no source');
  for (const within of [
    { from: 0, to: 100_000 },
    { from: 1000, to: 50_000 },
    { from: 0, to: 1e9 },
  ]) {
    const { spans, marks, density } = laneOf(one, within, 300, merging(within, 300));
    expect(density).toHaveLength(300);
    expect(spans.length).toBeLessThanOrEqual(2 * 300 + 2);
    expect(marks.length).toBeLessThanOrEqual(6 * (150 + 1));
  }
});

describe('the list of marks', () => {
  const all = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

  test('steps through all of them in order, there and back', () => {
    fc.assert(
      fc.property(source, (one) => {
        const places = laneOf(one, { from: 0, to: 1e9 }, 1).marks.map(placeOf);
        const walk = (place: ReturnType<typeof placeOf>, by: 1 | -1) => {
          const found = [];
          for (let at = markBeside(one, place, by); at; at = markBeside(one, at, by)) found.push(at);
          return found;
        };
        expect(walk({ time: -1, attempt: 0, kind: 'connect' }, 1)).toEqual(places);
        expect(walk({ time: 1e9, attempt: 0, kind: 'connect' }, -1)).toEqual(places.toReversed());
      }),
    );
  });

  test('of several sources has the newest first, and knows how many there are', () => {
    fc.assert(
      fc.property(fc.array(source, { maxLength: 4 }), fc.integer({ min: 0, max: 30 }), (sources, most) => {
        const times = timeline(sources, { from: 0, to: 1e9 }, 1).flatMap(({ marks }) => marks.map(({ time }) => time));
        const newest = newestMarks(sources, all, most).map(({ place }) => place.time);
        expect(newest).toEqual(times.sort((a, b) => b - a).slice(0, most));
        expect(countMarks(sources, all)).toBe(times.length);
      }),
    );
  });
});
