import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PartBatch } from '../../../src/background/part-batch.ts';
import type { StreamRecord } from '../../../src/protocol/record.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const comment = (value: string): StreamRecord => ({ type: 'comment', value, size: value.length });

function batch() {
  const sent: { values: string[]; time: number; lost: number }[] = [];
  const one = new PartBatch((parts, time, lost) =>
    sent.push({ values: parts.map((part) => (part.type === 'dispatch' ? part.data : part.value)), time, lost }),
  );
  const chunk = (...values: string[]) => {
    for (const value of values) one.add(comment(value), Date.now());
    one.turn();
  };
  return { one, sent, chunk };
}

test('what a chunk brings is sent at once, and what follows within moments together, with the time of its first', () => {
  const { sent, chunk } = batch();
  chunk('a', 'b');
  vi.advanceTimersByTime(5);
  chunk('c');
  vi.advanceTimersByTime(5);
  chunk('d');
  expect(sent).toEqual([{ values: ['a', 'b'], time: 1000, lost: 0 }]);
  vi.advanceTimersByTime(100);
  expect(sent.slice(1)).toEqual([{ values: ['c', 'd'], time: 1005, lost: 0 }]);
  chunk('e');
  expect(sent.at(-1)).toEqual({ values: ['e'], time: 1110, lost: 0 });
});

test('nothing is sent of a chunk that brings nothing', () => {
  const { sent, chunk } = batch();
  chunk();
  vi.advanceTimersByTime(100);
  expect(sent).toEqual([]);
});

test('what waits is sent when the stream is over', () => {
  const { one, sent, chunk } = batch();
  chunk('a');
  chunk('b');
  one.flush();
  vi.advanceTimersByTime(100);
  expect(sent.map(({ values }) => values)).toEqual([['a'], ['b']]);
});

test('parts that are too many, or too long together, are counted', () => {
  const { sent, chunk } = batch();
  chunk(...Array.from({ length: 23_000 }, String));
  expect([sent[0]?.values.length, sent[0]?.lost]).toEqual([20_000, 3000]);
  chunk(...Array.from({ length: 40 }, () => 'x'.repeat(64 * 1024)));
  vi.advanceTimersByTime(100);
  expect([sent[1]?.values.length, sent[1]?.lost]).toEqual([16, 24]);
});

test('parts that cannot be read are counted too', () => {
  const { one, sent } = batch();
  one.lose();
  one.turn();
  expect(sent).toEqual([{ values: [], time: 1000, lost: 1 }]);
});
