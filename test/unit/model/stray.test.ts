import { describe, expect, test } from 'vitest';
import { strays } from '../../../src/model/stray.ts';
import { logWith, requestOf, strangers } from '../../support/network-story.ts';
import { story } from '../../support/story.ts';

describe("requests that are nobody's", () => {
  test('are one source where each request begins after the one before it', () => {
    const text = `request /w @100 · response @110 · end @200 · request /w @3200 · end REFUSED @3210
      request /w @6210 · response @6220`;
    expect(strangers(logWith('', text))).toEqual(['/w open 3']);
  });

  test('go on where it was redirected', () => {
    const text = 'request /w @100 · redirect 307 /to @110 · response @120 · end RST @200 · request /to @3200';
    expect(strangers(logWith('', text))).toEqual(['/w connecting 2']);
  });

  test('are several where requests are under way at once, ask for different URLs, or come from different places', () => {
    expect(strangers(logWith('', 'request /w @100 · request /w @200'))).toHaveLength(2);
    expect(strangers(logWith('', '&1 request /w @100 · &2 request /w @200 · &1 end @300'))).toHaveLength(2);
    expect(strangers(logWith('', 'request /w @100 · end @110 · request /v @200'))).toHaveLength(2);
    expect(strangers(logWith('', 'request /w @100 · end @110 · request /w frame=3 @200'))).toHaveLength(2);
    expect(strangers(logWith('', 'request /w @100 · end @110 · request /w worker @200'))).toHaveLength(2);
  });
});

describe('many of them', () => {
  test('cost as much as they are many, also where each asks for a URL of its own', () => {
    const looked = (count: number) => {
      let reads = 0;
      const requests = Array.from({ length: count }, (_, n) => {
        const request = requestOf(`request /w?${n} @${n * 100} · end @${n * 100 + 50}`);
        const { ended } = request;
        return Object.defineProperty(request, 'ended', {
          get() {
            reads++;
            return ended;
          },
        });
      });
      expect(strays(requests, () => story('').document)).toHaveLength(count);
      return reads;
    };
    expect(looked(100)).toBeGreaterThanOrEqual(100);
    expect(looked(1000)).toBeLessThan(looked(100) * 11);
  });
});

describe('the source that they make', () => {
  const the = (text: string) => logWith('', text).sources[0];

  // [spec] After a finished stream and a lost network, an EventSource comes back; after anything else it has failed.
  test.each([
    ['response 200 · end', 'waiting'],
    ['response 200 · end RST', 'waiting'],
    ['response 200 · end CUT', 'waiting'],
    ['end REFUSED', 'waiting'],
    ['response 204 · end', 'closed'],
    ['response 503 · end', 'closed'],
    ['response 200 type=text/html · end FAILED', 'closed'],
  ])('after %s is %s', (text, state) => {
    expect(the(`request /w · ${text}`)?.state).toBe(state);
  });

  test('was closed by whoever had it where the request was given up', () => {
    const by = (text: string) => the(`request /w · ${text}`)?.ended?.by;
    expect(by('response 200 · end ABORT')).toBe('close');
    expect(by('response 503 · end')).toBe('fail');
    expect(by('response 200 · end RST')).toBeUndefined();
  });

  test('is open only if the answer can be read as an event stream', () => {
    const states = (text: string) => the(`request https://api.test/w · ${text}`)?.changes.map(({ state }) => state);
    expect(states('response 200 allow=*')).toEqual(['connecting', 'open']);
    expect(states('response 200')).toEqual(['connecting']);
    expect(states('response 500 allow=*')).toEqual(['connecting']);
    expect(states('response 200 allow=* type=text/plain')).toEqual(['connecting']);
  });

  test('carries what its last request carried, and who made it', () => {
    const text = 'request /w @100 · end @200 · request /w id=7 @3200';
    const source = the(text);
    expect(source).toMatchObject({ kind: 'eventsource', lastEventId: '7', networkOnly: true, state: 'connecting' });
    expect(source?.attempts.map(({ initiator, lastEventId }) => `${initiator} ${lastEventId}`)).toEqual([
      'page ',
      'browser 7',
    ]);
  });

  test('is no EventSource where an app reads the stream by itself: then nothing is known to come after it', () => {
    const accept = 'accept=text/event-stream,application/json';
    expect(the(`request /w ${accept} @100 · response · end RST @200`)).toMatchObject({
      kind: 'fetch',
      state: 'closed',
    });
    const again = the(`request /w ${accept} @100 · response · end RST @200 · request /w ${accept} @300 · response`);
    expect(again).toMatchObject({ state: 'open', attempts: [{ initiator: 'page' }, { initiator: 'page' }] });
  });
});
