import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { isUnload } from '../../../src/model/attempt.ts';
import { Log } from '../../../src/model/log.ts';
import { Overview } from '../../../src/model/overview.ts';
import { type OverviewGrid, overviewGrid } from '../../../src/model/overview-grid.ts';
import type { Source } from '../../../src/model/source.ts';
import { extent } from '../../../src/model/summary.ts';
import { logOf, story } from '../../support/story.ts';

// Hundreds of sessions, on whatever machine.
vi.setConfig({ testTimeout: 60_000 });

const sum = (counts: Iterable<number>) => [...counts].reduce((all, count) => all + count, 0);

/** Counted one by one, as the picture is meant: what is outside is at the edge. */
function naive(sources: readonly Source[], { range, step, columns }: OverviewGrid) {
  const count = (times: number[]) => {
    const result = Array.from({ length: columns }, () => 0);
    for (const time of times) {
      const column = Math.min(columns - 1, Math.max(0, Math.floor((time - range.from) / step)));
      result[column] = (result[column] ?? 0) + 1;
    }
    return result;
  };
  const errors = sources
    .flatMap(({ attempts }) => attempts.flatMap(({ ended }) => ended ?? []))
    .filter((ended) => ended.by !== 'close' && !isUnload(ended));
  return {
    events: count(sources.flatMap(({ events }) => events.map(({ time }) => time))),
    failures: count(errors.filter(({ forced }) => !forced).map(({ time }) => time)),
    forced: count(errors.filter(({ forced }) => forced).map(({ time }) => time)),
  };
}

function shown(overview: Overview, sources: readonly Source[], grid: OverviewGrid) {
  for (let pieces = 0; overview.update(sources, 7); pieces++) expect(pieces).toBeLessThan(1000);
  const { events, failures, forced } = overview.columns(grid);
  return { events: [...events], failures: [...failures], forced: [...forced] };
}

const verb = fc.oneof(
  { weight: 8, arbitrary: fc.constant('dispatch 1') },
  { weight: 4, arbitrary: fc.constantFrom('connect', 'announce', 'reestablish network', 'reestablish forced') },
  { weight: 1, arbitrary: fc.constantFrom('close', 'fail', 'fail forced') },
);
/** Sessions of seconds and of days. */
const pause = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 86_400_000 }) },
);
/** What happens between two looks at the overview. */
const act = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      steps: fc.array(fc.tuple(fc.integer({ min: 1, max: 3 }), verb, pause), { minLength: 1, maxLength: 25 }),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom('clear', 'reload', 'preserve', 'forget', 'filter') },
);

test('equals what is counted one by one, whatever is added, forgotten, cleared or filtered', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 15 }), fc.integer({ min: 1, max: 700 }), (acts, columns) => {
      const log = new Log({ entries: 60, size: Number.POSITIVE_INFINITY });
      const overview = new Overview();
      let document = 0;
      let text = '';
      let time = 0;
      let isFiltered = false;
      const told = () => story(text, { id: `D${document}`, started: 0 });
      for (const one of acts) {
        if (one === 'clear') log.clear();
        else if (one === 'preserve') log.preserve = true;
        else if (one === 'forget') log.preserve = false;
        else if (one === 'filter') isFiltered = !isFiltered;
        else if (one === 'reload') {
          log.bye(told().document.id, time);
          document += 1;
          text = '';
        } else {
          for (const [source, what, later] of one.steps) {
            time += later;
            if (!text.includes(`#${source} @`)) text += `#${source} @${time} construct /${source}\n`;
            text += `#${source} @${time} ${what}\n`;
          }
        }
        const { document: info, entries } = told();
        if (log.last(info.id) === 0) log.hello(info, time);
        log.append(info.id, entries.slice(log.last(info.id)));
        const sources = log.sources.filter(({ id }) => !isFiltered || id !== 2);
        const grid = overviewGrid(extent(log) ?? { from: 0, to: 0 }, columns);
        const columnsOf = shown(overview, sources, grid);
        expect(columnsOf).toEqual(naive(sources, grid));
        if (!isFiltered) expect(sum(columnsOf.events)).toBe(log.events);
      }
    }),
    { numRuns: 300 },
  );
});

describe('the columns', () => {
  const range = fc
    .tuple(fc.double({ min: 0, max: 2e12, noNaN: true }), fc.double({ min: 0, max: 1e10, noNaN: true }))
    .map(([from, length]) => ({ from, to: from + length }));
  const width = fc.integer({ min: 1, max: 2000 });

  test('reach over the whole session, and not much farther', () => {
    fc.assert(
      fc.property(range, width, (session, columns) => {
        const grid = overviewGrid(session, columns);
        expect(grid.range.from).toBeLessThanOrEqual(session.from);
        expect(grid.range.to).toBeGreaterThan(session.to);
        const most = Math.max(10_000, session.to - session.from) * 1.32 + 2 * grid.step;
        expect(grid.range.to - grid.range.from).toBeLessThanOrEqual(most);
        expect(grid.columns).toBe(columns);
      }),
    );
  });

  test('stay where they are while a session grows a little', () => {
    const at = (to: number) => overviewGrid({ from: 1_700_000_000_123, to }, 400);
    const first = at(1_700_000_060_000);
    expect(at(1_700_000_060_100)).toEqual(first);
    expect(at(first.range.to).step).toBeGreaterThan(first.step);
  });
});

test('a moment that a page made up ends neither the counting nor the memory', () => {
  const log = logOf('construct / · connect · announce · dispatch 1 · dispatch 2 @1e300');
  const grid = overviewGrid(extent(log) ?? { from: 0, to: 0 }, 100);
  const { events } = shown(new Overview(), log.sources, grid);
  expect([events.at(0), sum(events)]).toEqual([1, 2]);
});

test('what failed in the last moments of its page did not fail', () => {
  const log = new Log();
  const { document, entries } = story('construct / · connect · announce · dispatch 1 · fail @1000');
  log.hello(document, 0);
  log.append('A', entries);
  const overview = new Overview();
  const grid = overviewGrid({ from: 0, to: 2000 }, 10);
  expect(sum(shown(overview, log.sources, grid).failures)).toBe(1);
  log.bye('A', 1001);
  expect(sum(shown(overview, log.sources, grid).failures)).toBe(0);
});
