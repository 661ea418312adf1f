import { expect, test } from 'vitest';
import { createSessionFiles } from '../../../src/panel/session-files.ts';
import { logOf, story } from '../../support/story.ts';

/** A log whose file comes in several pieces. */
function largeLog() {
  const told = story('construct /events · connect · announce');
  const data = 'x'.repeat(60_000);
  const record = {
    type: 'dispatch',
    event: 'm',
    data,
    size: data.length,
    lastEventId: '',
    origin: '',
    heard: true,
  } as const;
  for (let seq = 4; seq < 60; seq++) told.entries.push({ seq, time: 1000, source: 1, record });
  return logOf(told);
}

test('an export that is cancelled saves nothing, and says nothing any more', async () => {
  const files = createSessionFiles();
  const done = files.exportLog(largeLog(), 9000);
  expect(files.news.value).toMatchObject({
    type: 'exporting',
    name: expect.stringMatching(/^sse-lifeline-app\.test-/),
  });
  expect(files.isBusy).toBe(true);
  files.cancel();
  await done;
  expect(files.news.value).toBeUndefined();
  expect(files.isBusy).toBe(false);
});

test('while something is done nothing else is begun, and the notice of it stays', async () => {
  const files = createSessionFiles();
  const log = largeLog();
  const done = files.exportLog(log, 9000);
  const news = files.news.value;
  await files.exportLog(log, 60_000);
  await files.importFile(new File(['{}'], 'other.json'));
  files.dismissNews();
  expect(files.news.value).toBe(news);
  files.cancel();
  await done;
});

test('progress only grows, to its end; that a file cannot be saved is said', async () => {
  const files = createSessionFiles();
  const seen: number[] = [];
  const stop = files.progress.subscribe((part) => seen.push(part));
  await files.exportLog(largeLog(), 9000);
  stop();
  expect(seen.length).toBeGreaterThan(5);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(1);
  // There is no document here that could download it.
  expect(files.news.value).toMatchObject({ type: 'unsaved' });
  expect(files.isBusy).toBe(false);
});
