import { describe, expect, test } from 'vitest';
import { isSecretParameter, withoutSecrets } from '../../../src/model/redact.ts';

/** What is left of `value`, and how many secrets were taken: `headers + parameters`. */
function redacted<T>(value: T): [T, string] {
  const count = { headers: 0, parameters: 0 };
  const result = withoutSecrets(value, count);
  return [result, `${count.headers} + ${count.parameters}`];
}

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N';

test.each([
  'token access_token id_token csrfToken X-Amz-Security-Token api_key apikey apiKey key sessionKey auth Authorization',
  'oauth_verifier signature X-Goog-Signature sig password passwd pwd pass jwt session session_id PHPSESSID jsessionid sid',
  'code client_secret secret credential X-Amz-Credential AWSAccessKeyId ticket otp hmac KEY user[password]',
])('%s are secrets', (names) => {
  expect(names.split(' ').filter((name) => !isSecretParameter(name))).toEqual([]);
});

test('what a stream is about is none', () => {
  const names =
    'room topic lastEventId last-event-id id page author authors keyword monkey sort order user codec zip_codes';
  expect(names.split(' ').filter(isSecretParameter)).toEqual([]);
});

describe('of a URL', () => {
  test.each([
    ['https://a.test/events?room=1&token=abc&from=7', 'https://a.test/events?room=1&token=[redacted]&from=7', 1],
    ['/events?key=a&key=b', '/events?key=[redacted]&key=[redacted]', 2],
    ['/events#access_token=abc&state=1', '/events#access_token=[redacted]&state=1', 1],
    ['/app;jsessionid=1F?x=1', '/app;jsessionid=[redacted]?x=1', 1],
    ["/events?token=a?b;c'd)e&x=1", '/events?token=[redacted]&x=1', 1],
    ['/events?token=a%26b=c&x=1', '/events?token=[redacted]&x=1', 1],
    ['https://me:pw@a.test/events', 'https://[redacted]@a.test/events', 1],
    [`https://a.test/${TOKEN}/events`, 'https://a.test/[redacted]/events', 1],
    [`/events?state=${TOKEN}`, '/events?state=[redacted]', 1],
    [
      '/go?to=https%3A%2F%2Fa.test%2F%3Ftoken%3Dabc%26room%3D1&x=1',
      '/go?to=https%3A%2F%2Fa.test%2F%3Ftoken%3D[redacted]%26room%3D1&x=1',
      1,
    ],
    ['/events?token=', '/events?token=', 0],
    ['/events?room=token&token', '/events?room=token&token', 0],
    ['a@b.test', 'a@b.test', 0],
  ])('%s', (url, left, count) => {
    const [value, counted] = redacted({ url });
    expect(value).toEqual({ url: left });
    expect(counted).toBe(`0 + ${count}`);
    // Nothing is taken, or counted, twice.
    expect(redacted(value)).toEqual([value, '0 + 0']);
  });

  test('what is left can be read as a URL, with the same host and path', () => {
    const [{ url }] = redacted({ url: 'https://me:pw@a.test:8080/events?room=1&token=abc' });
    expect(new URL(url)).toMatchObject({ host: 'a.test:8080', pathname: '/events' });
    expect(new URL(url).searchParams.get('room')).toBe('1');
  });
});

test('headers that are sensitive lose their values, others what is secret in their URLs', () => {
  const headers = [
    ['Cookie', 'session=1'],
    ['authorization', 'Bearer abc'],
    ['Referer', 'https://a.test/?token=abc'],
    ['Location', `https://a.test/${TOKEN}`],
    ['Accept', 'text/event-stream'],
    ['Last-Event-ID', TOKEN],
  ];
  const [value, counted] = redacted({ requestHeaders: headers, response: { headers: [['Set-Cookie', 'a=b']] } });
  expect(value).toEqual({
    requestHeaders: [
      ['Cookie', '[redacted]'],
      ['authorization', '[redacted]'],
      ['Referer', 'https://a.test/?token=[redacted]'],
      ['Location', 'https://a.test/[redacted]'],
      ['Accept', 'text/event-stream'],
      ['Last-Event-ID', TOKEN],
    ],
    response: { headers: [['Set-Cookie', '[redacted]']] },
  });
  expect(counted).toBe('3 + 2');
});

test('URLs are found wherever they stand; ids of events, which are data, stay', () => {
  const stack = '    at open (https://a.test/app.js?key=abc:10:5)\n    at https://a.test/main.js?v=1:2:3';
  const [value, counted] = redacted({ stack, lastEventId: '?token=abc', redirects: [{ to: '/a?sig=b', status: 302 }] });
  expect(value).toEqual({
    stack: '    at open (https://a.test/app.js?key=[redacted]\n    at https://a.test/main.js?v=1:2:3',
    lastEventId: '?token=abc',
    redirects: [{ to: '/a?sig=[redacted]', status: 302 }],
  });
  expect(counted).toBe('0 + 2');
});

test.each(['?token=', '-eyJ', 'eyJ', '://', '%3Fa', '?a=%3Fa%3D', '://a@', 'a-'])(
  'a long URL of nothing but %s takes no time',
  (part) => {
    const url = part.repeat(64 * 1024);
    const start = performance.now();
    redacted({ url });
    // Linear: some milliseconds. Quadratic: minutes.
    expect(performance.now() - start).toBeLessThan(2000);
  },
);
