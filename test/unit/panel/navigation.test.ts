import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { createNavigation } from '../../../src/panel/navigation.ts';

const navigation = () => createNavigation(signal({ from: 0, to: 60_000 }), signal(60_000));

describe('a range that was chosen for the tables', () => {
  const chosen = () => {
    const one = navigation();
    one.choose({ from: 10_000, to: 20_000 });
    return one;
  };

  test('is what is visible', () => {
    const { range, mode, chosen: tables } = chosen();
    expect([range.value, mode.value, tables.value]).toEqual([
      { from: 10_000, to: 20_000 },
      'fixed',
      { from: 10_000, to: 20_000 },
    ]);
  });

  test('goes with what is visible', () => {
    const one = chosen();
    one.pan(1);
    expect(one.chosen.value).toEqual({ from: 20_000, to: 30_000 });
    one.zoom(0.5, 20_000);
    expect(one.chosen.value).toEqual({ from: 20_000, to: 25_000 });
  });

  test.each(['fit', 'follow', 'unchoose', 'release'] as const)('is let go by %s', (way) => {
    const one = chosen();
    one[way]();
    expect(one.chosen.value).toBeUndefined();
    // What moves afterwards is not a choice.
    one.pan(-0.1);
    expect(one.chosen.value).toBeUndefined();
  });

  test('leaves the picture as it is when it is let go', () => {
    const one = chosen();
    one.unchoose();
    expect(one.range.value).toEqual({ from: 10_000, to: 20_000 });
  });

  test('gives way to what was shown before it', () => {
    const one = navigation();
    one.zoom(0.5);
    const before = one.range.value;
    one.choose({ from: 10_000, to: 20_000 });
    one.choose({ from: 10_000, to: 10_100 });
    one.release();
    expect([one.mode.value, one.range.value]).toEqual(['follow', before]);
  });

  test('ends with what was in it: another page shall not be hidden by the one before it', () => {
    const session = signal({ from: 0, to: 60_000 });
    const one = createNavigation(session, signal(60_000));
    one.choose({ from: 10_000, to: 20_000 });
    session.value = { from: 15_000, to: 61_000 };
    expect(one.chosen.value).toEqual({ from: 10_000, to: 20_000 });
    session.value = { from: 20_001, to: 61_000 };
    expect([one.mode.value, one.chosen.value]).toEqual(['follow', undefined]);
  });

  test('is not made by looking at the past', () => {
    const one = navigation();
    one.pan(-0.5);
    expect([one.mode.value, one.chosen.value]).toEqual(['fixed', undefined]);
  });
});
