import { describe, expect, test } from 'vitest';
import { stateOf } from '../../../src/model/source-state.ts';
import { timeline } from '../../../src/model/timeline.ts';
import { logWith, owners } from '../../support/network-story.ts';

const joined = (page: string, network: string) => owners(logWith(page, network));
const OPEN = 'construct /e @0 · connect @0 · announce @100';

describe('one source', () => {
  test('gets the requests of its attempts, in their order', () => {
    const page = `${OPEN} · reestablish @1000 · connect @4100 · announce @4100 · fail @5000`;
    const network = `request /e @1 · response @98 · end @998 · request /e @4000 · response @4098 · end RST @4998`;
    expect(joined(page, network)).toBe('1.1=1 1.2=2');
  });

  test('asks again where it was redirected [chrome], or where it was made for [firefox]', () => {
    const page = `${OPEN} · reestablish @1000 · connect @4100 · announce @4100`;
    const network = (again: string) =>
      `request /e @1 · redirect 307 /to @20 · response @98 · end @998 · request ${again} @4000 · response @4098`;
    expect(joined(page, network('/to'))).toBe('1.1=1 1.2=2');
    expect(joined(page, network('/e'))).toBe('1.1=1 1.2=2');
    expect(joined(page, network('/other'))).toBe('-=2 1.1=1 1.2');
  });

  test('has a fragment that no request has', () => {
    expect(joined('construct /e#part @0 · connect @0', 'request /e @1')).toBe('1.1=1');
  });

  test('is not given what began before it, or what came after its answer', () => {
    expect(joined('construct /e @1000 · connect @1000', 'request /e @900')).toBe('-=1 1.1');
    expect(joined('construct /e @0 · connect @0 · announce @50', 'request /e @200 · response @210')).toBe('-=1 1.1');
  });

  test('is not given an answer that it cannot have announced', () => {
    expect(joined(OPEN, 'request /e @1 · response 503 @98 · end @99')).toBe('-=1 1.1');
    expect(joined(OPEN, 'request /e @1 · response 200 @300')).toBe('-=1 1.1');
    expect(joined(OPEN, 'request /e @1 · end REFUSED @98')).toBe('-=1 1.1');
    // Nothing more can be told of that time.
    expect(joined(OPEN, 'request /e @1')).toBe('-=1 1.1');
  });

  test('whose attempt had no request goes on with the next one', () => {
    const page = `construct /e @0 · connect @0 · reestablish @100 · connect @300 · reestablish @300`;
    expect(joined(page, 'request /e @101 · end REFUSED @298')).toBe('1.1 1.2=1');
  });
});

describe('a reconnect that the page does not see', () => {
  const WAITS = `${OPEN} · reestablish @1000`;
  const FIRST = 'request /e @1 · response @98 · end @998';

  test('is there as soon as the network sees it', () => {
    const log = logWith(WAITS, `${FIRST} · request /e @4000`);
    expect(owners(log)).toBe('1.1=1 1.2=2');
    expect(log.sources.map(stateOf)).toEqual(['connecting']);
  });

  test('ends with the source if that is closed before there was an answer', () => {
    const log = logWith(`${WAITS} · close @5000`, `${FIRST} · request /e @4000 · end ABORT @5010`);
    expect(owners(log)).toBe('1.1=1 1.2=2');
    expect(log.sources.map(stateOf)).toEqual(['closed']);
    const [lane] = timeline(log.sources, { from: 0, to: 9000 }, 1);
    expect(lane?.spans.map(({ state, from, to }) => `${state} ${from}–${to}`)).toEqual([
      'connecting 0–100',
      'open 100–1000',
      'waiting 1000–4000',
      'connecting 4000–5000',
      'closed 5000–9000',
    ]);
    expect(lane?.marks.at(-1)).toEqual({ type: 'end', time: 5000, by: 'close', attempt: 2 });
  });

  test('ends with its document as well', () => {
    const log = logWith(`${WAITS} · bye @5000`, `${FIRST} · request /e @4000 · end ABORT @5010`);
    expect(owners(log)).toBe('1.1=1 1.2=2');
  });

  test('is none where the source was closed before, or after we dropped it', () => {
    expect(joined(`${WAITS} · close @2000`, `${FIRST} · request /e @4000`)).toBe('-=2 1.1=1');
    expect(joined(`${OPEN} · reestablish forced @1000`, `${FIRST} · request /e @4000`)).toBe('-=2 1.1=1');
  });
});

describe('two sources with one URL', () => {
  test('one of which the page closed at once, before it asked for anything', () => {
    const page = 'construct /e @0 · connect @0 · close @1 · #2 construct /e @2 · connect @2 · announce @60';
    expect(joined(page, 'request /e @3 · response @58')).toBe('1.1 2.1=1');
    expect(joined(page, 'request /e @1 · end ABORT @2 · request /e @3 · response @58')).toBe('1.1=1 2.1=2');
  });

  test('which are answered within the tolerance of the clocks, in the other order', () => {
    const page = `construct /e @0 · connect @0 · #2 construct /e @10 · connect @10
      #2 announce @100 · #1 announce @120`;
    const network = `&1 request /e @1 · &2 request /e @11 · &2 response @98 · &1 response @118`;
    expect(joined(page, network)).toBe('1.1=1 2.1=2');
  });

  test('which wait at once, and expect ids of their own', () => {
    const one = (n: number, id: string) =>
      `#${n} construct /e @0 · connect @0 · announce @100 · dispatch ${id} @200 · reestablish @1000`;
    const was = (n: number) => `&${n} request /e @${n} · &${n} response @98 · &${n} end @998`;
    const network = `${was(1)} · ${was(2)} · &3 request /e id=b @4000 · &4 request /e id=a @4010`;
    expect(joined(`${one(1, 'a')} · ${one(2, 'b')}`, network)).toBe('1.1=1 1.2=4 2.1=2 2.2=3');
  });

  test('one of which breaks while the other goes on', () => {
    const page = `construct /e @0 · connect @0 · announce @100 · #2 construct /e @0 · connect @0 · announce @100
      #1 reestablish @1000`;
    const network = (broken: number) =>
      `&1 request /e @1 · &2 request /e @1 · &1 response @98 · &2 response @98 · &${broken} end @998`;
    expect(joined(page, network(1))).toBe('1.1=1 2.1=2');
    expect(joined(page, network(2))).toBe('1.1=2 2.1=1');
  });

  test('one of which the page just made, and the other one may come again', () => {
    const page = `${OPEN} · reestablish @1000 · #2 construct /e @4000 · connect @4000`;
    expect(joined(page, 'request /e @1 · response @98 · end @998 · request /e @4001')).toBe('1.1=1 2.1=2');
  });

  test('an app that reads the same stream by itself: the times tell', () => {
    const network = 'request /e @1000 · response @1001 · end @1500 · request /e @4000 · response @4098';
    const page = `${OPEN} · reestablish @900 · connect @4100 · announce @4100`;
    expect(joined(page, `request /e @1 · response @98 · end @898 · ${network}`)).toBe('-=2 1.1=1 1.2=3');
  });
});

describe('a managed connection', () => {
  const MARKER = 'a'.repeat(32);
  const OTHER = 'b'.repeat(32);

  test('names its request, whatever else speaks against it', () => {
    const page = `construct /e @0 · connect managed request=${MARKER} @0 · announce @100
      #2 construct /e @0 · connect managed request=${OTHER} @0 · announce @100`;
    const network = `&1 request /e marker=${OTHER} @1 · &2 request /x marker=${MARKER} @2 · &1 response @98`;
    expect(joined(page, network)).toBe('1.1=2 2.1=1');
  });

  test("cannot always mark it: then it is its own only if it is nobody else's", () => {
    const page = `construct /e @0 · connect managed request=${MARKER} @0 · announce @100`;
    const network = 'request /e @10 · response @98';
    expect(joined(page, network)).toBe('1.1=1');
    expect(joined(`${page} · #2 construct /e @0 · connect native @0 · announce @100`, network)).toBe('1.1 2.1=1');
  });

  test('that named one is not a native one', () => {
    expect(joined(OPEN, `request /e marker=${MARKER} @1 · response @98`)).toBe('-=1 1.1');
  });

  test('looks like one whose page gave its URL such a fragment, and the times and the answer tell', () => {
    const page = `construct /e#${MARKER} @0 · connect @0 · announce @100`;
    const network = `request /e marker=${MARKER} @1 · response @98`;
    expect(joined(page, network)).toBe('1.1=1');
    expect(joined(page, `request /e marker=${OTHER} @1 · response @98`)).toBe('-=1 1.1');
    const lost = `${page} · reestablish @1000 · connect @4100 · announce @4100`;
    const again = `request /e marker=${MARKER} @4001 · response @4098`;
    expect(joined(lost, `${network} · end @998 · ${again}`)).toBe('1.1=1 1.2=2');
  });

  test('may be that of an attempt of which the word is lost', () => {
    const page = 'construct /e @0 · drop 1 · announce @100';
    expect(joined(page, `request /e marker=${MARKER} @1 · response @98`)).toBe('1.1=1');
  });
});
