import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import type { Source } from '../../../src/model/source.ts';
import { createNavigation } from '../../../src/panel/navigation.ts';
import { createSelection } from '../../../src/panel/selection.ts';
import { logOf } from '../../support/story.ts';

describe('selection', () => {
  const log = logOf('construct /a · connect · announce · dispatch 1 · #2 construct /b · connect · announce');
  const [a, b] = log.sources;

  function start(lanes: readonly Source[] = log.sources) {
    const list = signal(lanes);
    return { list, selection: createSelection(list) };
  }

  test('is the first source until one is chosen, and again when that one has gone', () => {
    const { list, selection } = start();
    expect(selection.source.value).toBe(a);
    selection.selectSource(b?.key ?? '');
    expect(selection.source.value).toBe(b);
    list.value = log.sources.slice(0, 1);
    expect(selection.source.value).toBe(a);
    list.value = [];
    expect(selection.source.value).toBeUndefined();
  });

  test('an event of one source is not selected in another', () => {
    const { selection } = start();
    selection.selectEvent(a?.events[0]);
    expect(selection.attempt.value).toBe(1);
    selection.selectSource(b?.key ?? '');
    expect([selection.event.value, selection.attempt.value]).toEqual([undefined, undefined]);
  });

  test('what the stream said without an event is selected, and is no event', () => {
    const { selection } = start();
    const line = { seq: 9, time: 0, attempt: 1, type: 'comment', value: '', size: 0 } as const;
    selection.selectEvent(line);
    expect([selection.item.value, selection.event.value, selection.attempt.value]).toEqual([line, undefined, 1]);
  });

  test('an event of another source takes that source with it', () => {
    const { selection } = start();
    selection.selectSource(b?.key ?? '');
    selection.selectEvent(a?.events[0], a?.key);
    expect([selection.source.value, selection.event.value]).toEqual([a, a?.events[0]]);
  });

  test('a mark selects its attempt, and goes with it', () => {
    const { selection } = start();
    const mark = { kind: 'connect', time: 200, attempt: 1 } as const;
    selection.selectMark(b?.key ?? '', mark);
    expect([selection.source.value, selection.attempt.value, selection.mark.value]).toEqual([b, 1, mark]);
    selection.selectAttempt(b?.key ?? '', 1);
    expect(selection.mark.value).toBeUndefined();
    selection.selectMark(b?.key ?? '', mark);
    selection.selectSource(a?.key ?? '');
    expect(selection.mark.value).toBeUndefined();
  });

  test('what was selected by being first stays when something comes before it', () => {
    const { list, selection } = start(log.sources.slice(1));
    selection.selectEvent(undefined);
    list.value = log.sources;
    expect(selection.source.value).toBe(b);
  });
});

describe('a selection of several', () => {
  const log = logOf(
    'construct /a · connect · announce · dispatch 1 · #2 construct /b · connect · announce · #3 construct /c · connect',
  );
  const [a, b, c] = log.sources.map(({ key }) => key) as [string, string, string];

  function start() {
    const list = signal<readonly Source[]>(log.sources);
    const selection = createSelection(list);
    return { list, selection, chosen: () => selection.chosen.value.map(({ url }) => url) };
  }

  test('is listed as the lanes are, whatever the order in which it was chosen', () => {
    const { selection, chosen } = start();
    selection.selectSource(c);
    selection.toggleSource(a);
    expect(chosen()).toEqual(['/a', '/c']);
    expect(selection.source.value?.key).toBe(a);
  });

  test('stays while a mark, an attempt or an event of one of them is looked at', () => {
    const { selection, chosen } = start();
    selection.selectSource(b);
    selection.toggleSource(a);
    selection.selectEvent(log.sources[0]?.events[0]);
    selection.selectAttempt(b, 1);
    expect([chosen(), selection.source.value?.key]).toEqual([['/a', '/b'], b]);
    selection.selectMark(c, { kind: 'connect', time: 200, attempt: 1 });
    expect(chosen()).toEqual(['/c']);
  });

  test('keeps what is looked at in a source that others are added to the range of', () => {
    const { selection } = start();
    selection.selectSource(a);
    selection.selectAttempt(a, 1);
    selection.selectAll();
    expect(selection.attempt.value).toBe(1);
    selection.toggleSource(c);
    expect(selection.attempt.value).toBe(1);
    selection.toggleSource(a);
    expect(selection.attempt.value).toBeUndefined();
  });

  test('is the same set until it is another one, and one again when that is asked', () => {
    const { list, selection, chosen } = start();
    selection.selectAll();
    const before = selection.keys.value;
    list.value = [...log.sources];
    expect(selection.keys.value).toBe(before);
    list.value = log.sources.slice(1);
    expect([...selection.keys.value].sort()).toEqual([b, c].sort());
    selection.selectOne();
    expect(chosen()).toEqual(['/c']);
    list.value = log.sources;
    expect(chosen()).toEqual(['/c']);
  });

  test('does not move with the keyboard', () => {
    const { selection, chosen } = start();
    selection.selectSource(a);
    selection.moveCursor(c);
    expect([chosen(), selection.cursor.value]).toEqual([['/a'], c]);
  });
});

describe('navigation', () => {
  function start() {
    const now = signal(600_000);
    return { now, navigation: createNavigation(signal({ from: 0, to: 600_000 }), now) };
  }

  test('follows until the user pans', () => {
    const { now, navigation } = start();
    const before = navigation.range.value.to;
    now.value += 5000;
    expect(navigation.range.value.to - before).toBeCloseTo(5000, -2);
    navigation.pan(-0.1);
    const stays = navigation.range.value;
    now.value += 5000;
    expect([navigation.mode.value, navigation.range.value]).toEqual(['fixed', stays]);
  });

  test('follows on while now is in sight, stops when the user zooms in on the past', () => {
    const { now, navigation } = start();
    navigation.zoom(0.5);
    expect(navigation.mode.value).toBe('follow');
    navigation.zoom(0.5, now.value - 20_000);
    expect(navigation.mode.value).toBe('fixed');
    navigation.follow();
    expect(navigation.mode.value).toBe('follow');
  });

  test('goes to the beginning', () => {
    const { navigation } = start();
    navigation.goToStart();
    const { from, to } = navigation.range.value;
    expect(from).toBeLessThanOrEqual(0);
    expect(to).toBeLessThan(70_000);
  });
});
