import { here } from '../../support/browser.ts';
import type { Group } from '../case.ts';
import { type Chunk, parsed } from '../play.ts';

const bytes = (text: string): number[] => [...Buffer.from(text)];
const apart = (text: string): Chunk[] => bytes(text).map((byte) => [byte]);
const BOM = '\ufeff';

/** [spec] 9.2.5 "Parsing an event stream": line ends, the byte order mark, UTF-8, and how the bytes arrive. */
export const BYTES: Group = {
  name: 'bytes',
  cases: [
    // end-of-line = ( cr lf / cr / lf )
    parsed('lines end with LF', ['data: a\ndata: b\n\n'], ['message:a\nb']),
    parsed('lines end with CR', ['data: a\rdata: b\r\r'], ['message:a\nb']),
    parsed('lines end with CRLF', ['data: a\r\ndata: b\r\n\r\n'], ['message:a\nb']),
    parsed(
      'lines end in all three ways',
      ['data: a\r\ndata: b\rdata: c\n\r\ndata: d\n\r'],
      ['message:a\nb\nc', 'message:d'],
    ),
    parsed('LF CR is two line ends', ['data: a\n\rdata: b\n\r'], ['message:a', 'message:b']),
    parsed('CR LF LF is a line end and a blank line', ['data: a\r\n\ndata: b\r\n\n'], ['message:a', 'message:b']),
    parsed('CR CR LF is a line end and a blank line', ['data: a\r\r\ndata: b\r\r\n'], ['message:a', 'message:b']),
    parsed('CRLF cut between two chunks is one line end', ['data: a\r', '\ndata: b\r', '\n\r', '\n'], ['message:a\nb']),
    parsed(
      'a CR at the end of a chunk ends the line at once',
      ['data: a\r\r', 'data: b\r\r'],
      ['message:a', 'message:b'],
    ),
    parsed(
      'a lone LF after a chunk that ended in CR belongs to it',
      ['data: a\r\r', '\ndata: b\r\n\r', '\n'],
      ['message:a', 'message:b'],
    ),
    parsed(
      'a CR in one chunk, an LF and a blank line in the next',
      ['data: a\r', '\n\ndata: b\n\n'],
      ['message:a', 'message:b'],
    ),
    parsed(
      'vertical tab, form feed, U+0085, U+2028 and U+2029 end no line',
      ['data: a\u000bb\u000cc\u0085d\u2028e\u2029f\n\n'],
      ['message:a\u000bb\u000cc\u0085d\u2028e\u2029f'],
    ),
    parsed('every byte comes by itself', apart('id: 1\r\nevent: e\r\ndata: ü€🚀\r\n\r\n'), ['e:ü€🚀#1'], ['e']),
    parsed(
      'chunks are cut within field names, values and line ends',
      ['da', 'ta', ':', ' ', 'a', '\n', 'data', ': b\n', '\nid', ': 3\ndata: c\n', '\n'],
      ['message:a\nb', 'message:c#3'],
    ),
    parsed('a comment is cut between chunks', [': comm', 'ent\ndata: a', '\n\n'], ['message:a']),
    parsed(
      'an event is dispatched at its blank line, in whichever chunk',
      ['data: a\n', '\n', 'data: b\n\ndata: c', '\n\n'],
      ['message:a', 'message:b', 'message:c'],
    ),

    // The end.
    parsed('"Any pending data must be discarded": no blank line', ['data: a\n\ndata: b\n'], ['message:a']),
    parsed('"Any pending data must be discarded": no line end', ['data: a\n\ndata: b'], ['message:a']),
    parsed('a CR is a blank line at the very end', ['data: a\n\r'], ['message:a']),
    parsed('a stream of nothing', [], []),
    parsed('a stream of a byte order mark alone', [BOM], []),
    parsed('a stream of comments alone', [':\n\n:\n\n'], []),

    // [spec] "stream = [ bom ] *event"; the UTF-8 decode algorithm strips one.
    parsed('one byte order mark is stripped', [`${BOM}data: a\n\n`], ['message:a']),
    parsed('the second of two is part of the field name', [`${BOM}${BOM}data: a\n\ndata: b\n\n`], ['message:b']),
    parsed(
      'one later in the stream is part of the field name',
      [`data: a\n\n${BOM}data: b\n\ndata: c\n\n`],
      ['message:a', 'message:c'],
    ),
    parsed('one in the value is part of it', [`data: ${BOM}a\n\n`], [`message:${BOM}a`]),
    parsed('one is stripped that is cut between chunks', [[0xef], [0xbb], [0xbf], 'data: a\n\n'], ['message:a']),
    parsed('half of one is no mark', [[0xef, 0xbb], 'data: a\n\ndata: b\n\n'], ['message:b']),
    parsed('one before a comment', [`${BOM}: comment\ndata: a\n\n`], ['message:a']),

    // U+0000
    // [firefox] In a value it is left out, but for right behind the colon; at the begin of a line it is left out as well.
    parsed(
      'NUL in data',
      ['data: a\0b\n\ndata:\0\n\n'],
      here({ chromium: ['message:a\0b', 'message:\0'], firefox: ['message:ab', 'message:\0'] }),
    ),
    parsed(
      'NUL in a field name makes it another name',
      ['da\0ta: a\n\ndata\0: b\n\n\0data: c\n\ndata: d\n\n'],
      here({ chromium: ['message:d'], firefox: ['message:c', 'message:d'] }),
    ),
    parsed('NUL in an event type', ['event: a\0b\ndata: 1\n\n'], here({ chromium: ['a\0b:1'], firefox: ['ab:1'] }), [
      'a\0b',
      'a',
      'ab',
    ]),
    parsed('NUL in a comment', [': \0\ndata: a\n\n'], ['message:a']),
    parsed(
      '"If the field value does not contain U+0000 NULL": the id is ignored',
      ['id: 1\n\nid: 2\0\ndata: a\n\nid:\0\ndata: b\n\n'],
      // [firefox] And with it the next line; but right behind the colon it is an id.
      here({ chromium: ['message:a#1', 'message:b#1'], firefox: ['message:b#\0'] }),
    ),

    // [spec] "Streams must be decoded using the UTF-8 decode algorithm."
    parsed('a byte that is no UTF-8 becomes U+FFFD', ['data: a', [0xff], 'b\n\n'], ['message:a\ufffdb']),
    parsed('a lone continuation byte', ['data: ', [0x80], '\n\n'], ['message:\ufffd']),
    parsed(
      'a sequence that the line end cuts off',
      [[...bytes('data: '), 0xe2, 0x82, ...bytes('\ndata: b\n\n')]],
      ['message:\ufffd\nb'],
    ),
    parsed('an overlong sequence', [[...bytes('data: '), 0xc0, 0xaf, ...bytes('\n\n')]], ['message:\ufffd\ufffd']),
    parsed(
      'a surrogate as three bytes (CESU-8)',
      [[...bytes('data: '), 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, ...bytes('\n\n')]],
      [`message:${'\ufffd'.repeat(6)}`],
    ),
    parsed(
      'beyond U+10FFFF',
      [[...bytes('data: '), 0xf4, 0x90, 0x80, 0x80, ...bytes('\n\n')]],
      [`message:${'\ufffd'.repeat(4)}`],
    ),
    parsed('a character cut between two chunks', ['data: ', [0xe2, 0x82], [0xac], '\n\n'], ['message:€']),
    parsed(
      'a character of four bytes, each in its own chunk',
      ['data: ', [0xf0], [0x9f], [0x9a], [0x80], '\n\n'],
      ['message:🚀'],
    ),
    parsed('a cut character that is never finished', ['data: ', [0xf0, 0x9f], 'a\n\n'], ['message:\ufffda']),
    parsed(
      'a field name in ISO-8859-1 is another name',
      [[...bytes('dat'), 0xe1, ...bytes(': a\n\ndata: b\n\n')]],
      ['message:b'],
    ),
    parsed('the end in the middle of a character', ['data: a\n\ndata: ', [0xe2, 0x82]], ['message:a']),
    parsed(
      'an id and an event type of broken UTF-8',
      ['event: ', [0xff], '\nid: ', [0xfe], '\ndata: 1\n\n'],
      ['\ufffd:1#\ufffd'],
      ['\ufffd'],
    ),
  ],
};
