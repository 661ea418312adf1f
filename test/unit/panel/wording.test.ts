import { beforeAll, describe, expect, test } from 'vitest';
import { explain } from '../../../src/model/cause.ts';
import { laneMarks } from '../../../src/model/lane-marks.ts';
import { laneOrder } from '../../../src/model/lane-order.ts';
import { EXACT } from '../../../src/model/level-of-detail.ts';
import { rate } from '../../../src/model/rate.ts';
import { sourceName } from '../../../src/model/source-name.ts';
import { causeAdvice, causeSentence } from '../../../src/panel/cause-wording.ts';
import { clock, duration, elapsed, rate as rateText, tick, writeIn } from '../../../src/panel/format.ts';
import { textOf } from '../../../src/panel/text.ts';
import { markTitle, outcome, sourceState } from '../../../src/panel/wording.ts';
import { speakAs } from '../../support/locale.ts';
import { logWith } from '../../support/network-story.ts';
import { logOf, sourceOf, story } from '../../support/story.ts';

beforeAll(() => {
  speakAs('en');
  writeIn('en');
});

describe('numbers and times', () => {
  test.each([
    [0, '0 ms'],
    [999.9, '999 ms'],
    [1000, '1.0 s'],
    [125_000, '2:05'],
  ])('duration(%d) is %s', (value, text) => expect(duration(value)).toBe(text));

  test.each([
    [-5, '0:00'],
    [38_900, '0:38'],
    [3_607_000, '1:00:07'],
  ])('elapsed(%d) is %s', (value, text) => expect(elapsed(value)).toBe(text));

  test.each([
    [0, '0/s'],
    [4.66, '4.7/s'],
    [9.97, '10/s'],
    [7500, '7,500/s'],
  ])('rate(%d) is %s', (value, text) => expect(rateText(value)).toBe(text));

  test('a tick is as exact as its step', () => {
    const time = new Date(2020, 0, 1, 10, 42, 19, 412).getTime();
    expect([tick(time, 60_000), tick(time, 500), tick(time, 1), clock(time, 3)]).toEqual([
      '10:42:19',
      '10:42:19.4',
      '10:42:19.412',
      '10:42:19.412',
    ]);
  });

  test('one source is not 1 sources', () => {
    expect([textOf('sources', 1, '1'), textOf('sources', 0, '0')]).toEqual(['1 source', '0 sources']);
  });
});

describe('what a source and its attempts are said to do', () => {
  test.each([
    ['construct / · connect', 'connecting', 'Connecting 0:01'],
    ['construct / · connect · announce', 'open', 'Open 0:01'],
    ['construct / · connect · announce · reestablish', 'reestablish', 'Waiting 0:01'],
    ['construct / · connect · announce · reestablish forced', 'reset', 'Waiting 0:01'],
    ['construct / · connect · fail', 'fail', 'Closed: gave up'],
    ['construct / · connect · fail status=503', 'fail', 'Closed: HTTP 503'],
    ['construct / · connect · announce · close', 'close', 'Ended by the page'],
    ['construct / · connect · announce · bye', 'unload', 'Ended with its page'],
  ])('%s', (text, code, words) => {
    const source = sourceOf(text);
    const [attempt] = source.attempts;
    expect(attempt && outcome(attempt).code).toBe(code);
    expect(sourceState(source, (source.changes.at(-1)?.time ?? 0) + 1000).words).toBe(words);
  });

  test('a native attempt that fails says only what a page can know', () => {
    const words = (text: string) => outcome(sourceOf(text).attempts[0] ?? fail(text)).words;
    expect(words('construct / · connect · reestablish')).toBe('no answer');
    expect(words('construct / · connect · announce · reestablish')).toBe('connection lost');
    expect(words('construct / · connect managed · announce · reestablish end')).toBe('stream ended');
  });

  test('its rate is that of the last seconds', () => {
    const events = Array.from({ length: 50 }, (_, index) => `dispatch ${index} @${10_000 + index * 100}`).join(' · ');
    const source = sourceOf(`construct / · connect @0 · announce @1 · ${events}`);
    expect(rate(source, 15_000)).toBeCloseTo(10, 0);
    expect(rate(source, 30_000)).toBe(0);
  });
});

describe('names', () => {
  test.each([
    ['https://app.test/events', { path: '/events', query: '' }],
    ['https://app.test/events?room=1', { path: '/events', query: '?room=1' }],
    ['https://api.test:8080/events', { path: '/events', query: '', host: 'api.test:8080' }],
    ['not an address', { path: 'not an address', query: '' }],
  ])('%s', (url, name) => {
    const { document } = story('');
    expect(sourceName({ url, document })).toEqual(name);
  });
});

test('what lives is above what went away with an earlier page', () => {
  const log = logOf(
    story('construct /a · connect · construct /b #2 · connect · bye @5000', { id: 'A', started: 0 }),
    story('construct /c · connect · bye @9000', { id: 'B', started: 6000 }),
    story('construct /d · connect · construct /e #2 · connect · close', { id: 'C', started: 10_000 }),
  );
  expect(laneOrder(log.sources).map(({ url }) => url)).toEqual(['/d', '/e', '/c', '/a', '/b']);
});

describe('an attempt that a fault ended says', () => {
  test.each([
    ['reestablish forced network fault=refuse', 'refused (forced)'],
    ['reestablish forced network fault=outage', 'outage (forced)'],
    ['announce 200 · reestablish forced network fault=cut', 'cut (forced)'],
    ['announce 200 · reestablish forced fault=chaos', 'reset (chaos)'],
    ['announce 200 · reestablish forced fault=reset', 'reset by you'],
    ['fail forced status=503 fault=respond', 'Gave up: HTTP 503 (forced)'],
    ['fail forced fault=fail', 'Gave up: failed (forced)'],
  ])('%s: %s', (end, words) => {
    const source = sourceOf(`construct / · connect managed · ${end}`);
    const [attempt] = source.attempts;
    const said = attempt && outcome(attempt);
    expect(said).toMatchObject({ words, icon: 'bolt', tone: 'forced' });
    const [mark] = laneMarks(source, { from: 0, to: 9999 }, EXACT).filter(({ type }) => type === 'error');
    expect(mark && markTitle(mark)).toMatchObject({ icon: 'bolt', tone: 'forced' });
    expect(mark).toMatchObject({ forced: true });
    // What we did needs no mending.
    const why = attempt && explain(attempt);
    expect(why && causeAdvice(why)).toBe('');
  });
});

function fail(text: string): never {
  throw new Error(`No attempt in ${text}`);
}

describe('a reset is said to be', () => {
  const page = 'construct /e @0 · connect @1 · announce @30 · reestablish @1002';
  const facts = 'request /e @2 · response @20 · tapped @21 · reset @1000 · end @1003';
  test.each([
    [
      'managed',
      'construct /e @0 · connect @1 · announce @30 · reestablish forced @1002',
      '',
      'reset by you',
      'managed reset',
    ],
    ['one in the network', page, facts, 'network reset', 'network reset'],
    [
      'none, where the connection was lost',
      page,
      'request /e @2 · response @20 · end RST @1001',
      'connection reset',
      'RST',
    ],
  ])('%s', (_, story, network, words, sentence) => {
    const [source] = logWith(story, network).sources;
    const [attempt] = source?.attempts ?? [];
    expect(attempt && outcome(attempt).words).toBe(words);
    const why = attempt && explain(attempt);
    expect(why && causeSentence(why)).toContain(sentence);
  });
});
