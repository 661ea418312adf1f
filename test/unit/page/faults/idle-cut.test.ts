import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { idleCut } from '../../../../src/page/faults/idle-cut.ts';
import { Pause } from '../../../../src/page/faults/pause.ts';

/** The page's clock and timers are taken before any test: here they are asked each time, so that time can be moved. */
vi.mock('../../../../src/page/pristine.ts', async (original) => ({
  ...(await original<object>()),
  setTimeout: (callback: () => void, delay: number) => setTimeout(callback, delay),
  clearTimeout: (timer: number) => clearTimeout(timer),
  now: () => Date.now(),
}));

const IDLE = 60_000;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (time: number) => vi.advanceTimersByTimeAsync(time);
const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A connection that is cut when it is idle, and what of it arrived. */
function connection() {
  const pause = new Pause();
  const arrived: string[] = [];
  const take = idleCut(
    IDLE,
    pause,
    async (part) => {
      if (typeof part === 'function') part();
      else arrived.push(new TextDecoder().decode(part.bytes));
    },
    () => arrived.push('lost'),
  );
  const write = (text: string) => take({ bytes: bytesOf(text) });
  return { pause, arrived, write, end: () => take(() => void arrived.push('ended')) };
}

test.each([
  ['an event', 'id: 1\ndata: x\n\n'],
  ["the standard's keep-alive", ':\n\n'],
  ['half a field', 'da'],
])('%s is traffic: the time begins anew with it', async (_, text) => {
  const { write, arrived } = connection();
  for (let count = 0; count < 4; count++) {
    await pass(IDLE - 1);
    await write(text);
  }
  await pass(IDLE - 1);
  expect(arrived).toEqual([text, text, text, text]);
  await pass(1);
  expect(arrived.at(-1)).toBe('lost');
});

test('what never brought anything is lost too, once, and nothing comes after that', async () => {
  const { write, arrived, end } = connection();
  await pass(IDLE - 1);
  expect(arrived).toEqual([]);
  await pass(1);
  await write('data: late\n\n');
  await end();
  await pass(IDLE * 3);
  expect(arrived).toEqual(['lost']);
});

test('what its server ended is not lost', async () => {
  const { end, arrived } = connection();
  await pass(IDLE - 1);
  await end();
  await pass(IDLE * 3);
  expect(arrived).toEqual(['ended']);
});

test('taken back, it leaves the connection alone', async () => {
  const { pause, write, arrived } = connection();
  await pass(IDLE - 1);
  pause.release();
  await write('');
  await pass(IDLE * 3);
  await write('data: x\n\n');
  await pass(IDLE * 3);
  expect(arrived.join('')).toBe('data: x\n\n');
});

test('a page that was busy for so long reads first what came meanwhile', async () => {
  const { write, arrived } = connection();
  await pass(1000);
  // No timer of the page runs; the clock and the network go on.
  vi.setSystemTime(Date.now() + 2 * IDLE);
  await pass(IDLE - 1000);
  await write('data: x\n\n');
  await pass(IDLE - 1);
  expect(arrived).toEqual(['data: x\n\n']);
  await pass(1);
  expect(arrived.at(-1)).toBe('lost');
});
