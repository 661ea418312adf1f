import { expect, test } from 'vitest';
import { createSession } from '../../../src/devtools/session.ts';
import { fillLog } from '../../support/full-log.ts';

test('a log that is filled has all events, loses none of them, and tells who listens once', () => {
  const session = createSession({
    open: () => undefined,
    manageNew: async () => false,
    resetRequest: async () => false,
    reloadPage: () => {},
  });
  const { log } = session;
  let told = 0;
  session.subscribe(() => told++);
  const filled = fillLog(session, {
    sources: 20,
    events: 500,
    took: 600_000,
    drops: 3,
    restarted: true,
    gaveUpEvery: 5,
  });
  expect(told).toBe(1);
  expect(log.sources.length).toBe(20);
  expect([log.events, filled.events]).toEqual([10_000, 10_000]);
  expect([log.dropped, log.trimmed, log.malformed]).toEqual([0, 0, 0]);
  expect(log.sources.map(({ state }) => state).filter((state) => state === 'closed').length).toBe(4);
  expect(
    log.sources.every(({ events }) => events.every(({ lastEventId }, index) => lastEventId === `${index + 1}`)),
  ).toBe(true);
  expect(log.sources.reduce((sum, { attempts }) => sum + attempts.length, 0)).toBe(filled.attempts);
  const characters = log.sources.flatMap(({ events }) => events.map((one) => one.data.length + one.lastEventId.length));
  expect(characters.reduce((sum, one) => sum + one, 0)).toBe(filled.payload);
});
