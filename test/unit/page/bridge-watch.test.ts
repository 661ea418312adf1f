import { afterEach, expect, test, vi } from 'vitest';

// Before the module takes its timers.
vi.useFakeTimers();
const { watchBridge } = await import('../../../src/page/bridge-watch.ts');

afterEach(() => vi.clearAllTimers());

test('a bridge is gone when it was missed twice, and that is said once', () => {
  let there = true;
  const gone = vi.fn();
  watchBridge(() => there, gone);
  vi.advanceTimersByTime(60_000);
  expect(gone).not.toHaveBeenCalled();
  there = false;
  vi.advanceTimersByTime(60_000);
  expect(gone).toHaveBeenCalledTimes(1);
});

test('a bridge that was missed once may be back', () => {
  const answers = [true, false, true, false, true];
  const gone = vi.fn();
  watchBridge(() => answers.shift() ?? true, gone);
  vi.advanceTimersByTime(60_000);
  expect(gone).not.toHaveBeenCalled();
});

test('nobody looks any more when the page script was dismissed', () => {
  const look = vi.fn(() => false);
  watchBridge(look, () => {})();
  vi.advanceTimersByTime(60_000);
  expect(look).not.toHaveBeenCalled();
});
