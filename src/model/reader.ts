/**
 * Readers take values out of a text that anybody may have written. What they give is new and plain, has the fields that
 * its type names and no others, and shares nothing with the text. A reader's fields follow the type: one that the type
 * has and the reader has not is an error of compilation.
 */
import { LATEST, type Milliseconds } from '../protocol/record.ts';

/** @throws {Broken} where the value is no T. */
export type Reader<T> = (value: unknown) => T;

export class Broken extends Error {
  /** Where, from the inside out: `time`, 17, `events`. */
  readonly path: (string | number)[] = [];

  /** `sources[3].events[17].time` */
  get place(): string {
    const steps = [...this.path].reverse();
    return steps
      .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
      .join('')
      .replace(/^\./, '');
  }
}

/** A field that need not be there. */
export interface Optional<T> {
  optional: Reader<T>;
}

type Fields<T> = {
  [Key in keyof T]-?: Pick<T, Key> extends Required<Pick<T, Key>> ? Reader<T[Key]> : Optional<Required<T>[Key]>;
};

export const optional = <T>(reader: Reader<T>): Optional<T> => ({ optional: reader });

export function object<T extends object>(fields: Fields<T>): Reader<T> {
  const readers = Object.entries(fields) as [string, Reader<unknown> | Optional<unknown>][];
  return (value) => {
    if (!isRecord(value)) throw new Broken();
    const result: Record<string, unknown> = {};
    for (const [name, field] of readers) {
      // Not what the value inherits.
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      if (typeof field === 'function') result[name] = inside(name, field, given);
      else if (given !== undefined) result[name] = inside(name, field.optional, given);
    }
    return result as T;
  };
}

/** The first field of `item` that must not follow what is `before` it in a list. */
type Follows<T> = (before: T, item: T) => string | undefined;

export function list<T>(reader: Reader<T>, ...order: Follows<T>[]): Reader<T[]> {
  return (value) => {
    if (!Array.isArray(value)) throw new Broken();
    const result: T[] = [];
    for (const [index, given] of value.entries()) {
      const item = inside(index, reader, given);
      const before = result.at(-1);
      for (const follows of order) {
        const field = before && follows(before, item);
        if (field !== undefined) throw broken(index, field);
      }
      result.push(item);
    }
    return result;
  };
}

/** Numbers in this field never fall. */
export const ordered =
  <Key extends string>(key: Key): Follows<Record<Key, number>> =>
  (before, item) =>
    item[key] < before[key] ? key : undefined;

/** Each number in this field is greater than the one before it. */
export const rising =
  <Key extends string>(key: Key): Follows<Record<Key, number>> =>
  (before, item) =>
    item[key] <= before[key] ? key : undefined;

/** What is told apart by `type`. */
export function variant<T extends { type: string }>(
  cases: {
    [Type in T['type']]: Reader<Extract<T, { type: Type }>>;
  },
): Reader<T> {
  return (value) => {
    const type = isRecord(value) && Object.hasOwn(value, 'type') ? value['type'] : undefined;
    if (typeof type !== 'string' || !Object.hasOwn(cases, type)) throw broken('type');
    return cases[type as T['type']](value) as T;
  };
}

export function pair<T>(reader: Reader<T>): Reader<[T, T]> {
  return (value) => {
    if (!Array.isArray(value) || value.length !== 2) throw new Broken();
    return [inside(0, reader, value[0]), inside(1, reader, value[1])];
  };
}

/** One of these words. */
export function word<T extends string>(words: Record<T, true>): Reader<T> {
  return (value) => (typeof value === 'string' && Object.hasOwn(words, value) ? (value as T) : refuse());
}

/** Just this. */
export function only<const T extends string | true>(wanted: T): Reader<T> {
  return (value) => (value === wanted ? wanted : refuse());
}

/** At most `longest` UTF-16 code units. */
export const text =
  (longest: number): Reader<string> =>
  (value) =>
    typeof value === 'string' && value.length <= longest ? value : refuse();

export const flag: Reader<boolean> = (value) => (typeof value === 'boolean' ? value : refuse());

export const integer: Reader<number> = (value) => (Number.isSafeInteger(value) ? (value as number) : refuse());

export const count: Reader<number> = (value) => (integer(value) >= 0 ? (value as number) : refuse());

/** May have a fraction. */
export const amount: Reader<number> = (value) =>
  Number.isFinite(value) && Number(value) >= 0 ? Number(value) : refuse();

export const time: Reader<Milliseconds> = (value) =>
  typeof value === 'number' && value >= 0 && value <= LATEST ? value : refuse();

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function inside<T>(step: string | number, reader: Reader<T>, value: unknown): T {
  try {
    return reader(value);
  } catch (error) {
    if (error instanceof Broken) error.path.push(step);
    throw error;
  }
}

/** `path`: from the outside in. */
export function broken(...path: (string | number)[]): Broken {
  const error = new Broken();
  error.path.push(...path.reverse());
  return error;
}

function refuse(): never {
  throw new Broken();
}
