import { describe, expect, test } from 'vitest';
import { indexOf, slice } from '../../../src/page/pristine.ts';
import { nullCharacters, withNull } from '../../../src/stream/null-characters.ts';

const TOOLS = { indexOf, slice };

/** What a parser is given for these chunks of whole lines. */
const read = (...chunks: string[]) => {
  const change = nullCharacters(TOOLS);
  return chunks.map((chunk) => change(chunk));
};

// Expected is what Firefox's own EventSource was measured to make of the same lines; test/compliance has it end to end.
describe('U+0000 in Firefox', () => {
  test.each([
    ['nothing of it: as it is', 'data: a\r\n\r\nid: 1\n\n', 'data: a\r\n\r\nid: 1\n\n'],
    ['in a value it is left out', 'data: a\0b\0\n', 'data: ab\n'],
    ['right behind the colon it stays', 'data:\0\ndata:\0\0\n', 'data:\0\ndata:\0\n'],
    ['at the begin of a line it is left out', '\0data: a\n\0\0\n', 'data: a\n\n'],
    ['in a name it stays', 'da\0ta: a\n', 'da\0ta: a\n'],
    ['in a comment it stays', ': \0\n', ': \0\n'],
    ['an id with one is ignored, and so is the next field', 'id: 2\0\ndata: a\ndata: b\n', '?\niddata: a\ndata: b\n'],
    ['a comment and an empty line between them change nothing', 'id: 2\0\n:\n\ndata: a\n', '?\n:\n\niddata: a\n'],
  ])('%s', (_, lines, expected) => {
    expect(read(lines)).toEqual([expected]);
  });

  test('an ignored id has its effect in the next chunk', () => {
    expect(read('id: 2\0\n', 'data: a\n', 'data: b\n')).toEqual(['?\n', 'iddata: a\n', 'data: b\n']);
  });

  test('an id may begin with one', () => {
    expect(read('id:\0\0x\n')).toEqual(['?\n']);
    const [kept = ''] = read('id:\0x\n');
    expect(withNull(TOOLS, kept.slice(3, -1))).toBe('\0x');
  });
});
