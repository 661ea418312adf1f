import { effect, signal } from '@preact/signals';
import { beforeEach, describe, expect, test } from 'vitest';
import { clock, memory, tick, writeIn } from '../../../src/panel/format.ts';
import { speakAs } from '../../support/locale.ts';

/** A moment in 2027, with the fraction that times of a page have. */
const ORIGIN = 1_800_000_000_000.3;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a moment, counted from the beginning', () => {
  beforeEach(() => {
    speakAs('en');
    writeIn('en', signal(ORIGIN));
  });

  test.each([
    [0, '0.000 s'],
    [12_345, '+12.345 s'],
    [59_999.4, '+59.999 s'],
    [MINUTE, '+1:00.000'],
    [2 * MINUTE + 5100, '+2:05.100'],
    [HOUR + 2 * MINUTE + 5007, '+1:02:05.007'],
    [-1500, '-1.500 s'],
    [-2 * MINUTE - 5100, '-2:05.100'],
  ])('%d ms after it is %s', (value, text) => expect(clock(ORIGIN + value, 3)).toBe(text));

  test('is cut where it is less exact, as a time of day is', () => {
    expect([0, 1, 2].map((digits) => clock(ORIGIN + 12_999, digits as 0 | 1 | 2))).toEqual([
      '+12 s',
      '+12.9 s',
      '+12.99 s',
    ]);
  });

  test('labels every tick with its whole step', () => {
    const labels = (step: number) => [1, 2, 3].map((count) => tick(ORIGIN + count * step, step));
    expect(labels(1)).toEqual(['+0.001 s', '+0.002 s', '+0.003 s']);
    expect(labels(200)).toEqual(['+0.2 s', '+0.4 s', '+0.6 s']);
    expect(labels(30_000)).toEqual(['+30 s', '+1:00', '+1:30']);
    expect(labels(24 * HOUR)).toEqual(['+24:00:00', '+48:00:00', '+72:00:00']);
  });

  test('is written in Chinese', () => {
    speakAs('zh-CN');
    writeIn('zh-CN', signal(ORIGIN));
    expect([clock(ORIGIN + 12_345, 3), clock(ORIGIN + 125_100, 1)]).toEqual(['+12.345 秒', '+2:05.1']);
  });

  test('uses the decimal mark of the language', () => {
    writeIn('de', signal(ORIGIN));
    expect([clock(ORIGIN + 12_345, 3), clock(ORIGIN + 125_100, 1)]).toEqual(['+12,345 s', '+2:05,1']);
  });
});

test('whoever wrote a moment hears that it is written otherwise now', () => {
  const origin = signal<number | undefined>(undefined);
  writeIn('en', origin);
  const time = new Date(2027, 0, 1, 10, 42, 19, 412).getTime();
  const written: string[] = [];
  effect(() => void written.push(clock(time, 3)));
  origin.value = time - 1000;
  origin.value = undefined;
  expect(written).toEqual(['10:42:19.412', '+1.000 s', '10:42:19.412']);
});

test.each([
  [16 * 1024 ** 2, '16 MiB'],
  [512 * 1024 ** 2, '512 MiB'],
  [2 * 1024 ** 3, '2 GiB'],
  [1536 * 1024 ** 2, '1,536 MiB'],
])('%d bytes of memory are %s', (size, text) => expect(memory(size)).toBe(text));
