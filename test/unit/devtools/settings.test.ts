import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keepSettings, type Stored } from '../../../src/devtools/settings.ts';
import {
  DEFAULT_SETTINGS,
  ENTRY_LIMITS,
  hidesColumns,
  isDefault,
  parseSettings,
  SIZE_LIMITS,
  withAllColumns,
} from '../../../src/model/settings.ts';

/** Storage that answers when it is told to, and tells every window what was written, as the browser's does. */
function played() {
  const answers: ((stored: unknown) => void)[] = [];
  const watchers: ((stored: unknown) => void)[] = [];
  const written: Stored[] = [];
  return {
    written,
    answer: async (stored: unknown) => {
      answers.shift()?.(stored);
      await Promise.resolve();
      await Promise.resolve();
    },
    /** The oldest that nobody was told of yet. */
    tell: () => {
      const stored = written.shift();
      for (const watcher of watchers) watcher(stored);
    },
    storage: {
      read: () => new Promise<unknown>((done) => answers.push(done)),
      write: async (stored: Stored) => void written.push(structuredClone(stored)),
      watch: (listener: (stored: unknown) => void) => void watchers.push(listener),
    },
  };
}

describe('settings', () => {
  test('are the defaults until the storage has answered', async () => {
    const { storage, answer } = played();
    const settings = keepSettings(storage, 'a');
    expect(settings.value).toEqual(DEFAULT_SETTINGS);
    await answer({ ...DEFAULT_SETTINGS, time: 'relative' });
    expect(settings.value.time).toBe('relative');
  });

  test('that were changed before the storage answered are not taken back', async () => {
    const { storage, answer } = played();
    const settings = keepSettings(storage, 'a');
    settings.change({ density: 'comfortable' });
    await answer({ ...DEFAULT_SETTINGS, time: 'relative' });
    expect(settings.value).toEqual({ ...DEFAULT_SETTINGS, density: 'comfortable' });
  });

  test('reach the other windows, and do not come back to the one that changed them twice', async () => {
    const { storage, tell } = played();
    const [one, other] = [keepSettings(storage, 'one'), keepSettings(storage, 'other')];
    one.change({ time: 'relative' });
    one.change({ time: 'clock' });
    tell();
    expect([one.value.time, other.value.time]).toEqual(['clock', 'relative']);
    tell();
    expect(other.value.time).toBe('clock');
  });
});

describe('what was decided', () => {
  const columns = { events: { hidden: ['size'], widths: { time: 120 } }, attempts: { hidden: [], widths: {} } };

  test('is the default again where nothing differs, also where tables have been looked at', () => {
    expect(isDefault(DEFAULT_SETTINGS)).toBe(true);
    expect(isDefault(parseSettings({ columns: { events: {} } }))).toBe(true);
    for (const part of [
      { time: 'relative' },
      { density: 'comfortable' },
      { limits: { entries: 10_000 } },
      { columns },
    ]) {
      expect(isDefault(parseSettings(part))).toBe(false);
    }
  });

  test('is kept of columns that are shown again: how wide they are', () => {
    const settings = { ...DEFAULT_SETTINGS, columns };
    expect(hidesColumns(settings)).toBe(true);
    const shown = withAllColumns(settings);
    expect(hidesColumns({ columns: shown })).toBe(false);
    expect(shown['events']?.widths).toEqual({ time: 120 });
  });

  test('is possible: whatever is offered is understood as it is', () => {
    for (const entries of ENTRY_LIMITS) {
      for (const size of SIZE_LIMITS)
        expect(parseSettings({ limits: { entries, size } }).limits).toEqual({ entries, size });
    }
  });
});

describe('what was stored', () => {
  test('is understood as it was written', () => {
    const settings = {
      time: 'relative',
      density: 'comfortable',
      limits: { entries: 50_000, size: 64 * 1024 * 1024 },
      columns: { events: { hidden: ['size'], widths: { time: 120 } } },
    };
    expect(parseSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  });

  test('may be anything', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (limits, hidden, widths) => {
        const { limits: bounds, columns } = parseSettings({ limits, columns: { events: { hidden, widths } } });
        for (const bound of [bounds.entries, bounds.size]) expect(bound).toBeGreaterThan(9_999);
        for (const width of Object.values(columns['events']?.widths ?? {})) expect(width).toBeLessThanOrEqual(2000);
        expect(columns['events']?.hidden.every((name) => typeof name === 'string')).toBe(true);
      }),
    );
    expect(parseSettings(undefined)).toEqual(DEFAULT_SETTINGS);
  });
});
