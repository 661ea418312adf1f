import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closedAtFirst, inSight, type JsonNode, jsonTree, keyOf, preview } from '../../../src/model/json-tree.ts';

const read = (json: string) =>
  jsonTree(json)?.map(({ depth, key, kind, text, count }) => `${depth} ${key ?? '-'} ${kind} ${text} ${count}`);

/** The value again, from nothing but the nodes. */
function rebuilt(nodes: readonly JsonNode[], index = 0): unknown {
  const node = nodes[index];
  if (!node) return undefined;
  const children: number[] = [];
  for (let child = index + 1; child < node.end; child = nodes[child]?.end ?? node.end) children.push(child);
  expect(children.map((child) => nodes[child]?.parent)).toEqual(children.map(() => index));
  expect(children.map((child) => nodes[child]?.position)).toEqual(children.map((_, position) => position));
  expect(node.count).toBe(children.length);
  if (node.kind === 'array') return children.map((child) => rebuilt(nodes, child));
  if (node.kind !== 'object') return JSON.parse(node.text);
  return Object.fromEntries(children.map((child) => [JSON.parse(nodes[child]?.key ?? '""'), rebuilt(nodes, child)]));
}

describe('jsonTree', () => {
  test('has each value before what is in it', () => {
    expect(read('{"a": 1, "b": [true, null], "c": {}}')).toEqual([
      '0 - object {"a":1,"b":[true,null],"c":{}} 3',
      '1 "a" number 1 0',
      '1 "b" array [true,null] 2',
      '2 - word true 0',
      '2 - word null 0',
      '1 "c" object {} 0',
    ]);
  });

  test('changes nothing that JavaScript would: large numbers, keys that are there twice, escapes', () => {
    expect(read('{"n":12345678901234567890,"n":1.0,"s":"\\u00e9\\"{,"}')?.slice(1)).toEqual([
      '1 "n" number 12345678901234567890 0',
      '1 "n" number 1.0 0',
      '1 "s" string "\\u00e9\\"{," 0',
    ]);
  });

  test.each(['', 'plain', '"text"', '1', 'null', '{', '{"a":1', "{'a':1}", '{}}'])('%j is not for it', (text) => {
    expect(jsonTree(text)).toBeUndefined();
  });

  test('loses nothing of any value', () => {
    const compound = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
    fc.assert(
      fc.property(compound, (value) => {
        const json = JSON.stringify(value);
        const nodes = jsonTree(JSON.stringify(value, null, 3)) ?? [];
        expect(nodes[0]?.text).toBe(json);
        expect(rebuilt(nodes)).toEqual(JSON.parse(json));
      }),
    );
  });

  test('survives what a page may send', () => {
    const deep = 32_000;
    const nodes = jsonTree('['.repeat(deep) + ']'.repeat(deep)) ?? [];
    expect(nodes).toHaveLength(deep);
    expect(inSight(nodes, closedAtFirst(nodes, 500)).length).toBeLessThanOrEqual(500);
  });
});

describe('what is in sight', () => {
  const nodes = jsonTree('[[1,[2]],{"a":[3]}]') ?? [];

  test('is everything that nothing closed holds', () => {
    const shown = (...closed: number[]) => inSight(nodes, new Set(closed)).map((index) => nodes[index]?.text);
    expect(shown()).toHaveLength(nodes.length);
    expect(shown(1)).toEqual([nodes[0]?.text, '[1,[2]]', '{"a":[3]}', '[3]', '3']);
    expect(shown(0, 1)).toEqual([nodes[0]?.text]);
  });

  test('at first is not more than can be looked at, and never only the root', () => {
    const wide = jsonTree(JSON.stringify(Array.from({ length: 2000 }, (_, n) => ({ n })))) ?? [];
    expect(inSight(wide, closedAtFirst(wide, 500))).toHaveLength(2001);
    expect(inSight(nodes, closedAtFirst(nodes, 500))).toHaveLength(nodes.length);
  });
});

describe('what is closed', () => {
  test.each([
    ['{"n":96,"kind":"mention","by":{"id":12}}', 60, '{n: 96, kind: "mention", by: {…}}'],
    ['{"n":96,"kind":"mention","by":{"id":12}}', 20, '{n: 96, …}'],
    ['[1,[],[2],{}]', 60, '[1, [], […], {}]'],
    ['{"a b":"\\u00e9"}', 60, '{"a b": "\\u00e9"}'],
    [`["${'x'.repeat(100)}"]`, 20, '[…]'],
  ])('%s in %d characters', (json, most, expected) => expect(preview(jsonTree(json) ?? [], 0, most)).toBe(expected));

  test.each([
    ['"kind"', 'kind'],
    ['"größe_2"', 'größe_2'],
    ['"2"', '"2"'],
    ['"a b"', '"a b"'],
    ['""', '""'],
    ['"\\u0061"', '"\\u0061"'],
  ])('the key %s is written %s', (key, expected) => expect(keyOf(key)).toBe(expected));
});
