import { expect, test } from 'vitest';
import { laneFaults } from '../../../src/model/lane-faults.ts';
import { sourceOf } from '../../support/story.ts';

const OPEN = 'construct / @0 · connect managed @1 · announce @2';
const ALL = { from: 0, to: 100_000 };
const rails = (text: string, range = ALL, least = 0) =>
  laneFaults(sourceOf(`${OPEN} · ${text}`), range, { level: 'dense', least });

test('a fault is in force from its beginning to its end, and has changed what it said', () => {
  expect(
    rails('fault begin delay @1000 · fault act delay count=3 @1500 · fault act delay count=2 · fault end delay @4000'),
  ).toEqual([{ faults: ['delay'], began: 1000, ended: 4000, count: 1, acted: 5 }]);
  expect(rails('fault begin silence @1000')).toEqual([{ faults: ['silence'], began: 1000, count: 1, acted: 0 }]);
});

test('what is in force at the same time is one rail, with all names, until the last of them is over', () => {
  const both = 'fault begin delay order=1 @1000 · fault begin drop order=2 @2000 · fault end delay order=1 @3000';
  expect(rails(`${both} · fault end drop order=2 @5000`)).toEqual([
    { faults: ['delay', 'drop'], began: 1000, ended: 5000, count: 2, acted: 0 },
  ]);
  expect(rails(both)).toEqual([{ faults: ['delay', 'drop'], began: 1000, count: 2, acted: 0 }]);
});

test('what is too near to be told apart is one rail, and what is not are two', () => {
  const two =
    'fault begin hang order=1 @1000 · fault end hang order=1 @2000 · fault begin hang order=2 @2100 · fault end hang order=2 @3000';
  expect(rails(two).map(({ began, ended }) => [began, ended])).toEqual([
    [1000, 2000],
    [2100, 3000],
  ]);
  expect(rails(two, ALL, 100)).toEqual([{ faults: ['hang'], began: 1000, ended: 3000, count: 2, acted: 0 }]);
});

test('nothing is in force on a source that has ended, whoever did not say so', () => {
  expect(rails('fault begin delay @1000 · close @3000')).toMatchObject([{ began: 1000, ended: 3000 }]);
  expect(rails('fault begin delay @1000 · bye @3000')).toMatchObject([{ began: 1000, ended: 3000 }]);
});

test('what is not in sight is not told', () => {
  const told = 'fault begin delay order=1 @1000 · fault end delay order=1 @2000 · fault begin drop order=2 @8000';
  expect(rails(told, { from: 2500, to: 7000 })).toEqual([]);
  expect(rails(told, { from: 1500, to: 1600 })).toMatchObject([{ faults: ['delay'] }]);
  expect(rails(told, { from: 9000, to: 9100 })).toMatchObject([{ faults: ['drop'] }]);
});

test('an injected event is no sign of a connection, and is marked', () => {
  const source = sourceOf(`${OPEN} · reestablish network @1000 · dispatch 7 injected @1500`);
  expect(source.state).toBe('waiting');
  expect(source.events).toMatchObject([{ lastEventId: '7', injected: true }]);
});
