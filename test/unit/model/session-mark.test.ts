import { expect, test } from 'vitest';
import { type SessionMark, sessionMarks, withMark, withoutPause } from '../../../src/model/session-mark.ts';

const navigation = (time: number): SessionMark => ({ type: 'navigation', time, url: '/', entered: 'navigate' });
const times = (marks: readonly SessionMark[]) => marks.map(({ time }) => time);

test('marks stay in order of time although a clock was set back', () => {
  expect(times([50, 90, 30].reduce((marks, time) => withMark(marks, navigation(time)), [] as SessionMark[]))).toEqual([
    50, 90, 90,
  ]);
});

test('a pause is to be seen wherever it lasts; a navigation at its moment', () => {
  const paused: SessionMark[] = [navigation(10), { type: 'pause', time: 20 }];
  const seen = (marks: SessionMark[], from: number, to: number) => times(sessionMarks(marks, { from, to }, 100));
  expect(seen(paused, 0, 15)).toEqual([10]);
  expect(seen(paused, 60, 80)).toEqual([20]);
  // It lasts until now, and no longer.
  expect(seen(paused, 101, 200)).toEqual([]);
  expect(seen(withoutPause(paused, 50), 60, 80)).toEqual([]);
  expect(seen(withoutPause(paused, 50), 40, 80)).toEqual([20]);
});
