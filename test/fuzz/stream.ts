/** Random event streams, at the borders of the grammar and beyond them. */
import fc, { type Arbitrary } from 'fast-check';
import { type ByteString, utf8 } from './bytes.ts';

/** The answer to one attempt to connect: an event stream in these chunks, and how it ends. */
export interface Answer {
  chunks: ByteString[];
  /** `cut`: the connection is closed in the middle of a chunk of HTTP's chunked coding. */
  end: 'clean' | 'cut';
}

/** What one source lives through: one answer after the other, then one that fails the connection. */
export interface Case {
  answers: Answer[];
  last: 'no content' | 'not found' | 'wrong type';
  /** The page calls close() in the handler of this event, counted from 1. */
  closeAt: number | undefined;
}

/** `[weight, arbitrary]`. */
const weighted = <T>(...choices: [number, Arbitrary<T>][]) =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
const one = (...values: string[]) => fc.constantFrom(...values);
const joined = (...parts: Arbitrary<string>[]) => fc.tuple(...parts).map((each) => each.join(''));

const BOM = '\xEF\xBB\xBF';
const lineEnd = weighted([6, fc.constant('\n')], [2, fc.constant('\r\n')], [2, fc.constant('\r')]);

const brokenUtf8 = one(
  // A continuation without a beginning, beginnings without their continuations.
  ...['\x80', '\xC3', '\xE2\x82', '\xF0\x9F\x92', '\xEF\xBB'],
  // Overlong, surrogates, beyond U+10FFFF, bytes that never occur.
  ...['\xC0\xAF', '\xE0\x80\xAF', '\xF0\x80\x80\xAF', '\xC1\xBF'],
  ...[
    '\xED\xA0\x80',
    '\xED\xB0\x80',
    '\xED\xA0\xBD\xED\xB2\xA5',
    '\xF4\x90\x80\x80',
    '\xF5\x80\x80\x80',
    '\xFE',
    '\xFF',
  ],
);
const oddCharacter = one(
  ...['\0', '\x01', '\x7F', '\t', '\v', '\f', '\x1B', ' ', '  ', ':', '"', BOM, BOM + BOM],
  ...['\u0085', '\u00A0', '\u2028', '\u2029', '\uFFFD', '\uFFFE', '☃', '💥', 'e\u0301', '\u200B'].map(utf8),
);
const characters = fc.string({ unit: 'binary', maxLength: 8 }).map(utf8);
const words = fc.string({ maxLength: 12 }).map(utf8);
const snippet = weighted([6, words], [2, characters], [2, oddCharacter], [2, brokenUtf8]);
const text: Arbitrary<ByteString> = weighted(
  [4, words],
  [3, fc.array(snippet, { maxLength: 4 }).map((parts) => parts.join(''))],
  [2, one('', ' ', '0', '1', '42')],
);
/** Longer than what browsers read at once (64 KiB) now and then. */
const long = fc
  .tuple(one('x', ' ', 'ab', utf8('é'), utf8('💥'), '\x80'), fc.integer({ min: 500, max: 40_000 }))
  .map(([unit, times]) => unit.repeat(times));

/** Of fields; `retry` without a value would hold the test up. */
const NAMES = ['data', 'event', 'id'];
const ALMOST = [
  'Data',
  'dat',
  'datas',
  'data ',
  ' data',
  'ID',
  'id\0',
  'idd',
  'event\t',
  'retr',
  `${BOM}data`,
  'data\xFF',
];
const separator = weighted(
  [8, fc.constant(': ')],
  [4, fc.constant(':')],
  [3, one('', ':  ', '::', ' : ', ':\t', ' ', utf8(':\u00A0'), `:${BOM}`)],
);
const eventType = one('message', 'open', 'error', 'tick', '', 'Message', utf8('tïck'), 'a b', 'constructor', 'x\0');

/** Values of `retry:` that are invalid, or a wait that does not hold the test up. */
const quickRetry = one(
  ...['0', '1', '5', '007', '-1', '+1', '1.5', '1e3', '0x10', 'abc', '1 ', '\t1', '1\0', '1,000', '3000ms'],
  ...['١', '３', '１０', '𝟗𝟗𝟗𝟗'].map(utf8),
);
const slowRetry = one(
  '',
  '3000',
  '99999',
  '2147483648',
  '4294967297',
  '99999999999999999999',
  '0'.repeat(30),
  '9'.repeat(400),
);

/** A line without its end. `retry` gives the values of the fields of that name. */
const line = (retry: Arbitrary<string>): Arbitrary<ByteString> =>
  weighted(
    [20, joined(one('data'), separator, weighted([16, text], [1, long]))],
    [6, joined(one('id'), separator, weighted([16, text], [1, long]))],
    [5, joined(one('event'), separator, weighted([4, eventType], [1, text]))],
    [2, joined(one('retry'), one(':', ': '), retry)],
    [2, joined(fc.constant(':'), text)],
    [2, joined(weighted([1, one(...ALMOST)], [1, text]), separator, text)],
    [1, one(...NAMES)],
    [1, text],
    [1, fc.constant('')],
  );

/** Mostly some lines and an empty one. */
const block = (retry: Arbitrary<string>): Arbitrary<ByteString> =>
  joined(
    fc.array(joined(line(retry), lineEnd), { maxLength: 5, size: 'max' }).map((each) => each.join('')),
    weighted([4, lineEnd], [1, fc.constant('')]),
  );

const lines = (retry: Arbitrary<string>): Arbitrary<ByteString> =>
  fc.array(block(retry), { minLength: 2, maxLength: 10, size: 'max' }).map((each) => each.join(''));

/** Anything, then a block that makes the reconnect quick. */
const finished: Arbitrary<ByteString> = joined(
  weighted([6, fc.constant('')], [2, fc.constant(BOM)], [1, one(BOM + BOM, '\xEF\xBB', '\xFE\xFF', '\xEF')]),
  lines(weighted([2, quickRetry], [1, slowRetry])),
  weighted([3, fc.constant('')], [1, text]),
  fc.constant('\n\nretry: 1\n\n'),
);
/** Ends where it ends: in the middle of a block, of a line, of a character. */
const unfinished: Arbitrary<ByteString> = fc
  .tuple(joined(one('', BOM), one('retry: 1\n\n', 'retry:1\r\r'), lines(quickRetry)), fc.nat(20))
  .map(([bytes, off]) => bytes.slice(0, Math.max(16, bytes.length - off)));

const bytes = weighted([1, finished], [1, unfinished]);

/** Where chunks end: nowhere, after each byte, or at any places, with a preference for the middle of CR LF. */
const chunked: Arbitrary<ByteString[]> = fc
  .tuple(
    bytes,
    weighted<number[] | 'each'>(
      [2, fc.constant([])],
      [5, fc.array(fc.nat(), { maxLength: 6 })],
      [1, fc.constant('each')],
    ),
    fc.boolean(),
  )
  .map(([stream, places, atLineEnds]) => {
    if (places === 'each' && stream.length <= 400) return [...stream];
    const cuts = new Set((places === 'each' ? [] : places).map((place) => place % (stream.length + 1)));
    if (atLineEnds) for (const { index } of stream.matchAll(/\r\n/g)) if (cuts.size < 8) cuts.add(index + 1);
    const sorted = [...cuts].sort((a, b) => a - b);
    return [...sorted, stream.length].map((end, index) => stream.slice(sorted[index - 1] ?? 0, end)).filter(Boolean);
  });

const answer: Arbitrary<Answer> = fc.record({
  chunks: chunked,
  end: weighted([4, fc.constant('clean' as const)], [1, fc.constant('cut' as const)]),
});

export const anyCase: Arbitrary<Case> = fc.record({
  answers: weighted([6, fc.tuple<Answer[]>(answer)], [2, fc.tuple<Answer[]>(answer, answer)]),
  last: weighted(
    [6, fc.constant('no content' as const)],
    [1, fc.constantFrom('not found' as const, 'wrong type' as const)],
  ),
  closeAt: weighted([9, fc.constant(undefined)], [1, fc.integer({ min: 1, max: 6 })]),
});
