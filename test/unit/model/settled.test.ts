import { describe, expect, test, vi } from 'vitest';
import * as correlation from '../../../src/model/correlate.ts';
import { Log } from '../../../src/model/log.ts';
import { HOME, networkStory, owners, strangers } from '../../support/network-story.ts';
import { hear, story } from '../../support/story.ts';

const LATER = 1_000_000;
const OPEN = 'construct /e @0 · connect @0 · announce @100';
const ANSWERED = 'request /e @1 · response @98';

describe('attempts that are over for long', () => {
  const page = (n: number) =>
    `${n === 1 ? '' : `connect @${n * 20_000} · `}announce @${n * 20_000} · reestablish @${n * 20_000 + 500}`;
  const text = (n: number) =>
    `&${n} request /e @${n * 20_000 - 100} · response @${n * 20_000 - 2} · end @${n * 20_000 + 498}`;

  test('keep their requests while new ones are joined', () => {
    const { document, entries } = story(`construct /e @0 · connect @19800 · ${[1, 2, 3, 4].map(page).join(' · ')}`);
    const log = new Log();
    log.hello(document, 0, HOME);
    for (const n of [1, 2, 3, 4]) {
      log.append('A', entries.slice(0, n * 3 + 1));
      log.network(networkStory(text(n)), 0);
      log.claimed(n * 20_000 + 5000);
      expect(owners(log)).toBe(Array.from({ length: n }, (_, at) => `1.${at + 1}=${at + 1}`).join(' '));
    }
  });

  test('do not leave the next ones to what began before their own requests', () => {
    const again = (n: number) => `connect @${n * 3003} · announce @${n * 3003} · reestablish @${n * 3003 + 1}`;
    const { document, entries } = story(
      `construct /e @0 · connect @0 · announce @2 · dispatch @2 · reestablish @3 · ${[1, 2, 3].map(again).join(' · ')}`,
    );
    // The app reads the stream by itself, and the browser sends an id of which the page does not know.
    const next = (n: number) => `request /e id=7 @${n * 3003 - 1} · response @${n * 3003} · end @${n * 3003 + 1}`;
    const facts = `&1 request /e @0 · &2 request /e @1 · &1 response @1 · &2 response @2 · &2 end @3 · &1 end @54
      ${[1, 2, 3].map(next).join(' · ')}`;
    for (const settles of [false, true]) {
      const log = new Log();
      log.hello(document, 0, HOME);
      log.append('A', entries);
      log.network(networkStory(facts), 0);
      if (settles) {
        log.claimed(10_200);
        log.sources;
      }
      log.claimed(LATER);
      expect(owners(log)).toBe('-=1 1.1=2 1.2=3 1.3=4 1.4=5');
      log.claimed(LATER + 1);
      expect(owners(log)).toBe('-=1 1.1=2 1.2=3 1.3=4 1.4=5');
    }
  });

  test('cost nothing: each attempt of a storm is looked at a few times', () => {
    const ATTEMPTS = 20_000;
    const correlate = vi.spyOn(correlation, 'correlate');
    const { document } = story('');
    const log = new Log();
    log.hello(document, 0, HOME);
    const record = (seq: number, time: number, record: object) => ({ seq, time, source: 1, record }) as never;
    log.append('A', [record(1, 0, { type: 'construct', kind: 'eventsource', url: '/e', withCredentials: false })]);
    // One attempt each 100 ms, which the session hears of in batches of 100.
    for (let batch = 0; batch < ATTEMPTS; batch += 100) {
      const numbers = Array.from({ length: 100 }, (_, at) => batch + at + 1);
      const at = (n: number) => n * 100;
      const connect = { type: 'connect', lastEventId: '', carried: 'native', seen: 'answer' };
      const entries = numbers.flatMap((n) => [
        record(n * 2, at(n) + 50, { ...connect, attempt: n }),
        record(n * 2 + 1, at(n) + 50, { type: 'reestablish', lastEventId: '', forced: false }),
      ]);
      log.append('A', entries);
      log.network(
        networkStory(numbers.map((n) => `&${n} request /e @${at(n)} · end REFUSED @${at(n) + 48}`).join(' · ')),
        0,
      );
      log.claimed(at(batch + 100) + 50);
      log.sources;
    }
    const slots = correlate.mock.calls.flatMap(([courses]) => courses.map((course) => course.slots.length));
    const looked = slots.reduce((sum, count) => sum + count, 0);
    expect(log.sources[0]?.attempts.filter(({ request }) => request)).toHaveLength(ATTEMPTS);
    expect(looked).toBeGreaterThanOrEqual(ATTEMPTS);
    expect(looked).toBeLessThan(ATTEMPTS * 5);
    correlate.mockRestore();
  }, 30_000);

  test('that were forgotten to make room leave no stranger behind', () => {
    const log = new Log({ entries: 40, size: 1e9 });
    const steps = Array.from({ length: 30 }, (_, n) => `connect @${n * 100 + 50} · reestablish @${n * 100 + 50}`);
    const facts = Array.from({ length: 30 }, (_, n) => `request /e @${n * 100} · end REFUSED @${n * 100 + 48}`);
    log.network(networkStory(facts.join(' · ')), 0);
    log.hello(story('').document, 0, HOME);
    hear(log, story(`construct /e @0 · ${steps.join(' · ')}`));
    log.claimed(LATER);
    expect(log.sources[0]?.attempts.length).toBeLessThan(30);
    expect(strangers(log)).toEqual([]);
  });

  test('nor does a reconnect that nobody saw, of a source that was forgotten', () => {
    const log = new Log({ entries: 40, size: 1e9 });
    log.hello(story('').document, 0, HOME);
    const steps = Array.from({ length: 60 }, (_, n) => `dispatch ${n} @${6000 + n}`);
    log.network(networkStory(`${ANSWERED} · end @998 · request /e @4000 · end ABORT @5001`), 0);
    const { entries } = story(
      `${OPEN} · reestablish @1000 · close @5000 · #2 construct /f @5500 · ${steps.join(' · ')}`,
    );
    log.append('A', entries.slice(0, 6));
    expect(owners(log)).toBe('1.1=1 1.2=2');
    log.append('A', entries.slice(6));
    log.claimed(LATER);
    expect(log.sources.map(({ url }) => url)).toEqual(['/f']);
  });
});
