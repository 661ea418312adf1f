import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Log } from '../../../src/model/log.ts';
import type { Source } from '../../../src/model/source.ts';
import { type Range, timeline } from '../../../src/model/timeline.ts';
import { story } from '../../support/story.ts';

const step = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('construct /a', 'connect', 'announce', 'reestablish', 'drop 2') },
  { weight: 4, arbitrary: fc.constantFrom('dispatch 1', 'dispatch 2 tick', 'comment hi', 'id 9') },
  fc.constantFrom('connect managed', 'connect 1', 'reestablish forced', 'fail', 'fail forced', 'close'),
);
/** Any order of records, of three sources, with any times: what a hostile page may send. */
const journal = fc
  .array(fc.tuple(step, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 5000 })), { maxLength: 60 })
  .map((steps) => story(steps.map(([text, source, time]) => `#${source} @${time} ${text}`).join(' · ')));

function state(log: Log) {
  const { sources, events, dropped, newest } = log;
  return { sources, events, dropped, newest, last: log.last('A') };
}

function heard({ document, entries }: ReturnType<typeof story>): Log {
  const log = new Log();
  log.hello(document, document.started);
  log.append(document.id, entries);
  return log;
}

test('any batches, with anything sent again in between, give the same log as one batch', () => {
  const cuts = fc.array(fc.record({ back: fc.nat(20), ahead: fc.nat(20) }), { maxLength: 30 });
  fc.assert(
    fc.property(journal, cuts, (told, batches) => {
      const log = new Log();
      log.hello(told.document, told.document.started);
      let sent = 0;
      let added = 0;
      for (const { back, ahead } of [...batches, { back: 60, ahead: 60 }]) {
        added += log.append('A', told.entries.slice(Math.max(0, sent - back), sent + ahead));
        sent += ahead;
        log.hello(told.document, told.document.started);
      }
      expect(state(log)).toEqual(state(heard(told)));
      expect(added).toBe(told.entries.length);
    }),
  );
});

test('bye and hello again, at any moment, leave no trace', () => {
  fc.assert(
    fc.property(journal, fc.nat(60), fc.boolean(), (told, cut, late) => {
      const log = new Log();
      log.hello(told.document, told.document.started);
      log.append('A', told.entries.slice(0, cut));
      log.bye('A', 100);
      if (!late) log.hello(told.document, told.document.started);
      log.append('A', told.entries.slice(cut));
      if (late) log.hello(told.document, told.document.started);
      expect(log.sources).toEqual(heard(told).sources);
    }),
  );
});

test('the same entries after clear change nothing', () => {
  fc.assert(
    fc.property(journal, (told) => {
      const log = heard(told);
      log.clear();
      const cleared = structuredClone(state(log));
      expect(log.append('A', told.entries)).toBe(0);
      expect(state(log)).toEqual(cleared);
    }),
  );
});

describe('of every source', () => {
  const each = (check: (source: Source) => void) =>
    fc.assert(fc.property(journal, (told) => heard(told).sources.forEach(check)));

  test('changes, attempts and events are in order, and consecutive changes differ', () => {
    each(({ changes, attempts, events }) => {
      for (const [index, change] of changes.entries()) {
        const before = changes[index - 1];
        if (before === undefined) continue;
        expect(change.time).toBeGreaterThanOrEqual(before.time);
        expect(change.state !== before.state || change.attempt !== before.attempt).toBe(true);
      }
      expect(attempts.map(({ number }) => number)).toEqual(
        [...new Set(attempts.map(({ number }) => number))].sort((a, b) => a - b),
      );
      for (const list of [attempts, events]) {
        expect(list.map(({ time }) => time)).toEqual(list.map(({ time }) => time).sort((a, b) => a - b));
      }
    });
  });

  test('the attempts count its events', () => {
    each(({ attempts, events }) => {
      expect(attempts.reduce((sum, attempt) => sum + attempt.events, 0)).toBe(events.length);
    });
  });

  test('spans cover its life without holes, clipped to the range, and never overlap', () => {
    const ranges = fc.tuple(fc.integer({ min: -100, max: 5000 }), fc.integer({ min: 1, max: 6000 }));
    fc.assert(
      fc.property(journal, ranges, (told, [from, length]) => {
        const range: Range = { from, to: from + length };
        const { sources } = heard(told);
        for (const [index, { spans }] of timeline(sources, range, 10).entries()) {
          let at = Math.max(sources[index]?.constructed ?? 0, from);
          for (const span of spans) {
            expect(span.from).toBe(at);
            expect(span.to).toBeGreaterThanOrEqual(span.from);
            at = span.to;
          }
          if (spans.length > 0) expect(at).toBe(range.to);
          expect(spans.length > 0).toBe((sources[index]?.constructed ?? 0) <= range.to);
          expect(spans.map((span) => span.lasting).lastIndexOf(true)).toBe(
            spans.some((span) => span.lasting) ? spans.length - 1 : -1,
          );
        }
      }),
    );
  });

  test('every error within the range is a mark, and every event within it in a column', () => {
    const range: Range = { from: 1000, to: 3000 };
    const within = ({ time }: { time: number }) => time >= range.from && time <= range.to;
    each((source) => {
      const [lane] = timeline([source], range, 7);
      const errors = source.attempts
        .flatMap(({ ended }) => ended ?? [])
        .filter((ended) => within(ended) && (ended.by === 'fail' || ended.by === 'reestablish'));
      expect(lane?.marks.flatMap((mark) => (mark.type === 'error' ? mark.time : []))).toEqual(
        errors.map(({ time }) => time),
      );
      expect(lane?.density.reduce((sum, count) => sum + count, 0)).toBe(source.events.filter(within).length);
    });
  });
});
