import { expect, test } from 'vitest';
import { EMPTY_INJECT, injectOf, withInjected } from '../../../src/model/inject-draft.ts';

const inject = (part: Partial<typeof EMPTY_INJECT>) => injectOf({ ...EMPTY_INJECT, ...part });

test('what is empty is not in the block, but for data: with empty data an event is dispatched, without data none', () => {
  expect(inject({ data: 'a' })).toEqual({ fault: { type: 'inject', data: 'a' } });
  expect(inject({})).toEqual({ fault: { type: 'inject', data: '' } });
  expect(inject({ event: 'tick' })).toEqual({ fault: { type: 'inject', event: 'tick', data: '' } });
  expect(inject({ event: 'tick', id: '7', data: 'a', retry: '100' })).toEqual({
    fault: { type: 'inject', event: 'tick', id: '7', data: 'a', retry: 100 },
  });
  expect(inject({ id: '7', noData: true, data: 'written before' })).toEqual({ fault: { type: 'inject', id: '7' } });
});

test('a type alone, without data, does nothing: there must be something that does', () => {
  expect(inject({ noData: true })).toEqual({ problem: 'none' });
  expect(inject({ noData: true, event: 'tick' })).toEqual({ problem: 'none' });
});

test.each(['-1', '1.5', '1e3', 'soon', '1'.repeat(16)])('%s is no reconnection time', (retry) => {
  expect(inject({ data: 'a', retry })).toEqual({ problem: 'retry' });
});

test('a retry of 0 is one', () =>
  expect(inject({ noData: true, retry: '0' })).toEqual({ fault: { type: 'inject', retry: 0 } }));

test('an id with NULL would be ignored by the parser', () => expect(inject({ id: 'a\0' })).toEqual({ problem: 'id' }));

test('lines of data end as the standard joins them', () => {
  expect(inject({ data: 'a\r\nb\rc' })).toEqual({ fault: { type: 'inject', data: 'a\nb\nc' } });
});

test('the history has the last twenty, the newest first, each once', () => {
  let history: (typeof EMPTY_INJECT)[] = [];
  for (let index = 0; index < 25; index++) history = withInjected(history, { ...EMPTY_INJECT, data: `${index}` });
  expect(history.map(({ data }) => data)).toEqual(Array.from({ length: 20 }, (_, index) => `${24 - index}`));
  history = withInjected(history, { ...EMPTY_INJECT, data: '10' });
  expect([history[0]?.data, history.length]).toEqual(['10', 20]);
  // With data and without, that is not the same event.
  history = withInjected(history.slice(0, 1), { ...EMPTY_INJECT, data: '10', noData: true });
  expect(history.map(({ noData }) => noData)).toEqual([true, false]);
});
