import { describe, expect, test } from 'vitest';
import { Log } from '../../../src/model/log.ts';
import { HOME, logWith, networkStory, owners, strangers } from '../../support/network-story.ts';
import { type Story, story } from '../../support/story.ts';

const LATER = 1_000_000;
const OPEN = 'construct /e @0 · connect @0 · announce @100';
const ANSWERED = 'request /e @1 · response @98';

/** The document that the tab comes to from that of OPEN, with nothing in it; it is somewhere else. */
const next = (): Story => story('', { id: 'B', started: 5000 });
function navigate(log: Log, url = 'https://next.test/'): void {
  const document = { ...next().document, url };
  log.hello(document, document.started, 'home of B');
}

/** What is told after all that `log` knows, so that all of it is sure. */
function network(log: Log, text: string): void {
  log.network(networkStory(text), 0);
  log.claimed(LATER);
}

describe('what only the network knows', () => {
  test('is shown once nobody can claim it any more', () => {
    const log = logWith('', 'request /w @1000 · response @1100', 999);
    expect(strangers(log)).toEqual([]);
    log.claimed(1000);
    expect(strangers(log)).toEqual(['/w open 1']);
  });

  test('is nothing that a page claims in time, nor what it claims later', () => {
    for (const claimed of [0, LATER]) {
      const { document, entries } = story(OPEN);
      const log = new Log();
      log.hello(document, 0, HOME);
      log.network(networkStory(ANSWERED), 0);
      log.claimed(claimed);
      expect(strangers(log)).toEqual(claimed === 0 ? [] : ['/e open 1']);
      log.append('A', entries);
      expect(owners(log)).toBe('1.1=1');
    }
  });

  test('of which the beginning was not told is ignored', () => {
    const log = logWith('', '&7 response @10 · end @20 · redirect 307 /x @30');
    // (The last one tells of no request either.)
    expect(log.sources).toEqual([]);
    log.network([{ type: 'redirect', request: '8', time: 40, status: 307, to: '/x' }], 0);
    expect(log.sources).toEqual([]);
  });

  test('is counted where it was lost', () => {
    const log = logWith('', '');
    log.network([], 3);
    expect(log.dropped).toBe(3);
  });
});

describe('a worker that serves several tabs', () => {
  test('is shown only in those that show its origin', () => {
    const at = (from: string) => strangers(logWith('', `request /w worker from=${from} @100`));
    expect(at('https://app.test')).toEqual(['/w connecting 1']);
    expect(at('https://other.test')).toEqual([]);
  });

  test('stays while the tab shows its origin and it is still at it', () => {
    const text = 'request /w worker @100 · end @200 · request /v worker @100 · end @6000 · request /u worker @100';
    const log = logWith('', text);
    expect(strangers(log)).toHaveLength(3);
    navigate(log, 'https://app.test/next');
    log.claimed(LATER);
    expect(strangers(log)).toEqual(['/v waiting 1', '/u connecting 1']);
    const gone = logWith('', text);
    navigate(gone);
    gone.claimed(LATER);
    expect(strangers(gone)).toEqual([]);
  });

  test('stays where the log is preserved and the tab goes on', () => {
    const log = logWith('', 'request /w worker @100 · end @200');
    log.preserve = true;
    navigate(log);
    network(log, '&8 request /v worker @6000');
    expect(strangers(log)).toEqual(['/w waiting 1']);
  });
});

describe('facts that are told twice', () => {
  const TOLD = 'request /e @1 · redirect 307 /to @20 · response @98 · end RST @998';

  test('change nothing, of an attempt', () => {
    const page = `${OPEN} · reestablish @1000`;
    // A background that starts again may tell what it told before within seconds, and not later.
    const log = logWith(page, TOLD, 1100);
    log.network(networkStory(TOLD), 0);
    expect(log.sources).toEqual(logWith(page, TOLD, 1100).sources);
    expect(log.sources[0]?.attempts[0]?.request?.redirects).toHaveLength(1);
  });

  test('change nothing, of a stranger', () => {
    const log = logWith('', TOLD);
    network(log, TOLD);
    expect(strangers(log)).toEqual(['/e waiting 1']);
  });
});

describe('after clear', () => {
  test('what is over is gone, and does not come back', () => {
    const page = `${OPEN} · close @500 · #2 construct /f @0 · connect @0 · fail @600`;
    const text = `${ANSWERED} · end ABORT @501 · request /f @1 · response 503 @590 · end @591 · request /w @1 · end @9`;
    // Also while their attempts are not settled.
    const log = logWith(page, text, 900);
    expect(log.sources).toHaveLength(3);
    log.clear();
    expect(log.sources).toEqual([]);
    log.claimed(LATER);
    network(log, '&9 request /w @2000');
    expect(strangers(log)).toEqual(['/w connecting 1']);
  });

  test('what lives goes on, and what it did is gone', () => {
    const again = 'reestablish @1000 · connect @4100 · announce @4100';
    const text = `${ANSWERED} · end @998 · request /e @4000 · response @4098 · request /w @1 · response @5`;
    const log = logWith(`${OPEN} · ${again}`, text, 5000);
    log.clear();
    log.claimed(LATER);
    expect(owners(log)).toBe('-=3 1.2=2');
  });

  test('a reconnect that nobody saw, of a source that was closed, does not come back', () => {
    const log = logWith(`${OPEN} · reestablish @1000 · close @5000`, `${ANSWERED} · end @998 · request /e @4000`);
    expect(owners(log)).toBe('1.1=1 1.2=2');
    log.clear();
    log.claimed(LATER);
    expect(log.sources).toEqual([]);
  });

  test('a page may still claim what it had no time to', () => {
    const { document, entries } = story(`${OPEN} · reestablish @1000`);
    const log = new Log();
    log.hello(document, 0, HOME);
    log.network(networkStory(`${ANSWERED} · end @998 · request /w @300 · end @400`), 0);
    log.clear();
    log.append('A', entries);
    log.claimed(LATER);
    expect(owners(log)).toBe('1.1=1');
  });
});

describe('after the tab came to another document', () => {
  const PAGE = `${OPEN} · bye @4900`;
  const TEXT = `${ANSWERED} · end ABORT @4901 · request /w @100 · end ABORT @4901 · request /w frame=2 @150 · end @4901
    request /w worker @160 · end @4800`;

  test('it is all gone where the log is not preserved, also what is told late', () => {
    const log = logWith(PAGE, TEXT);
    expect(log.sources).toHaveLength(4);
    navigate(log);
    log.claimed(LATER);
    expect(log.sources).toEqual([]);
    network(log, '&7 request /late @4890 · end ABORT @4902 · &8 request /late frame=2 @4891 · end @4902');
    expect(log.sources).toEqual([]);
  });

  test('it stays where the log is preserved', () => {
    const log = logWith(PAGE, TEXT);
    log.preserve = true;
    navigate(log);
    log.claimed(LATER);
    expect(strangers(log)).toHaveLength(3);
    expect(owners(log)).toContain('1.1=1');
  });

  test('what the new document does in a frame of that number is shown', () => {
    const log = logWith(PAGE, TEXT);
    navigate(log);
    network(log, '&9 request /w frame=2 @6000');
    expect(strangers(log)).toEqual(['/w connecting 1']);
  });
});

describe('while nothing is recorded', () => {
  test('nothing new is shown; what lives then is shown when recording begins again', () => {
    const log = logWith('', 'request /w @10 · response @20');
    expect(strangers(log)).toEqual(['/w open 1']);
    log.record(false, 100);
    network(log, '&2 request /v @110 · response @120 · &3 request /u @130 · end ABORT @140 · &1 end RST @150');
    expect(strangers(log)).toEqual(['/w waiting 1']);
    log.record(true, 200);
    expect(strangers(log)).toEqual(['/w waiting 1', '/v open 1']);
    network(log, '&4 request /t @210');
    expect(strangers(log)).toEqual(['/w waiting 1', '/v open 1', '/t connecting 1']);
  });
});

describe('a witness', () => {
  const NAME = 'c'.repeat(32);
  const REQUEST = `request /e marker=${NAME} @1000 · response @1010`;

  test('is no stream of the page: its page says which request it makes, before it makes it', () => {
    const log = logWith(`${OPEN} · witness ask request=${NAME} @990`, `${ANSWERED} · ${REQUEST}`);
    expect(owners(log)).toBe('1.1=1');
    network(log, '&2 end RST @2000');
    log.claimed(LATER * 2);
    expect(owners(log)).toBe('1.1=1');
  });

  test('stays one where it is redirected', () => {
    const log = logWith(`${OPEN} · witness ask request=${NAME} @990`, ANSWERED);
    network(log, `&2 request /e marker=${NAME} @1000 · redirect 307 /elsewhere @1005 · response @1010`);
    expect(owners(log)).toBe('1.1=1');
  });

  test('is known as one also when what it asked for is told late', () => {
    const { document, entries } = story(`${OPEN} · witness ask request=${NAME} @990`);
    const log = new Log();
    log.hello(document, 0, HOME);
    log.append('A', entries.slice(0, 3));
    network(log, `${ANSWERED} · ${REQUEST}`);
    expect(owners(log)).toBe('-=2 1.1=1');
    log.append('A', entries.slice(3));
    expect(owners(log)).toBe('1.1=1');
  });

  test('is only what its own document owns up to, once: no other request hides behind its name', () => {
    const page = `${OPEN} · witness ask request=${NAME} @990`;
    const others = `request /e marker=${NAME} @1100 · response @1110 · request /f marker=${NAME} in=other @900 · response @950`;
    const log = logWith(page, `${ANSWERED} · ${REQUEST} · ${others}`);
    expect(owners(log)).toBe('-=3 -=4 1.1=1');
  });

  test('without a word of its page is nobody’s: whatever its fragment says', () => {
    for (const fragment of [NAME, 'sse-lifeline-witness']) {
      const log = logWith(OPEN, `${ANSWERED} · request /e marker=${fragment} @1000 · response @1010`);
      expect(owners(log)).toBe('-=2 1.1=1');
    }
  });
});
