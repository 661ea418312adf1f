import type { Entry } from '../protocol/record.ts';
import { bare, toJson } from './pristine.ts';

const { prototype: objects } = Object;
const { prototype: arrays } = Array;

/** The JSON of entries. The page does not take part in it: a `toJSON` of its own on every object is not called. */
export function encode(entries: Entry[]): string {
  // As some old libraries have it. Objects without a prototype are safe, and slower.
  if ('toJSON' in objects || 'toJSON' in arrays) {
    bare(entries);
    for (let index = 0; index < entries.length; index++) {
      const { record } = bare(entries[index] as Entry);
      bare(record);
      if ('cause' in record && record.cause) bare(record.cause);
    }
  }
  return toJson(entries);
}
