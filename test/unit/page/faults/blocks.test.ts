import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BEGINNING, Splitter, tailOf } from '../../../../src/page/faults/blocks.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** What it gives has no prototype, as in a page. */
const split = (splitter: Splitter, bytes: Uint8Array<ArrayBuffer>) => Array.from(splitter.split(bytes));

/** Streams with all three line ends, and everything that is nearly an event. */
const line = fc.constantFrom(
  'data',
  'data:',
  'data: ☃',
  'data:x',
  'dat',
  'datax',
  ' data: x',
  'id: 1',
  ':',
  'retry: 9',
  '',
);
const stream = fc
  .tuple(fc.constantFrom('', '\uFEFF'), fc.array(fc.tuple(line, fc.constantFrom('\n', '\r', '\r\n'))))
  .map(([mark, lines]) => mark + lines.flat().join(''));

/** What a parser of the standard dispatches. */
function dispatched(text: string): string[] {
  const data: string[] = [];
  const parser = createParser({ onEvent: (event) => data.push(event.data) });
  parser.feed(text);
  // It keeps a CR at the very end for itself, as a LF may follow.
  if (text.endsWith('\r')) parser.feed(':');
  return data;
}

test('splits where blocks end, and says which are events, as a parser of the standard has it', () => {
  fc.assert(
    fc.property(stream, (text) => {
      const pieces = split(new Splitter(BEGINNING), bytesOf(text));
      expect(pieces.map(({ bytes }) => textOf(bytes)).join('')).toBe(text);
      expect(pieces.filter(({ ends }) => ends === 'event')).toHaveLength(dispatched(text).length);
      // Each block alone is what it says.
      for (const { bytes, ends } of pieces) {
        expect(dispatched(textOf(bytes).replace(/^\n/, ''))).toHaveLength(ends === 'event' ? 1 : 0);
      }
      for (const { ends } of pieces.slice(0, -1)) expect(ends).toBeDefined();
    }),
    { numRuns: 2000 },
  );
});

test('wherever chunks are torn, and wherever it begins to look', () => {
  fc.assert(
    fc.property(stream, fc.nat(), fc.nat(), (text, one, two) => {
      const bytes = bytesOf(text);
      const [first = 0, second = 0] = [one, two].map((at) => at % (bytes.length + 1)).sort((a, b) => a - b);
      const ends = (pieces: { bytes: Uint8Array; ends?: string }[]) => {
        let at = 0;
        return pieces.flatMap(({ bytes: { length }, ends: kind }) => {
          at += length;
          return kind === undefined ? [] : [at];
        });
      };
      const torn = new Splitter(BEGINNING);
      const parts = [bytes.slice(0, first), bytes.slice(first, second), bytes.slice(second)];
      const whole = split(new Splitter(BEGINNING), bytes);
      expect(ends(parts.flatMap((part) => split(torn, part)))).toEqual(ends(whole));

      // Behind a byte order mark, an empty line is one only to whoever saw the mark: nobody begins to look there.
      if (first > 0 && first < 4 && text.startsWith('\uFEFF')) return;
      // One that begins in the middle knows from four bytes where blocks end from there.
      const late = new Splitter(tailOf(BEGINNING, bytes.slice(0, first)));
      const behind = ends(whole).filter((at) => at > first);
      const seen = ends(split(late, bytes.slice(first)));
      expect(seen.map((at) => at + first)).toEqual(behind);
    }),
    { numRuns: 2000 },
  );
});
