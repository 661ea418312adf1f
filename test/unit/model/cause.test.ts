import { describe, expect, test } from 'vitest';
import type { Attempt } from '../../../src/model/attempt.ts';
import { explain, fromNetwork } from '../../../src/model/cause.ts';
import { requestOf } from '../../support/network-story.ts';
import { logOf, sourceOf } from '../../support/story.ts';

const SAME = 'request https://app.test/events';
const OTHER = 'request https://api.test/events';

/** The code, and what it is about, in one text. */
const why = (text: string, announced: boolean): string => {
  const { code, detail } = fromNetwork(requestOf(text), announced);
  return detail === undefined ? code : `${code}: ${detail}`;
};

describe('by the word that the browser has for it', () => {
  // Measured: what Chromium 156 and Firefox 153 tell extensions of each; the others by the names in their sources.
  test.each([
    ['net::ERR_CONNECTION_RESET', 'reset'],
    ['net::ERR_INCOMPLETE_CHUNKED_ENCODING', 'cut'],
    ['net::ERR_CONTENT_LENGTH_MISMATCH', 'cut'],
    ['net::ERR_EMPTY_RESPONSE', 'empty'],
    ['net::ERR_CONNECTION_REFUSED', 'refused'],
    ['net::ERR_NAME_NOT_RESOLVED', 'dns'],
    ['net::ERR_CONNECTION_TIMED_OUT', 'timeout'],
    ['net::ERR_TIMED_OUT', 'timeout'],
    ['net::ERR_INTERNET_DISCONNECTED', 'offline'],
    ['net::ERR_NETWORK_CHANGED', 'network-changed'],
    ['net::ERR_CERT_AUTHORITY_INVALID', 'certificate'],
    ['net::ERR_TOO_MANY_REDIRECTS', 'redirects'],
    ['net::ERR_BLOCKED_BY_CLIENT', 'blocked-by-extension'],
    ['net::ERR_BLOCKED_BY_RESPONSE', 'blocked'],
    ['net::ERR_UNSAFE_PORT', 'blocked'],
    ['net::ERR_ABORTED', 'stopped'],
    ['NS_ERROR_NET_RESET', 'reset'],
    ['NS_ERROR_NET_PARTIAL_TRANSFER', 'cut'],
    ['NS_ERROR_NET_EMPTY_RESPONSE', 'empty'],
    ['NS_ERROR_CONNECTION_REFUSED', 'refused'],
    ['NS_ERROR_UNKNOWN_HOST', 'dns'],
    ['NS_ERROR_NET_TIMEOUT', 'timeout'],
    ['NS_ERROR_OFFLINE', 'offline'],
    ['NS_ERROR_REDIRECT_LOOP', 'redirects'],
    ['NS_ERROR_ABORT', 'stopped'],
    ['NS_BINDING_ABORTED', 'stopped'],
    ['net::ERR_HTTP2_PROTOCOL_ERROR', 'network: net::ERR_HTTP2_PROTOCOL_ERROR'],
  ])('%s: %s', (word, expected) => {
    expect(why(`${SAME} · end ${word}`, false)).toBe(expected);
    // A stream that was open breaks for the same reasons.
    expect(why(`${SAME} · response 200 · end ${word}`, true)).toBe(expected);
  });

  test('[chrome] net::ERR_FAILED is a lost network before there is an answer, and a reader that gave up after it', () => {
    expect(why(`${SAME} · end net::ERR_FAILED`, false)).toBe('network: net::ERR_FAILED');
    expect(why(`${SAME} · response 200 · end net::ERR_FAILED`, true)).toBe('stopped');
  });

  test('none is a clean end; nothing at all is not known yet', () => {
    expect(why(`${SAME} · response 200 · end`, true)).toBe('end');
    expect(why(`${SAME} · response 200`, true)).toBe('unknown');
    expect(why(SAME, false)).toBe('unknown');
  });
});

describe('by the answer', () => {
  // [spec] "if res's status is not 200, or if res's `Content-Type` is not `text/event-stream`, then fail the connection."
  // The words are those with which each browser ends such a request.
  test.each([
    ['204', 'response 204 · end', 'no-content'],
    ['500', 'response 500 · end', 'status: 500'],
    ['503', 'response 503 · end', 'status: 503'],
    ['201', 'response 201 · end ABORT', 'status: 201'],
    ['401 with a type of its own', 'response 401 type=text/html · end', 'status: 401'],
    ['a wrong type [chrome]', 'response 200 type=text/html · end FAILED', 'content-type: text/html'],
    ['a wrong type [firefox]', 'response 200 type=text/html · end NS_ERROR_ABORT', 'content-type: text/html'],
    ['no type', 'response 200 type=- · end FAILED', 'content-type: '],
    [
      'a type that only begins like it',
      'response 200 type=text/event-streams · end FAILED',
      'content-type: text/event-streams',
    ],
    [
      'a charset [chrome]',
      'response 200 type=text/event-stream;_charset=iso-8859-1 · end FAILED',
      'charset: iso-8859-1',
    ],
    ['a quoted charset', 'response 200 type=text/event-stream;charset="latin1" · end FAILED', 'charset: latin1'],
    ['the right charset', 'response 200 type=text/event-stream;charset=UTF-8 · end RST', 'reset'],
    ['the right type in capitals', 'response 200 type=Text/Event-Stream · end', 'end'],
    ['another parameter', 'response 200 type=text/event-stream;_v=1 · end', 'end'],
  ])('%s', (_, rest, expected) => {
    expect(why(`${SAME} · ${rest}`, false)).toBe(expected);
  });

  test('which it was accepted by does not explain how it ended later', () => {
    // [firefox] opens it.
    expect(why(`${SAME} · response 200 type=text/event-stream;charset=iso-8859-1 · end NS_ERROR_NET_RESET`, true)).toBe(
      'reset',
    );
  });

  test('a circle of redirects: its last answer is one more of them', () => {
    expect(why(`${SAME} · redirect 307 /b · response 307 type=- · end net::ERR_TOO_MANY_REDIRECTS`, false)).toBe(
      'redirects',
    );
  });
});

describe('an attempt', () => {
  const attempt = (text: string, network?: string): Attempt => {
    const [first] = sourceOf(text).attempts;
    if (!first) throw new Error(`No attempt in: ${text}`);
    return network === undefined ? first : { ...first, request: requestOf(network) };
  };
  const MANAGED = 'construct / · connect managed';
  const NATIVE = 'construct / · connect';
  const OPEN = `${SAME} · response 200`;

  test.each<[string, Attempt, { code: string; detail?: string; fault?: string } | undefined]>([
    // What the page was answered by us; its server's own answer is not what it saw.
    [
      'answered by us',
      attempt(`${MANAGED} · fail forced status=503 fault=respond`, `${OPEN} · end ABORT`),
      { code: 'status', detail: '503', fault: 'respond' },
    ],
    [
      '204 by us',
      attempt(`${MANAGED} · fail forced status=204 fault=respond`),
      { code: 'no-content', fault: 'respond' },
    ],
    [
      'refused by us',
      attempt(`${MANAGED} · reestablish forced network fault=refuse`),
      { code: 'fault', fault: 'refuse' },
    ],
    [
      'in an outage',
      attempt(`${MANAGED} · reestablish forced network fault=outage`),
      { code: 'fault', fault: 'outage' },
    ],
    [
      'cut by us',
      attempt(`${MANAGED} · announce 200 · reestablish forced network fault=cut`, `${OPEN} · end ABORT`),
      { code: 'fault', fault: 'cut' },
    ],
    ['reset, said so', attempt(`${MANAGED} · announce 200 · reestablish forced fault=reset`), { code: 'forced' }],
    ['closed while a fault is in force', attempt(`${MANAGED} · fault begin delay · close`), { code: 'close' }],
    ['that lasts', attempt(`${NATIVE} · announce`, OPEN), undefined],
    ['that nobody told of', attempt(`${NATIVE} · reestablish`), { code: 'unknown' }],
    ['of which the watched network saw nothing', { ...attempt(`${NATIVE} · fail`), unseen: true }, { code: 'unseen' }],
    ['that the page closed', attempt(`${NATIVE} · close`, `${SAME} · end ABORT`), { code: 'close' }],
    ['that we broke', attempt(`${NATIVE} · announce · reestablish forced`, `${OPEN} · end ABORT`), { code: 'forced' }],
    ['that was lost', attempt(`${NATIVE} · announce · reestablish`, `${OPEN} · end RST`), { code: 'reset' }],
    [
      'that was not there',
      attempt(`${NATIVE} · fail`, `${SAME} · response 404 · end`),
      { code: 'status', detail: '404' },
    ],
    // A managed connection knows its answer.
    ['managed: clean end', attempt(`${MANAGED} · announce 200 · reestablish end`, `${OPEN} · end`), { code: 'end' }],
    ['managed: status', attempt(`${MANAGED} · fail status=503`), { code: 'status', detail: '503' }],
    ['managed: 204', attempt(`${MANAGED} · fail status=204`), { code: 'no-content' }],
    [
      'managed: type',
      attempt(`${MANAGED} · fail content-type=text/html`),
      { code: 'content-type', detail: 'text/html' },
    ],
    // Of a lost network, the browser knows more; where it said nothing, the page's word is all there is.
    [
      'managed: network, and how',
      attempt(`${MANAGED} · reestablish network`, `${SAME} · end REFUSED`),
      { code: 'refused' },
    ],
    ['managed: network', attempt(`${MANAGED} · reestablish network`), { code: 'network', detail: '' }],
    [
      'managed: network, its end untold',
      attempt(`${MANAGED} · announce · reestablish network`, OPEN),
      { code: 'network', detail: '' },
    ],
    ['managed: CORS', managed({ type: 'cors' }), { code: 'cors', detail: '' }],
    [
      'managed: CORS, and how',
      managed({ type: 'cors' }, `${OTHER} · response 200 · end FAILED`),
      { code: 'cors', detail: 'Access-Control-Allow-Origin' },
    ],
    [
      'managed: CORS before there was an answer',
      managed({ type: 'cors' }, `${OTHER} · end FAILED`),
      { code: 'cors', detail: '' },
    ],
    ['managed: policy', managed({ type: 'blocked' }), { code: 'blocked' }],
    ['managed: Stop', managed({ type: 'stopped' }, `${OPEN} · end ABORT`), { code: 'stopped' }],
  ])('%s', (_, given, expected) => {
    expect(explain(given)).toEqual(expected);
  });

  function managed(cause: { type: 'cors' | 'blocked' | 'stopped' }, network?: string): Attempt {
    const one = attempt(`${MANAGED} · fail`, network);
    return { ...one, ended: { time: 900, by: 'fail', forced: false, cause } };
  }

  test('of a document that goes away fails natively, within moments of it: nothing gave up then', () => {
    const last = (text: string) => logOf(text).sources[0]?.attempts[0];
    const explained = (text: string) => explain(last(text) as Attempt)?.code;
    expect(explained(`${NATIVE} · announce · fail @900 · bye @901`)).toBe('unload');
    expect(explained(`${NATIVE} · announce · bye @900`)).toBe('unload');
    expect(explained(`${NATIVE} · announce · fail @500 · bye @901`)).toBe('unknown');
    expect(explained(`${NATIVE} · announce · fail status=503 @900 · bye @901`)).toBe('status');
  });
});
