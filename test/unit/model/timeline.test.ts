import { describe, expect, test } from 'vitest';
import { extent, summary } from '../../../src/model/summary.ts';
import { grid, type Range, timeline } from '../../../src/model/timeline.ts';
import { logOf, sourceOf } from '../../support/story.ts';

const TEXT = `construct / · connect · announce @200 · dispatch 1 @250 · dispatch 2 @300 · reestablish network @1000
  connect @4000 · announce @4000 · dispatch 3 @4500 · fail @5000`;

function laneOf(text: string, range: Range, columns = 10) {
  const [lane] = timeline([sourceOf(text)], range, columns);
  if (lane === undefined) throw new Error('no lane');
  return lane;
}
const shape = (text: string, range: Range) =>
  laneOf(text, range).spans.map(({ state, from, to, lasting }) => `${state} ${from}–${to}${lasting ? '…' : ''}`);

describe('spans', () => {
  test('follow each other to the end of the range; what lasted no time is left out', () => {
    expect(shape(TEXT, { from: 0, to: 9000 })).toEqual([
      'connecting 0–200',
      'open 200–1000',
      'waiting 1000–4000',
      'open 4000–5000',
      'closed 5000–9000…',
    ]);
  });

  test('are clipped, and still know how long they really were', () => {
    const { spans } = laneOf(TEXT, { from: 1500, to: 3500 });
    expect(spans).toEqual([{ state: 'waiting', from: 1500, to: 3500, lasting: false, began: 1000, ended: 4000 }]);
  });

  test('of a source that is yet to come: none', () => {
    expect(shape(TEXT, { from: -500, to: -1 })).toEqual([]);
  });

  test('of a source constructed at this very moment: one', () => {
    expect(shape('construct /', { from: -500, to: 0 })).toEqual(['connecting 0–0…']);
  });
});

describe('marks', () => {
  test('are what happened, in order', () => {
    expect(laneOf(TEXT, { from: 0, to: 9000 }).marks).toEqual([
      { type: 'connect', time: 100, lastEventId: '', attempt: 1 },
      { type: 'error', time: 1000, forced: false, gaveUp: false, why: { code: 'network', detail: '' }, attempt: 1 },
      { type: 'connect', time: 4000, lastEventId: '2', attempt: 2 },
      // Which one it is, verdict.test.ts says.
      { type: 'verdict', time: 4000, resumption: expect.anything(), attempt: 2 },
      { type: 'error', time: 5000, forced: false, gaveUp: true, why: { code: 'unknown' }, attempt: 2 },
    ]);
  });

  test('of an attempt that began before the range: its error', () => {
    expect(laneOf(TEXT, { from: 900, to: 1100 }).marks.map((mark) => mark.type)).toEqual(['error']);
  });

  test('at the edges of the range belong to it', () => {
    expect(laneOf(TEXT, { from: 1000, to: 4000 }).marks.map((mark) => mark.time)).toEqual([1000, 4000, 4000]);
  });

  test('of a connect that was dropped: none, since what it carried is not known', () => {
    const { marks } = laneOf('drop 3 · dispatch 8 · close', { from: 0, to: 9000 });
    expect(marks).toEqual([{ type: 'end', time: 100, by: 'close', attempt: 1 }]);
  });

  test('close while waiting is an end', () => {
    const { marks } = laneOf('construct / · connect · reestablish · close', { from: 0, to: 9000 });
    expect(marks.at(-1)).toEqual({ type: 'end', time: 300, by: 'close', attempt: 1 });
  });

  test('a document that went away ends its lanes, which are past', () => {
    const [lane] = timeline(logOf('construct / · connect · bye @500').sources, { from: 0, to: 9000 }, 1);
    expect(lane?.marks.at(-1)).toEqual({ type: 'end', time: 500, by: 'unload', attempt: 1 });
    expect(lane?.past).toBe(true);
  });
});

describe('facts that come late', () => {
  test('move marks and states to when they were, also of attempts that were long over', () => {
    const one = sourceOf(`${TEXT.replace('fail @5000', 'dispatch 4 @60000 · reestablish @61000 · connect @62000')}`);
    const look = () => timeline([one], { from: 0, to: 90_000 }, 1)[0];
    const connects = () => look()?.marks.flatMap((mark) => (mark.type === 'connect' ? [mark.time] : []));
    expect(connects()).toEqual([100, 4000, 62_000]);
    const [first, second, third] = one.attempts;
    if (!first || !second || !third) throw new Error('no attempts');
    const request = { key: '1', url: one.url, redirects: [], method: 'GET', started: 3900, requestHeaders: [] };
    first.settled = true;
    second.settled = true;
    second.request = request;
    third.request = { ...request, started: 61_500 };
    expect(connects()).toEqual([100, 3900, 61_500]);
    expect(look()?.spans.map(({ began }) => began)).toEqual(
      [0, 200, 1000, 3900, 4000, 61_000, 61_500, 62_000].slice(0, 7),
    );
  });
});

describe('density', () => {
  test('counts events per column; the last column has those at the end of the range', () => {
    expect([...laneOf(TEXT, { from: 250, to: 4500 }, 2).density]).toEqual([2, 1]);
    expect([...laneOf(TEXT, { from: 250, to: 300 }, 5).density]).toEqual([1, 0, 0, 0, 1]);
  });

  test('of a million events looks at each of them once, however often it is asked', () => {
    const source = sourceOf('construct / · connect · announce · dispatch 1');
    const [event] = source.events;
    if (event === undefined) throw new Error('no event');
    const events = Array.from({ length: 1_000_000 }, (_, index) => ({ ...event, seq: 4 + index, time: 4 + index }));
    let looks = 0;
    const counted = new Proxy(events, {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks++;
        return Reflect.get(target, key, receiver);
      },
    });
    for (const from of [0, 100_000, 200_000]) {
      const [lane] = timeline([{ ...source, events: counted }], { from, to: 1_000_004 }, 500);
      expect(lane?.density.reduce((sum, count) => sum + count, 0)).toBe(1_000_004 - Math.max(4, from));
    }
    // And at the first one, to see whether the past has gone.
    expect(looks).toBeLessThanOrEqual(1_000_000 + 3);
  });

  test('follows events that come, and that are forgotten', () => {
    const { events, ...source } = sourceOf('construct / @0 · connect · announce · dispatch 1 @300 · dispatch 2 @400');
    const count = () => {
      const [lane] = timeline([{ ...source, events }], { from: 0, to: 1000 }, 2, { level: 'types', least: 0 });
      return [
        lane?.first,
        ...(lane?.density ?? []),
        ...(lane?.rows ?? []).map(({ type, density }) => [type, ...density]),
      ];
    };
    expect(count()).toEqual([0, 2, 0]);
    const [first, second] = events;
    if (!first || !second) throw new Error('no events');
    events.push({ ...second, time: 600, type: 'tick' }, { ...second, time: 700 });
    expect(count()).toEqual([0, 2, 2, ['message', 2, 1], ['tick', 0, 1]]);
    events.splice(0, 1);
    expect(count()).toEqual([0, 1, 2, ['message', 1, 1], ['tick', 0, 1]]);
    events.splice(0, 3);
    expect(count()).toEqual([0, 0, 0]);
    events.push({ ...second, time: 800 });
    expect(count()).toEqual([0, 0, 1]);
  });
});

describe('grid', () => {
  test('covers the range by whole steps that do not move with it', () => {
    expect(grid({ from: 105, to: 395 }, 100)).toEqual({ range: { from: 100, to: 400 }, columns: 3 });
    expect(grid({ from: 195, to: 485 }, 100)).toEqual({ range: { from: 100, to: 500 }, columns: 4 });
  });
});

describe('summary and extent', () => {
  test('of an empty log', () => {
    expect(summary(logOf())).toEqual({
      sources: 0,
      open: 0,
      events: 0,
      dropped: 0,
      trimmed: 0,
      unrecorded: 0,
      malformed: 0,
    });
    expect(extent(logOf())).toBeUndefined();
  });

  test('of a log', () => {
    const log = logOf('drop 2 · @50 construct / · connect · announce · dispatch 1 · #2 construct / · +900 close');
    expect(summary(log)).toEqual({
      sources: 2,
      open: 1,
      events: 1,
      dropped: 2,
      trimmed: 0,
      unrecorded: 0,
      malformed: 0,
    });
    expect(extent(log)).toEqual({ from: 50, to: 1350 });
  });
});
