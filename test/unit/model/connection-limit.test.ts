import { describe, expect, test } from 'vitest';
import { queued } from '../../../src/model/connection-limit.ts';
import type { NetworkRequest } from '../../../src/model/network-request.ts';

const isQueued = (request: NetworkRequest, others: NetworkRequest[]) =>
  queued([...others.filter((other) => other !== request), request]).includes(request);

let keys = 0;

/** A stream that was asked for at `started`, and (with an `answer`) answered then. */
function stream(
  started: number,
  { url = 'http://a.test/events', answer, version = '1.1', end }: Partial<Answered> = {},
): NetworkRequest {
  const headers: [string, string][] = [['Accept', 'text/event-stream']];
  const request: NetworkRequest = {
    key: `${++keys}`,
    url,
    redirects: [],
    method: 'GET',
    started,
    requestHeaders: headers,
  };
  if (answer !== undefined) {
    request.response = { time: answer, status: 200, statusLine: `HTTP/${version} 200`, headers: [], fromCache: false };
  }
  if (end !== undefined) request.ended = { time: end };
  return request;
}

interface Answered {
  url: string;
  answer: number;
  version: string;
  end: number;
}

const open = (count: number, options: Partial<Answered> = {}) =>
  Array.from({ length: count }, (_, index) => stream(index, { answer: index + 5, ...options }));

describe('a request waits for a connection', () => {
  test('when six streams of its host are open, and not when five are', () => {
    expect(isQueued(stream(100), open(6))).toBe(true);
    expect(isQueued(stream(100), open(5))).toBe(false);
  });

  test('until one of them ends: it began to wait all the same, but one that begins later does not', () => {
    const streams = [...open(5), stream(10, { answer: 15, end: 500 })];
    expect(isQueued(stream(100, { answer: 505 }), streams)).toBe(true);
    expect(isQueued(stream(501), streams)).toBe(false);
  });

  test('not if it is answered at once: the browser had a connection left', () => {
    expect(isQueued(stream(100, { answer: 104 }), open(6))).toBe(false);
  });

  test('of its own host only: a port or a scheme is another one', () => {
    for (const url of ['http://b.test/', 'http://a.test:81/', 'https://a.test/']) {
      expect(isQueued(stream(100, { url }), open(9))).toBe(false);
    }
    expect(isQueued(stream(100, { url: 'http://a.test/other?path' }), open(6))).toBe(true);
  });

  test('where it was redirected to', () => {
    const request = stream(100, { url: 'http://b.test/' });
    request.redirects.push({ time: 101, status: 307, to: 'http://a.test/x' });
    expect(isQueued(request, open(6))).toBe(true);
  });

  test('over HTTP/1.1 only: HTTP/2 shares one connection', () => {
    expect(isQueued(stream(100), open(9, { version: '2' }))).toBe(false);
  });

  test('not for those that came after it, and not for itself', () => {
    const late = stream(100);
    expect(isQueued(late, [...open(5), late, stream(200, { answer: 210 })])).toBe(false);
  });
});
