import { describe, expect, test } from 'vitest';
import { eventRows, nextEvent, rowAt, rowOf, rowOfAttempt } from '../../../src/model/event-rows.ts';
import { sourceOf } from '../../support/story.ts';

/** Rows as one would read them: `1 2 | #3 +500 | 3`. */
function told(text: string): string[] {
  const rows = eventRows(sourceOf(text));
  return Array.from({ length: rows.count }, (_, index) => {
    const row = rowAt(rows, index);
    if (row?.type === 'event') return row.event.lastEventId;
    return row ? `#${row.boundary.attempt.number} +${row.boundary.down}` : '';
  });
}

describe('eventRows', () => {
  test('has no boundary before the first attempt', () => {
    expect(told('construct / · connect · announce · dispatch 1 · dispatch 2')).toEqual(['1', '2']);
  });

  test('has one where the connection was made anew, with how long it was down', () => {
    const text = `construct / · connect · announce · dispatch 1 · reestablish @1000
                  connect @4000 start · announce @4200 · dispatch 2`;
    expect(told(text)).toEqual(['1', '#2 +3200', '2']);
  });

  test('has none for attempts that were never announced, but counts their time', () => {
    const text = `construct / · connect · announce · dispatch 1 · reestablish @1000
                  connect @4000 · reestablish @4000 · connect @8000 · announce @8000 · dispatch 2`;
    expect(told(text)).toEqual(['1', '#3 +7000', '2']);
  });

  test('has one for an attempt that brought nothing, and for the one after it', () => {
    const text = `construct / · connect · announce · dispatch 1 · reestablish @1000 · connect @2000 · announce @2000
                  reestablish @3000 · connect @4000 · announce @4000 · dispatch 2`;
    expect(told(text)).toEqual(['1', '#2 +1000', '#3 +1000', '2']);
  });

  test('has no rows outside', () => {
    const rows = eventRows(sourceOf('construct / · connect · announce · dispatch 1'));
    expect([rowAt(rows, -1), rowAt(rows, 1)]).toEqual([undefined, undefined]);
  });
});

describe('finding rows', () => {
  const source = sourceOf(`construct / · connect · announce · dispatch 1 · dispatch 2 · reestablish · connect · announce
    reestablish · connect · announce · dispatch 3 · dispatch 4`);
  const rows = eventRows(source);

  test('rowOf is where rowAt finds the event', () => {
    const found = source.events.map((event) => rowOf(rows, event));
    expect(found).toEqual([0, 1, 4, 5]);
    expect(found.map((row) => rowAt(rows, row ?? -1))).toEqual(
      source.events.map((event) => ({ type: 'event', event })),
    );
  });

  test('an event that was cleared has no row', () => {
    const [event] = source.events;
    expect(event && rowOf(eventRows({ attempts: source.attempts, events: [] }), event)).toBeUndefined();
  });

  test('attempts begin at their boundary, the first one at its first event', () => {
    expect([1, 2, 3, 4].map((attempt) => rowOfAttempt(rows, attempt))).toEqual([0, 2, 3, undefined]);
  });

  test('stepping passes over boundaries in either direction', () => {
    expect(nextEvent(rows, 2, 1)?.lastEventId).toBe('3');
    expect(nextEvent(rows, 3, -1)?.lastEventId).toBe('2');
    expect(nextEvent(rows, 6, 1)).toBeUndefined();
  });
});
