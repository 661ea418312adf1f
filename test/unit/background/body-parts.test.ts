import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { bodyParts } from '../../../src/background/body-parts.ts';
import { MAX_DATA, type StreamRecord } from '../../../src/protocol/record.ts';

vi.setConfig({ testTimeout: 60_000 });

const utf8 = (text: string) => new TextEncoder().encode(text);

function read(chunks: Uint8Array<ArrayBuffer>[], { lastEventId = '', withMessages = true } = {}): StreamRecord[] {
  const parts: StreamRecord[] = [];
  const take = bodyParts({ origin: 'https://app.test', lastEventId, withMessages }, (part) => parts.push(part));
  for (const chunk of chunks) take(chunk);
  return parts;
}

/** As a table shows them: `message 7: data`, `:comment`, `retry=10`, `id=7`. */
function said(parts: StreamRecord[]): string[] {
  const signs = { comment: ':', retry: 'retry=', id: 'id=' };
  return parts.map((part) =>
    part.type === 'dispatch' ? `${part.event} ${part.lastEventId}: ${part.data}` : signs[part.type] + part.value,
  );
}

describe('what the bytes of a stream say', () => {
  // [spec] 9.2.6, and its own examples; where Firefox differs, what its EventSource does (measured with 153).
  test.each([
    ['an event', 'data: a\n\n', ['message : a']],
    ['several lines of data', 'data: YHOO\ndata: +2\ndata: 10\n\n', ['message : YHOO\n+2\n10']],
    ['line ends of all kinds', 'data: a\r\n\r\ndata: b\r\rdata: c\n\n', ['message : a', 'message : b', 'message : c']],
    ['data without a space, and without a colon', 'data:a\n\ndata\n\n', ['message : a', 'message : ']],
    ['a type that lasts for one event', 'event: tick\ndata: 1\n\ndata: 2\n\n', ['tick : 1', 'message : 2']],
    ['an id that lasts', 'id: 7\ndata: a\n\ndata: b\n\n', ['message 7: a', 'message 7: b']],
    ['an empty id, which resets it', 'id: 7\ndata: a\n\nid\ndata: b\n\n', ['message 7: a', 'message : b']],
    ['[firefox] an id without data, which does not last', 'id: 7\n\ndata: a\n\n', ['id=7', 'message : a']],
    ['comments', ': one\n:two\ndata: a\n: three\n\n', [':one', ':two', ':three', 'message : a']],
    ['a reconnection time', 'retry: 100\nretry: x\nretry:\n\n', ['retry=100', 'retry=']],
    ['fields that nobody knows', 'datum: a\nDATA: b\n\ndata: c\n\n', ['message : c']],
    ['a byte order mark, once', '\ufeffdata: a\n\n\ufeffdata: b\n\ndata: c\n\n', ['message : a', 'message : c']],
    ['an unfinished block, which is discarded', 'data: a\n\ndata: b\n', ['message : a']],
    ['characters of any length', 'data: ä€😀\n\n', ['message : ä€😀']],
  ])('%s', (_, text, expected) => expect(said(read([utf8(text)]))).toEqual(expected));

  test('goes on with the id that the request carried', () => {
    const parts = read([utf8('data: a\n\nid: 9\ndata: b\n\n')], { lastEventId: '8' });
    expect(said(parts)).toEqual(['message 8: a', 'message 9: b']);
  });

  test('is told without the messages that the page tells, which count for the id', () => {
    const parts = read([utf8(': c\nid: 1\ndata: a\n\nevent: tick\ndata: b\n\n')], { withMessages: false });
    expect(said(parts)).toEqual([':c', 'tick 1: b']);
  });

  test('is cut where it is long, with its true size', () => {
    const long = 'x'.repeat(MAX_DATA + 5);
    const parts = read([utf8(`:${long}\nid: ${long}\ndata: ${long}\n\n`)]);
    const cut = 'x'.repeat(MAX_DATA);
    expect(parts).toEqual([
      { type: 'comment', value: cut, size: long.length },
      {
        type: 'dispatch',
        event: 'message',
        data: cut,
        size: long.length,
        lastEventId: cut,
        origin: 'https://app.test',
        heard: false,
      },
    ]);
  });

  const line = fc.oneof(
    fc.constantFrom(
      '',
      'data: ä',
      'data',
      'id: 1',
      'id',
      'event: tick',
      'retry: 5',
      ': c',
      'data: 😀',
      '\ufeffdata: x',
    ),
    fc.string({ unit: fc.constantFrom('d', 'a', 't', ':', ' ', '\ufeff', '\0', '€') }),
  );
  const stream = fc
    .array(fc.tuple(line, fc.constantFrom('\n', '\r', '\r\n', '\n\n', '\r\n\r\n')))
    .map((lines) => utf8(lines.flat().join('')));

  test('is the same however the bytes are cut into chunks', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(200)), (bytes, cuts) => {
        const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
        const chunks = places.slice(1).map((end, index) => bytes.slice(places[index], end));
        expect(read(chunks)).toEqual(read([bytes]));
        expect(read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(read([bytes]));
      }),
      { numRuns: 1000 },
    );
  });
});
