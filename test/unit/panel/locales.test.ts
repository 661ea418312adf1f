import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

interface Message {
  message: string;
  placeholders?: Record<string, { content: string }>;
}

const ROOT = resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const locale = (name: string) => JSON.parse(read(`public/_locales/${name}/messages.json`)) as Record<string, Message>;
const en = locale('en');
const others = readdirSync(join(ROOT, 'public/_locales')).filter((name) => name !== 'en');
const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.tsx?$/.test(file),
);
const placeholders = ({ message }: Message) => [...message.matchAll(/\$(\w+)\$/g)].map(([, name]) => name).sort();

describe.each(others)('%s', (name) => {
  const other = locale(name);

  test('has the keys of English, in the same order', () => {
    expect(Object.keys(other)).toEqual(Object.keys(en));
  });

  test('takes in every text what English takes', () => {
    const taken = (messages: Record<string, Message>) =>
      Object.entries(messages).map(([key, message]) => [key, placeholders(message), message.placeholders]);
    expect(taken(other)).toEqual(taken(en));
  });

  test('says something everywhere', () => {
    expect(Object.keys(other).filter((key) => other[key]?.message === '')).toEqual([]);
  });
});

test('texts have the placeholders that they declare, and no others', () => {
  const wrong = Object.keys(en).filter((key) => {
    const declared = Object.keys(en[key]?.placeholders ?? {}).map((name) => name.toUpperCase());
    const used = en[key] ? placeholders(en[key]) : [];
    return declared.sort().join() !== [...new Set(used)].join();
  });
  expect(wrong).toEqual([]);
});

test('every text is shown somewhere', () => {
  const code = [...sources.map((file) => `src/${file}`), 'manifest.json'].map(read).join('\n');
  const isUsed = (key: string) =>
    [`'${key}'`, `"${key}"`, `__MSG_${key}__`, `'${key.replace(/_[a-z]+$/, '')}'`].some((word) => code.includes(word));
  expect(Object.keys(en).filter((key) => !isUsed(key))).toEqual([]);
});

test.each(sources.filter((file) => file.endsWith('.tsx')))('%s has no words of its own', (file) => {
  const code = read(`src/${file}`).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const between = [...code.matchAll(/>([^<>{}]+)</g)].map(([, words]) => words?.trim() ?? '');
  const words = between.filter((text) => /\p{L}/u.test(text) && !/[;=()|&]/.test(text));
  const attributes = code.match(/\b(?:title|label|alt|placeholder|aria-(?:label|description))="[^"]*"/g) ?? [];
  expect([...words, ...attributes]).toEqual([]);
});
