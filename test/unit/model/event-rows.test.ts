import { describe, expect, test } from 'vitest';
import { boundariesOf, type EventRows, eventRows, nextItem, reversed } from '../../../src/model/event-rows.ts';
import type { Source } from '../../../src/model/source.ts';
import { isEvent } from '../../../src/model/stream-item.ts';
import { type Stretch, within } from '../../../src/model/stretch.ts';
import type { Range } from '../../../src/model/timeline.ts';
import { logOf, sourceOf } from '../../support/story.ts';

const all = ({ events, lines }: Source, lane = 0): Stretch[] =>
  [events, lines].map((items) => ({ items, from: 0, to: items.length, lane, group: 0 }));

function rowsOf(source: Source, range?: Range): EventRows {
  const stretches = range ? within(all(source), range) : all(source);
  return eventRows([source], stretches, boundariesOf(source, stretches, range));
}

/** Rows as one would read them: `1`, `:beat`, `#3 +500`. */
function read(rows: EventRows): string[] {
  return Array.from({ length: rows.count }, (_, index) => {
    const row = rows.at(index);
    if (row?.type === 'boundary') return `#${row.boundary.attempt.number} +${row.boundary.down}`;
    if (!row) return '';
    return isEvent(row.item) ? row.item.lastEventId : `${row.item.type}:${row.item.value}`;
  });
}
const told = (text: string) => read(rowsOf(sourceOf(text)));

describe('the rows of one source', () => {
  test('have no boundary before the first attempt', () => {
    expect(told('construct / · connect · announce · dispatch 1 · dispatch 2')).toEqual(['1', '2']);
  });

  test('have one where the connection was made anew, with how long it was down', () => {
    const text = `construct / · connect · announce · dispatch 1 · reestablish @1000
                  connect @4000 start · announce @4200 · dispatch 2`;
    expect(told(text)).toEqual(['1', '#2 +3200', '2']);
  });

  test('have none for attempts that were never announced, but count their time', () => {
    const text = `construct / · connect · announce · dispatch 1 · reestablish @1000
                  connect @4000 · reestablish @4000 · connect @8000 · announce @8000 · dispatch 2`;
    expect(told(text)).toEqual(['1', '#3 +7000', '2']);
  });

  test('have one for an attempt that brought nothing, and for the one after it', () => {
    const text = `construct / · connect · announce · dispatch 1 · reestablish @1000 · connect @2000 · announce @2000
                  reestablish @3000 · connect @4000 · announce @4000 · dispatch 2`;
    expect(told(text)).toEqual(['1', '#2 +1000', '#3 +1000', '2']);
  });

  test('have what the stream says without an event in its place, even at the same moment', () => {
    const text = `construct / · connect managed · announce · comment hi @500 · dispatch 1 @500 · retry 50 @500
                  dispatch 2 @500 · reestablish @1000 · connect @2000 · announce @2000 · id 9 · dispatch 10`;
    expect(told(text)).toEqual(['comment:hi', '1', 'retry:50', '2', '#2 +1000', 'id:9', '10']);
  });

  test('are cut to a range: what was dispatched in it, and the reconnects', () => {
    const source = sourceOf(`construct / · connect · announce · dispatch 1 @500 · reestablish @1000
      connect @4000 · announce @4000 · dispatch 2 @4500 · reestablish @5000 · connect @8000 · announce @8000`);
    expect(read(rowsOf(source, { from: 600, to: 4600 }))).toEqual(['#2 +3000', '2']);
    expect(read(rowsOf(source, { from: 4001, to: 7999 }))).toEqual(['2']);
    expect(read(rowsOf(source, { from: 1, to: 2 }))).toEqual([]);
  });

  test('have nothing outside', () => {
    const rows = rowsOf(sourceOf('construct / · connect · announce · dispatch 1'));
    expect([rows.at(-1), rows.at(1)]).toEqual([undefined, undefined]);
  });
});

describe('the rows of all sources', () => {
  test('are in order of time, whoever came first', () => {
    const log = logOf(`#1 construct /a · #2 construct /b · #1 connect · #2 connect · #1 announce · #2 announce
      #1 dispatch a1 @1000 · #2 dispatch b1 @900 · #2 dispatch b2 @1000 · #1 dispatch a2 @1500`);
    const sources = log.sources;
    const stretches = sources.flatMap((source, lane) => all(source, lane));
    const rows = eventRows(sources, stretches, []);
    expect(read(rows)).toEqual(['b1', 'a1', 'b2', 'a2']);
    expect(sources.map((source) => source.events.map((event) => rows.rowOf(source, event)))).toEqual([
      [1, 3],
      [0, 2],
    ]);
    expect(sources.map((source) => rows.rowOfAttempt(source, 1))).toEqual([1, 0]);
  });
});

describe('finding rows', () => {
  const source = sourceOf(`construct / · connect · announce · dispatch 1 · dispatch 2 · reestablish · connect · announce
    reestablish · connect · announce · dispatch 3 · dispatch 4`);
  const rows = rowsOf(source);

  test('rowOf is where at() finds the event', () => {
    const found = source.events.map((event) => rows.rowOf(source, event));
    expect(found).toEqual([0, 1, 4, 5]);
    expect(found.map((row) => rows.at(row ?? -1))).toEqual(
      source.events.map((item) => ({ type: 'item', item, source })),
    );
  });

  test('an event that was cleared has no row', () => {
    const [event] = source.events;
    expect(event && rowsOf({ ...source, events: [] }).rowOf(source, event)).toBeUndefined();
  });

  test('attempts begin at their boundary, the first one at its first event', () => {
    expect([1, 2, 3, 4].map((attempt) => rows.rowOfAttempt(source, attempt))).toEqual([0, 2, 3, undefined]);
  });

  test('stepping passes over boundaries in either direction', () => {
    const idAt = (row: number, step: number) => {
      const item = nextItem(rows, row, step)?.item;
      return item && isEvent(item) && item.lastEventId;
    };
    expect([idAt(2, 1), idAt(3, -1), idAt(6, 1)]).toEqual(['3', '2', undefined]);
  });

  test('reversed, all is the other way round', () => {
    const back = reversed(rows);
    expect(read(back)).toEqual(read(rows).reverse());
    expect(source.events.map((event) => back.rowOf(source, event))).toEqual([5, 4, 1, 0]);
  });
});
