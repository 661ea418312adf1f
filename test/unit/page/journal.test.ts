import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Journal } from '../../../src/page/journal.ts';
import type { SourceRecord } from '../../../src/protocol/record.ts';

const event = (data: string): SourceRecord => ({
  type: 'dispatch',
  event: 'message',
  data,
  size: data.length,
  lastEventId: '',
  origin: '',
  heard: true,
});
const none = () => {};
/** What it gives has no methods: no page reaches it. */
const held = (journal: Journal, seq: number, size: number) => Array.from(journal.after(seq, size));

describe('Journal', () => {
  test('keeps the newest entries within its limit, numbered without gaps, and counts the rest', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.integer({ min: 1, max: 50 }), fc.nat(320), (count, limit, asked) => {
        const journal = new Journal(none, { entries: limit, size: Number.POSITIVE_INFINITY });
        for (let n = 1; n <= count; n++) journal.add(1, event(`${n}`));
        expect(journal.last).toBe(count);
        expect(journal.dropped).toBe(Math.max(0, count - limit));
        const first = Math.max(asked, journal.dropped) + 1;
        const expected = Array.from({ length: Math.max(0, count - first + 1) }, (_, index) => first + index);
        const got = held(journal, asked, Number.POSITIVE_INFINITY);
        expect(got.map(({ seq }) => seq)).toEqual(expected);
        // The number and the text were given together, so a ring that mixed up its places shows here.
        expect(got.map(({ record }) => record.type === 'dispatch' && record.data)).toEqual(expected.map(String));
      }),
    );
  });

  test('lets entries go when their text grows over the limit', () => {
    const journal = new Journal(none, { entries: 1000, size: 100_000 });
    for (let n = 0; n < 20; n++) journal.add(1, event('x'.repeat(10_000)));
    expect(journal.dropped).toBeGreaterThanOrEqual(15);
    expect(held(journal, 0, 1e9).at(-1)?.seq).toBe(20);
  });

  test('gives at least one entry however large it is, and stops at the size asked for', () => {
    const journal = new Journal(none);
    for (let n = 0; n < 5; n++) journal.add(1, event('x'.repeat(10_000)));
    expect(held(journal, 0, 1)).toHaveLength(1);
    expect(held(journal, 0, 25_000)).toHaveLength(2);
  });

  test('frees what was released, counts none of it as dropped, and gives the rest as before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(60)), { maxLength: 12 }), (steps) => {
        const journal = new Journal(none, { entries: 10, size: Number.POSITIVE_INFINITY });
        let released = 0;
        let dropped = 0;
        for (const [count, upTo] of steps) {
          for (let n = 0; n < count; n++) {
            journal.add(1, event(`${journal.last + 1}`));
            // What the ring holds is what was neither released nor dropped: never more than its limit.
            if (journal.last - Math.max(released, dropped) > 10) dropped = journal.last - 10;
          }
          journal.release(upTo);
          released = Math.max(released, Math.min(upTo, journal.last));
          const kept = held(journal, 0, Number.POSITIVE_INFINITY).map(({ seq }) => seq);
          const first = Math.max(released, dropped) + 1;
          expect(kept).toEqual(Array.from({ length: journal.last - first + 1 }, (_, index) => first + index));
        }
        expect(journal.dropped).toBeLessThanOrEqual(dropped);
      }),
    );
  });

  test('drops nothing as long as it is released in time', () => {
    const journal = new Journal(none, { entries: 10, size: 100_000 });
    for (let n = 1; n <= 1000; n++) {
      journal.add(1, event('x'.repeat(9000)));
      if (n % 5 === 0) journal.release(n);
    }
    expect(journal.dropped).toBe(0);
  });

  test('keeps nothing once it is closed', () => {
    const journal = new Journal(none);
    journal.add(1, event('a'));
    journal.close();
    journal.add(1, event('b'));
    expect(held(journal, 0, 1e9)).toEqual([]);
  });
});
