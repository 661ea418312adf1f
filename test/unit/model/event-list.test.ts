import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventList, type Listed, type Wanted } from '../../../src/model/event-list.ts';
import { admits, parseFilter } from '../../../src/model/filter.ts';
import type { Source } from '../../../src/model/source.ts';
import type { StreamEvent } from '../../../src/model/stream-event.ts';
import { sourceOf } from '../../support/story.ts';

const EVERYTHING: Omit<Wanted, 'sources'> = {
  filter: parseFilter(''),
  range: undefined,
  withLines: true,
  sort: undefined,
};

function done(list: EventList, wanted: Wanted): Listed {
  list.want(wanted);
  while (list.advance());
  // Only what was found is sorted.
  list.show();
  while (list.advance());
  return list.show();
}
const read = ({ rows }: Listed) =>
  Array.from({ length: rows.count }, (_, index) => {
    const row = rows.at(index);
    return row?.type === 'item' ? `${row.source.key} ${row.item.seq}` : `#${row?.boundary.attempt.number}`;
  });

const event = (seq: number, time: number, data: string): StreamEvent => ({
  seq,
  time,
  attempt: 1,
  type: 'message',
  data,
  size: data.length,
  lastEventId: '',
  heard: true,
});
const empty = (key: string): Source => ({ ...sourceOf('construct /'), key, events: [], lines: [] });

describe('a list of events', () => {
  test('shows what is wanted, whatever was wanted before, arrives or is forgotten', () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('arrive' as const), at: fc.nat(1), data: fc.constantFrom('a', 'ab', 'b', 'ccc') }),
      fc.record({ do: fc.constant('trim' as const), at: fc.nat(1), count: fc.nat(3) }),
      fc.record({ do: fc.constant('filter' as const), text: fc.constantFrom('', 'a', 'ab', '-b') }),
      fc.record({
        do: fc.constant('sort' as const),
        column: fc.constantFrom('size', 'time', undefined),
        descending: fc.boolean(),
      }),
      fc.record({ do: fc.constant('range' as const), from: fc.option(fc.nat(20)) }),
      fc.record({ do: fc.constantFrom('all' as const, 'one' as const, 'look' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const both = [empty('a'), empty('b')];
        const list = new EventList();
        let wanted: Wanted = { ...EVERYTHING, sources: both };
        let time = 0;
        for (const one of steps) {
          if (one.do === 'arrive') both[one.at]?.events.push(event(++time, time, one.data));
          else if (one.do === 'trim') both[one.at]?.events.splice(0, one.count);
          else if (one.do === 'filter') wanted = { ...wanted, filter: parseFilter(one.text) };
          else if (one.do === 'sort') {
            const { column, descending } = one;
            wanted = { ...wanted, sort: column && { column, descending } };
          } else if (one.do === 'range') {
            const { from } = one;
            wanted = { ...wanted, range: from === null ? undefined : { from, to: from + 10 } };
          } else if (one.do === 'look') list.advance();
          else wanted = { ...wanted, sources: one.do === 'all' ? both : both.slice(0, 1) };
          list.want(wanted);
          list.show();
        }
        const { filter, range, sort, sources } = wanted;
        const expected = sources
          .flatMap((source) => source.events.map((item) => ({ item, key: source.key })))
          .filter(({ item }) => admits(filter, item, false))
          .filter(({ item }) => !range || (item.time >= range.from && item.time <= range.to))
          .sort((a, b) => a.item.time - b.item.time);
        const sign = sort?.descending ? -1 : 1;
        if (sort?.column === 'time' && sort.descending) expected.reverse();
        if (sort?.column === 'size') expected.sort((a, b) => (a.item.size - b.item.size) * sign);
        let listed = done(list, wanted);
        expect(listed.busy).toBeUndefined();
        expect(listed.found).toBe(expected.length);
        expect(listed.all).toBe(sources.reduce((sum, { events }) => sum + events.length, 0));
        // What is newer than the order is said to be, and comes in when it is asked for.
        expect(listed.rows.count + listed.newer).toBe(expected.length);
        list.sortAgain();
        listed = done(list, wanted);
        expect(read(listed)).toEqual(expected.map(({ item, key }) => `${key} ${item.seq}`));
      }),
    );
  });

  test('of one source has its reconnects, until it is filtered or sorted', () => {
    const source = sourceOf(`construct / · connect managed · announce · dispatch 1 · comment hi
      reestablish · connect · announce · dispatch 2 data=x`);
    const list = new EventList();
    const show = (part: Partial<Wanted>) => read(done(list, { ...EVERYTHING, sources: [source], ...part }));
    expect(show({})).toEqual(['A 1 4', 'A 1 5', '#2', 'A 1 9'].map((name) => name.replace('A 1', source.key)));
    expect(show({ withLines: false })).toEqual([`${source.key} 4`, '#2', `${source.key} 9`]);
    expect(show({ filter: parseFilter('x') })).toEqual([`${source.key} 9`]);
    expect(show({ sort: { column: 'size', descending: false } })).not.toContain('#2');
    expect(show({ sort: { column: 'time', descending: true } })[1]).toBe('#2');
  });
});
