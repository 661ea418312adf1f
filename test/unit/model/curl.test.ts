import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attempt } from '../../../src/model/attempt.ts';
import { curl } from '../../../src/model/curl.ts';
import { eventJson } from '../../../src/model/event-json.ts';
import type { NetworkRequest } from '../../../src/model/network-request.ts';
import { sourceOf } from '../../support/story.ts';

const attempt = (fields: Partial<Attempt> = {}): Attempt => ({
  number: 1,
  carried: 'native',
  initiator: 'page',
  lastEventId: '',
  time: 0,
  events: 0,
  size: 0,
  ...fields,
});
const request = (headers: [string, string][], fields: Partial<NetworkRequest> = {}): NetworkRequest => ({
  key: '1',
  url: 'https://app.test/events',
  redirects: [],
  method: 'GET',
  started: 0,
  requestHeaders: headers,
  ...fields,
});

/** What a real shell makes of the command: its words. The shell runs nothing of it but `printf`. */
function words(command: string): string[] {
  const args = command.replace(/^curl/, '');
  const output = execFileSync('sh', ['-c', `printf '%s\\0' ${args}`], { encoding: 'utf8' });
  return output.split('\0').slice(0, -1);
}
const wordsOf = (one: Attempt, url = 'https://app.test/events', hidden: string | undefined = undefined) =>
  words(curl(one, url, hidden)?.command ?? '');

describe('curl', () => {
  test('makes the request that the network saw', () => {
    const made = request([
      ['Host', 'app.test'],
      [':authority', 'app.test'],
      ['Accept', 'text/event-stream'],
      ['Accept-Encoding', 'gzip, br'],
      ['Last-Event-ID', '42'],
      ['X-Empty', ''],
    ]);
    expect(wordsOf(attempt({ request: made }))).toEqual([
      '-N',
      '--url',
      'https://app.test/events',
      '-H',
      'Accept: text/event-stream',
      '-H',
      'Last-Event-ID: 42',
      '-H',
      'X-Empty;',
    ]);
  });

  test('makes the one that is to be assumed, where nobody saw it', () => {
    expect(wordsOf(attempt({ lastEventId: '7' }), 'https://app.test/a?b=[1-9]#marker')).toEqual([
      '-N',
      '-g',
      '--url',
      'https://app.test/a?b=[1-9]',
      '-H',
      'Accept: text/event-stream',
      '-H',
      'Last-Event-ID: 7',
    ]);
  });

  test('goes to where redirects led, as the headers are those of the last hop', () => {
    const made = request([], { method: 'POST', redirects: [{ time: 0, status: 307, to: 'https://b.test/' }] });
    expect(wordsOf(attempt({ request: made }))).toEqual(['-N', '-X', 'POST', '--url', 'https://b.test/']);
  });

  test.each(['file:///etc/passwd', 'data:text/event-stream,x', 'no url', '-o/tmp/x', 'blob:https://app.test/1'])(
    'makes none for %s',
    (url) => expect(curl(attempt(), url, undefined)).toBeUndefined(),
  );

  test('has no secret that was not asked for: in headers, parameters, or before the host', () => {
    const made = request(
      [
        ['Cookie', 'sid=SECRET'],
        ['Authorization', 'Bearer SECRET'],
        ['Accept', '*/*'],
      ],
      { url: 'https://user:SECRET@app.test/events?room=1&access_token=SECRET&token=SECRET' },
    );
    const hidden = curl(attempt({ request: made }), '', 'HIDDEN');
    expect(hidden?.hasSecrets).toBe(true);
    expect(hidden?.command).not.toContain('SECRET');
    expect(words(hidden?.command ?? '')).toContain('Cookie: HIDDEN');
    expect(hidden?.command).toContain('room=1&access_token=HIDDEN');
    const open = wordsOf(attempt({ request: made }));
    expect(open).toContain('Cookie: sid=SECRET');
    expect(open).toContain('https://user:SECRET@app.test/events?room=1&access_token=SECRET&token=SECRET');
    expect(curl(attempt(), 'https://app.test/?room=1', 'HIDDEN')?.hasSecrets).toBe(false);
  });

  const HOSTILE = [
    `'; touch /tmp/x; '`,
    '$(id)',
    '`id`',
    '"$HOME"',
    '\\',
    "\\'",
    '!!',
    '* ? ~ & | > < #',
    '-o/etc/x',
    '@/etc/passwd',
    'ünï 中 🙂',
  ];
  test.each(HOSTILE)('is taken by a shell word for word: %s', (evil) => {
    expect(wordsOf(attempt({ lastEventId: evil })).at(-1)).toBe(`Last-Event-ID: ${evil}`);
    expect(wordsOf(attempt({ request: request([['X-Any', evil]]) })).at(-1)).toBe(`X-Any: ${evil}`);
    const url = `https://app.test/${evil}?q=${evil}`;
    expect(wordsOf(attempt(), url)).toContain(new URL(url).href.replace(/#.*/, ''));
  });

  test('no line of a header begins another one', () => {
    expect(wordsOf(attempt({ lastEventId: 'a\r\nX-Evil: 1\0' })).at(-1)).toBe('Last-Event-ID: aX-Evil: 1');
  });

  test('is words and nothing else, whatever an id or a header says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        // Half a surrogate pair has no place in UTF-8.
        fc.pre(Buffer.from(text).toString() === text);
        const printable = [...text].filter((char) => char > '\u001f' && char !== '\u007f').join('');
        fc.pre(printable !== '');
        expect(wordsOf(attempt({ lastEventId: text })).at(-1)).toBe(`Last-Event-ID: ${printable}`);
      }),
      { numRuns: 50 },
    );
  });
});

describe('an event as JSON', () => {
  test('says type, id, data and time, and how long data were that are cut', () => {
    const [event] = sourceOf('construct / · connect · announce · dispatch 7 tick data=abc size=9 @1500').events;
    expect(event && JSON.parse(eventJson(event))).toEqual({
      type: 'tick',
      id: '7',
      data: 'abc',
      time: '1970-01-01T00:00:01.500Z',
      size: 9,
    });
  });

  test('of a line has its value, and no date beyond all dates', () => {
    const line = { seq: 1, time: 1e300, attempt: 1, type: 'comment', value: 'beat', size: 4 } as const;
    expect(JSON.parse(eventJson(line))).toEqual({ type: 'comment', value: 'beat', time: 1e300 });
  });
});
