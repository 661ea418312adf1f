import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonLines } from '../../../src/model/json-lines.ts';

const shown = (json: string) => jsonLines(json)?.map((line) => line.map(({ text }) => text).join(''));

describe('jsonLines', () => {
  test('indents', () => {
    expect(shown('{"a":1,"b":[true,null],"c":{}}')).toEqual([
      '{',
      '  "a": 1,',
      '  "b": [',
      '    true,',
      '    null',
      '  ],',
      '  "c": {}',
      '}',
    ]);
  });

  test('changes nothing that JavaScript would: large numbers, keys that are there twice, escapes', () => {
    expect(shown('{"n":12345678901234567890,"n":1.0,"s":"\\u00e9\\"{,"}')).toEqual([
      '{',
      '  "n": 12345678901234567890,',
      '  "n": 1.0,',
      '  "s": "\\u00e9\\"{,"',
      '}',
    ]);
  });

  test('tells keys from strings', () => {
    const kinds = jsonLines('{"k":"s","n":-1,"w":false}')?.flatMap((line) => line.map(({ kind }) => kind));
    expect(kinds?.filter((kind) => kind !== 'plain')).toEqual(['key', 'string', 'key', 'number', 'key', 'word']);
  });

  test.each(['', 'plain', '"text"', '1', 'null', '{', '{"a":1', "{'a':1}", '{}}'])('%j is not for it', (text) => {
    expect(jsonLines(text)).toBeUndefined();
  });

  test('is JSON.stringify with two spaces, for what JavaScript keeps as it is', () => {
    const compound = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(compound, (value) => {
        expect(shown(JSON.stringify(value))?.join('\n')).toBe(
          JSON.stringify(JSON.parse(JSON.stringify(value)), null, 2),
        );
      }),
    );
  });

  test('survives what a page may send', () => {
    const deep = 32_000;
    const lines = shown('['.repeat(deep) + ']'.repeat(deep));
    expect(lines?.every((line) => line.length < 200)).toBe(true);
  });
});
