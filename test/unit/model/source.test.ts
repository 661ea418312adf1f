import { describe, expect, test } from 'vitest';
import { logOf, sourceOf } from '../../support/story.ts';

const states = (text: string) => sourceOf(text).changes.map(({ state, attempt }) => `${state} ${attempt}`);
const ends = (text: string) => sourceOf(text).attempts.map(({ number, ended }) => `${number} ${ended?.by ?? 'lasts'}`);

describe('a life as the standard has it', () => {
  const source = sourceOf(
    `construct /events credentials · connect · announce · dispatch 7 tick · dispatch - · reestablish
     +3000 connect · +0 announce · dispatch 8 · close`,
  );

  test('goes through the states', () => {
    expect(source).toMatchObject({ url: '/events', withCredentials: true, constructed: 0, state: 'closed' });
    expect(source.incomplete).toBeUndefined();
    expect(source.changes).toEqual([
      { time: 0, state: 'connecting', attempt: 1 },
      { time: 200, state: 'open', attempt: 1 },
      { time: 500, state: 'waiting', attempt: 1 },
      { time: 3500, state: 'connecting', attempt: 2 },
      { time: 3500, state: 'open', attempt: 2 },
      { time: 3700, state: 'closed', attempt: 2 },
    ]);
  });

  test('its attempts say who made them, when, and how they ended', () => {
    expect(source.attempts).toEqual([
      {
        number: 1,
        carried: 'native',
        initiator: 'page',
        lastEventId: '',
        time: 100,
        started: 100,
        announced: 200,
        events: 2,
        size: 18,
        ended: { time: 500, by: 'reestablish', forced: false },
      },
      {
        number: 2,
        carried: 'native',
        initiator: 'browser',
        lastEventId: '7',
        time: 3500,
        wait: 3000,
        announced: 3500,
        events: 1,
        size: 9,
        ended: { time: 3700, by: 'close', forced: false },
      },
    ]);
    expect(source.ended).toEqual({ time: 3700, by: 'close', forced: false });
  });

  test('its events carry the last event ID on', () => {
    expect(source.events.map(({ attempt, type, lastEventId }) => [attempt, type, lastEventId])).toEqual([
      [1, 'tick', '7'],
      [1, 'message', '7'],
      [2, 'message', '8'],
    ]);
    expect(source.lastEventId).toBe('8');
  });
});

describe('who made an attempt', () => {
  test('after a forced reset, and from then on: we did', () => {
    const source = sourceOf(
      `construct / · connect · announce · reestablish forced · +3000 connect managed id=5 · announce 200
       reestablish end · connect`,
    );
    expect(source.attempts.map((attempt) => attempt.initiator)).toEqual(['page', 'lifeline', 'lifeline']);
    expect(source.attempts[0]?.ended).toEqual({ time: 300, by: 'reestablish', forced: true });
    expect(source.attempts[1]).toMatchObject({ started: 3300, wait: 3000, status: 200, lastEventId: '5' });
    expect(source.carried).toBe('managed');
  });

  test('a first attempt that is managed is still asked for by the page', () => {
    expect(sourceOf('construct / · connect managed').attempts[0]?.initiator).toBe('page');
  });
});

describe('the last event ID', () => {
  test('is what the page dropped to, when a reset says so', () => {
    expect(sourceOf('construct / · connect · announce · dispatch 9 · reestablish forced id=3').lastEventId).toBe('3');
  });

  test('changes by an id without data, and back to none', () => {
    expect(sourceOf('construct / · connect managed · announce · dispatch 9 · id 12').lastEventId).toBe('12');
    expect(sourceOf('construct / · connect managed · announce · dispatch 9 · id').lastEventId).toBe('');
  });
});

describe('what a stream says without an event', () => {
  test('is kept in its order, with the attempt that brought it', () => {
    const { lines, events } = sourceOf(
      'construct /events · connect managed · announce · comment beat · dispatch 1 · retry 5000 · reestablish · connect · announce · id 9',
    );
    expect(lines).toEqual([
      { seq: 4, time: 300, attempt: 1, type: 'comment', value: 'beat', size: 4 },
      { seq: 6, time: 500, attempt: 1, type: 'retry', value: '5000', size: 4 },
      { seq: 10, time: 900, attempt: 2, type: 'id', value: '9', size: 1 },
    ]);
    expect(events).toHaveLength(1);
  });
});

describe('what the ring dropped', () => {
  test.each([
    ['connect 4', 'connecting 4', '4 lasts'],
    ['announce', 'open 1', '1 lasts'],
    ['dispatch 8', 'open 1', '1 lasts'],
    ['comment hi', 'open 1', '1 lasts'],
    ['reestablish', 'waiting 1', '1 reestablish'],
    ['fail', 'closed 1', '1 fail'],
  ])('a source that begins with "%s" is made from what is known', (text, state, attempt) => {
    const source = sourceOf(`drop 6 · @500 ${text}`);
    expect(source).toMatchObject({ incomplete: true, url: 'https://app.test/', constructed: 500 });
    expect(states(`drop 6 · ${text}`)).toEqual([state]);
    expect(ends(`drop 6 · ${text}`)).toEqual([attempt]);
  });

  test('a source of which only its end is known', () => {
    const source = sourceOf('drop 6 · close');
    expect(source).toMatchObject({ state: 'closed', attempts: [], ended: { by: 'close' } });
  });

  test('an attempt whose beginning is missing is marked, and does not hide the error that ended it', () => {
    const source = sourceOf(
      'construct / · connect · announce · reestablish · drop 2 · reestablish network · connect 3',
    );
    expect(source.attempts.map(({ number, incomplete, ended }) => [number, incomplete, ended?.by])).toEqual([
      [1, undefined, 'reestablish'],
      [2, true, 'reestablish'],
      [3, undefined, undefined],
    ]);
  });

  test('an attempt whose end is missing has none', () => {
    expect(ends('construct / · connect · announce · drop 1 · connect 2')).toEqual(['1 lasts', '2 lasts']);
  });

  test('an event without an announcement shows that the source is open', () => {
    expect(states('construct / · connect · dispatch 1')).toEqual(['connecting 1', 'open 1']);
    expect(sourceOf('construct / · connect · dispatch 1').attempts[0]?.announced).toBeUndefined();
  });
});

describe('what no browser does', () => {
  test('closed is final', () => {
    const text = 'construct / · connect · announce · close';
    const more = 'connect 2 · announce · dispatch 1 · reestablish · fail · close · comment x · id 3 · construct /other';
    expect(sourceOf(`${text} · ${more}`)).toEqual(sourceOf(text));
    expect(logOf(`${text} · ${more}`).events).toBe(0);
  });

  test('attempts never go backwards or repeat', () => {
    expect(ends('construct / · connect 3 · announce · connect 3 · connect 2 · connect -1 · connect 4')).toEqual([
      '3 lasts',
      '4 lasts',
    ]);
  });

  test('a second construct changes nothing', () => {
    expect(sourceOf('construct /a · connect · construct /b')).toMatchObject({ url: '/a', state: 'connecting' });
  });

  test('a second announcement changes nothing', () => {
    const source = sourceOf('construct / · connect · announce 200 · announce 500');
    expect(source.attempts[0]).toMatchObject({ announced: 200, status: 200 });
    expect(source.changes).toHaveLength(2);
  });

  test('time never runs backwards', () => {
    const source = sourceOf(
      'construct / @50 · connect @40 · announce @900 · dispatch 1 @300 · dispatch 2 @1000 · close @0',
    );
    expect(source.changes.map((change) => change.time)).toEqual([50, 900, 1000]);
    expect(source.events.map((event) => event.time)).toEqual([900, 1000]);
  });
});
