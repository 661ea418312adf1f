import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { explain } from '../../../src/model/cause.ts';
import { Log } from '../../../src/model/log.ts';
import { attemptsOf, resetOf, stateOf, tappedOf } from '../../../src/model/source-state.ts';
import { Tally } from '../../../src/model/tally.ts';
import { timeline } from '../../../src/model/timeline.ts';
import { HOME, logWith, networkStory } from '../../support/network-story.ts';
import { story } from '../../support/story.ts';

vi.setConfig({ testTimeout: 60_000 });

/** The page saw a lost connection, and the browser's own reconnect; the network knows that it was us. */
const PAGE = `construct /e @0 · connect @1 · announce @30 · dispatch 1 @40
  reestablish @1002 · connect id=1 @1630 · announce @1630 · dispatch 2 @1640`;
const network = (end: string) => `request /e @2 · response @20 · tapped @21 · reset @1000 · ${end}
  request /e id=1 @1610 · response @1625 · tapped @1626`;
const ENDS = ['end @1003', 'end NS_ERROR_ABORT @1003', 'end NS_ERROR_ABORT @1200', 'end @1100'];
const NOW = 2000;

const seen = (log: Log) =>
  log.sources.flatMap((source) =>
    attemptsOf(source).map((attempt) => {
      const { by, forced, inNetwork } = attempt.ended ?? {};
      return [attempt.request?.key, attempt.initiator, by, forced, inNetwork, explain(attempt)?.code].join(' ');
    }),
  );
const EXPECTED = ['1 page reestablish true true forced-in-network', '2 browser    '];

const marksOf = (log: Log) =>
  timeline(log.sources, { from: 0, to: NOW }, 10)
    .flatMap(({ marks }) => marks)
    .map((mark) => (mark.type === 'error' ? `${mark.type} ${mark.forced} ${mark.why.code}` : mark.type));

function countsOf(log: Log, tally = new Tally(log.sources)) {
  tally.count(log.sources, 1000);
  const { failures, forced } = tally.columns({ range: { from: 0, to: NOW }, step: NOW, columns: 1 });
  return { failures: failures[0], forced: forced[0] };
}

describe('a reset in the network', () => {
  test.each(ENDS)('is ours, and the reconnect is the browser’s, where the network says: %s', (end) => {
    const log = logWith(PAGE, network(end), NOW);
    expect(seen(log)).toEqual(EXPECTED);
    expect(marksOf(log)).toEqual(['connect', 'error true forced-in-network', 'connect', 'verdict']);
    expect(countsOf(log)).toEqual({ failures: 0, forced: 1 });
    expect(log.sources[0]?.carried).toBe('native');
  });

  const telling = fc.array(
    fc.record({ page: fc.boolean(), size: fc.integer({ min: 1, max: 4 }), look: fc.boolean() }),
    { maxLength: 30 },
  );
  test('is known in whatever order it is told', () => {
    const { document, entries } = story(PAGE);
    fc.assert(
      fc.property(telling, fc.constantFrom(...ENDS), (order, end) => {
        const facts = networkStory(network(end));
        const log = new Log();
        log.hello(document, 0, HOME);
        const tally = new Tally([]);
        const left = { page: [...entries], network: [...facts] };
        const all = { size: 100, look: true };
        for (const { page, size, look } of [...order, { page: true, ...all }, { page: false, ...all }]) {
          if (page) log.append('A', left.page.splice(0, size));
          else log.network(left.network.splice(0, size), 0);
          if (look) countsOf(log, tally);
        }
        log.claimed(NOW);
        expect(seen(log)).toEqual(EXPECTED);
        expect(countsOf(log, tally)).toEqual({ failures: 0, forced: 1 });
      }),
    );
  });

  test('of which the page has not told yet waits for its word', () => {
    const log = logWith('construct /e @0 · connect @1 · announce @30', network('end @1003'), 1500);
    expect(seen(log)[0]).toBe('1 page    ');
  });

  test('is not what ended a source that its page closed at that moment', () => {
    const log = logWith('construct /e @0 · connect @1 · announce @30 · close @1001', network('end @1003'), NOW);
    expect(seen(log)[0]).toBe('1 page close false  close');
  });

  test('of a worker is ours too, and it comes back', () => {
    const log = logWith('', network('end NS_ERROR_ABORT @1003').replaceAll('request /e', 'request /e worker'), NOW);
    expect(seen(log)).toEqual(['1 page reestablish true true forced-in-network', '2 browser    ']);
    expect(marksOf(log)).toEqual(['connect', 'error true forced-in-network', 'connect', 'verdict']);
    expect(countsOf(log)).toEqual({ failures: 0, forced: 1 });
  });
});

describe('how a source can be reset', () => {
  const OPEN = 'construct /e @0 · connect @1 · announce @30';
  test.each([
    ['one that is tapped', OPEN, 'request /e @2 · response @20 · tapped @21', 'network'],
    ['one that is not tapped', OPEN, 'request /e @2 · response @20', 'managed'],
    ['one that is not tapped any more', OPEN, 'request /e @2 · response @20 · tapped @21 · untapped @50', 'managed'],
    ['one that is being reset', OPEN, 'request /e @2 · response @20 · tapped @21 · reset @50', undefined],
    [
      'one that was reset, and waits',
      `${OPEN} · reestablish @60`,
      'request /e @2 · response @20 · tapped @21 · reset @50 · end @55',
      'managed',
    ],
    ['one whose body is over', OPEN, 'request /e @2 · response @20 · tapped @21 · end @50', 'managed'],
    ['one that is closed', `${OPEN} · close @60`, 'request /e @2 · response @20 · tapped @21', undefined],
    [
      'one that comes back, as only the network knows',
      `${OPEN} · reestablish @60`,
      'request /e @2 · response @20 · end @59 · request /e @600 · response @610 · tapped @611',
      'network',
    ],
    [
      'one that is managed',
      'construct /e @0 · connect managed request=m @1 · announce 200 @30',
      'request /e marker=m @2 · response @20 · tapped @21',
      'managed',
    ],
    ['a worker that is tapped', '', 'request /e worker @2 · response @20 · tapped @21', 'network'],
    ['a worker that is not tapped', '', 'request /e worker @2 · response @20', undefined],
    ['a worker that waits', '', 'request /e worker @2 · response @20 · tapped @21 · end @50', undefined],
  ])('%s', (_, page, facts, kind) => {
    const [source] = logWith(page, facts, NOW).sources;
    expect(source && resetOf(source)).toBe(kind);
    expect(source && tappedOf(source) !== undefined).toBe(kind === 'network');
    if (kind === 'network') expect(source && stateOf(source)).toMatch(/open|connecting/);
  });
});
