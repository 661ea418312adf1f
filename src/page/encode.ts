import { bare, toJson } from './pristine.ts';

const { prototype: objects } = Object;
const { prototype: arrays } = Array;

/**
 * The JSON of a list of plain objects, which may have plain objects in them (three levels). The page does not take part: a `toJSON` that it put on
 * every object, as some old libraries do, is not called.
 */
export function encode(list: object[]): string {
  if ('toJSON' in objects || 'toJSON' in arrays) {
    // Objects without a prototype are safe, and slower.
    bare(list);
    for (let index = 0; index < list.length; index++) strip(list[index] as Record<string, unknown>, 3);
  }
  return toJson(list);
}

function strip(object: Record<string, unknown>, levels: number): void {
  bare(object);
  for (const name in object) {
    const value = object[name];
    if (levels > 1 && typeof value === 'object' && value !== null) strip(value as Record<string, unknown>, levels - 1);
  }
}
