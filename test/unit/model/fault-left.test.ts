import { expect, test } from 'vitest';
import { faultLeft, sourcesOfLiving } from '../../../src/model/fault-left.ts';
import { logOf, story } from '../../support/story.ts';

const left = (text: string, of: { orders: number[]; times?: number } = { orders: [1], times: 3 }) =>
  faultLeft(of, sourcesOfLiving(logOf(text)));
const A = 'construct https://app.test/a · connect · announce';
const other = (url: string) => `#2 construct ${url} · connect · announce`;

test('nothing is said as long as nothing is gone, and of what lasts until it is removed', () => {
  expect(left(A)).toBeUndefined();
  expect(left(`${A} · fault begin refuse`)).toBeUndefined();
  expect(left(`${A} · fault begin drop · fault act drop count=7`, { orders: [1] })).toBeUndefined();
});

test('of times, what the page has told last, also when something of it was lost on the way', () => {
  expect(left(`${A} · fault begin refuse · fault left refuse used=1`)).toEqual({ type: 'times', least: 2, most: 2 });
  expect(left(`${A} · drop 3 · fault left refuse used=2`)).toEqual({ type: 'times', least: 1, most: 1 });
  // More than was asked for, which only a page would say.
  expect(left(`${A} · fault left refuse used=9`)).toEqual({ type: 'times', least: 0, most: 0 });
});

test('each stream has its own; those of an app that reconnects by hand are one', () => {
  const begun = `${A} · fault begin refuse · fault left refuse used=2`;
  const same = other('https://app.test/a?again#x');
  expect(left(`${begun} · fault end refuse · close · ${same} · fault begin refuse`)).toMatchObject({
    least: 1,
    most: 1,
  });
  const next = other('https://app.test/b');
  expect(left(`${begun} · ${next} · fault begin refuse`)).toMatchObject({ least: 1, most: 3 });
});

test('of several sources at once, each order has its own, also on one stream', () => {
  const both = `${A} · ${other('https://app.test/a?2')}`;
  const begun = `${both} · #1 fault begin refuse · #2 fault begin refuse order=2`;
  expect(left(`${begun} · fault left refuse order=2 used=2`, { orders: [1, 2], times: 3 })).toEqual({
    type: 'times',
    least: 1,
    most: 3,
  });
});

test('of a time, when it is over; of several documents, the last', () => {
  expect(left(`${A} · fault begin outage · fault left outage until=9000`)).toEqual({ type: 'until', until: 9000 });
  const frame = story(`${A} · fault begin outage · fault left outage until=9500`, { id: 'F', top: false });
  const log = logOf(story(`${A} · fault begin outage · fault left outage until=9000`), frame);
  expect(faultLeft({ orders: [1] }, sourcesOfLiving(log))).toEqual({ type: 'until', until: 9500 });
  expect(left(`${A} · fault begin outage · fault left outage until=9000 · fault end outage`)).toBeUndefined();
});

test('not what another order, or a document that has gone, had', () => {
  expect(left(`${A} · fault begin refuse order=2 · fault left refuse order=2 used=2`)).toBeUndefined();
  expect(left(`${A} · fault begin refuse · fault left refuse used=2 · bye`)).toBeUndefined();
});
