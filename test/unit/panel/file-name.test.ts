import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileName } from '../../../src/panel/file-name.ts';
import { logOf, story } from '../../support/story.ts';

const zone = process.env['TZ'];
beforeEach(() => {
  process.env['TZ'] = 'Asia/Kathmandu';
});
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

/** 19:45:09 in Kathmandu, which is 5:45 ahead. */
const NOW = Date.UTC(2026, 10, 23, 14, 0, 9, 876);

test.each([
  ['https://app.example.com/a/b?c=d', 'sse-lifeline-app.example.com-2026-11-23T19-45-09.json'],
  ['http://localhost:8080/', 'sse-lifeline-localhost-8080-2026-11-23T19-45-09.json'],
  ['http://[::1]:80/', 'sse-lifeline-1-2026-11-23T19-45-09.json'],
  ['https://例え.テスト/', 'sse-lifeline-xn--r8jz45g.xn--zckzah-2026-11-23T19-45-09.json'],
  ['file:///home/me/secret.html', 'sse-lifeline-2026-11-23T19-45-09.json'],
  ['about:blank', 'sse-lifeline-2026-11-23T19-45-09.json'],
])('of %s', (url, name) => {
  expect(fileName(logOf(story('construct /a', { url })), NOW)).toBe(name);
});
