import { expect, test } from 'vitest';
import { isEventSource } from '../../../src/background/event-source-request.ts';
import type { Header } from '../../../src/protocol/network.ts';

/** As Firefox 153 sends them, in its order. */
const request = (accept: string, ...rest: string[]): Header[] =>
  ['Host', 'User-Agent', `Accept: ${accept}`, 'Accept-Language', 'Accept-Encoding', ...rest].map((line) => {
    const [name = '', value = 'some'] = line.split(': ');
    return [name, value];
  });

test.each([
  ['an EventSource', request('text/event-stream', 'Connection', 'Referer'), true],
  ['an EventSource that comes back', request('text/event-stream', 'Last-Event-ID: 7', 'Connection', 'Referer'), true],
  ['an EventSource of a page that sends no Referer', request('text/event-stream', 'Connection'), true],
  ['fetch', request('text/event-stream', 'Referer', 'Connection'), false],
  ['fetch of anything', request('*/*', 'Referer', 'Connection'), false],
  ['fetch of several types', request('application/json, text/event-stream', 'Connection', 'Referer'), false],
  ['XHR', request('*/*', 'Connection', 'Referer'), false],
])('%s', (_, headers, expected) => expect(isEventSource(headers)).toBe(expected));
