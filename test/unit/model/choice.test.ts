import { describe, expect, test } from 'vitest';
import {
  alone,
  type Choice,
  chosenOf,
  complete,
  cursorOf,
  NO_CHOICE,
  promoted,
  ranged,
  toggled,
} from '../../../src/model/choice.ts';

const ROWS = ['a', 'b', 'c', 'd', 'e'];
type Step = (choice: Choice, shown: readonly string[]) => Choice;
const click =
  (key: string): Step =>
  () =>
    alone(key);
const toggle =
  (key: string): Step =>
  (choice, shown) =>
    toggled(choice, key, shown);
const shift =
  (key: string): Step =>
  (choice, shown) =>
    ranged(choice, key, shown);
const made = (...steps: Step[]) => steps.reduce((choice, step) => step(choice, ROWS), NO_CHOICE);
/** As they are listed, with a mark at the one whose details are shown. */
const said = (choice: Choice, shown: readonly string[] = ROWS) => {
  const chosen = chosenOf(choice, shown);
  return shown
    .filter((key) => chosen.includes(key))
    .map((key) => (key === chosen.at(-1) ? `${key}*` : key))
    .join(' ');
};

describe('a choice', () => {
  test('is the first row until there is one, and nothing where there are no rows', () => {
    expect(said(NO_CHOICE)).toBe('a*');
    expect(chosenOf(NO_CHOICE, [])).toEqual([]);
    expect(cursorOf(NO_CHOICE, [])).toBeUndefined();
    expect(complete(NO_CHOICE, [])).toBe(NO_CHOICE);
    expect(said(ranged(NO_CHOICE, 'x', []), [])).toBe('');
  });

  test('has one more, and shows the details of that', () => {
    expect(said(made(click('b'), toggle('d')))).toBe('b d*');
    // What is shown to be chosen is meant: the first row was.
    expect(said(made(toggle('d')))).toBe('a d*');
  });

  test('loses one; of the others, the last one shows its details', () => {
    expect(said(made(click('b'), toggle('d'), toggle('a'), toggle('a')))).toBe('b d*');
    expect(said(made(click('b'), toggle('d'), toggle('b')))).toBe('d*');
  });

  test('never loses the last one', () => {
    expect(said(made(click('b'), toggle('b')))).toBe('b*');
    expect(said(made(click('b'), toggle('c'), toggle('b'), toggle('c')))).toBe('c*');
  });

  test('is a range, from where it began, upwards and downwards', () => {
    expect(said(made(click('b'), shift('d')))).toBe('b c d*');
    expect(said(made(click('b'), shift('d'), shift('a')))).toBe('a* b');
    expect(said(made(click('b'), shift('b')))).toBe('b*');
    // From the one that was toggled last, and without what was chosen beside it.
    expect(said(made(click('a'), toggle('d'), shift('e')))).toBe('d e*');
  });

  test('is everything that is shown', () => {
    expect(said(complete(made(click('b')), ROWS))).toBe('a b* c d e');
    expect(said(complete(made(click('b')), ['b', 'c']))).toBe('b* c');
  });

  test('is one again with a click', () => {
    expect(said(made(click('a'), shift('e'), click('c')))).toBe('c*');
  });

  test('shows the details of another one of it, and of one beside it alone', () => {
    const three = made(click('a'), shift('c'));
    expect(said(promoted(three, 'a', ROWS))).toBe('a* b c');
    expect(said(promoted(three, 'e', ROWS))).toBe('e*');
  });
});

describe('rows that go', () => {
  const three = made(click('a'), shift('c'));

  test('are not chosen any more; of the others, the last one shows its details', () => {
    expect(said(three, ['a', 'b', 'd'])).toBe('a b*');
    expect(said(three, ['c', 'd'])).toBe('c*');
  });

  test('and come back as they were, as long as nothing else was chosen', () => {
    expect(said(three, ['d', 'e'])).toBe('d*');
    expect(said(three, ROWS)).toBe('a b c*');
  });

  test.each([
    ['another click', alone('d')],
    ['one more', toggled(three, 'd', ['b', 'd', 'e'])],
    ['a range', ranged(three, 'e', ['b', 'd', 'e'])],
    ['everything', complete(three, ['b', 'd', 'e'])],
  ])('are not chosen behind the back of who cannot see them: after %s', (_, choice) => {
    for (const hidden of ['a', 'c']) expect(chosenOf(choice, ROWS)).not.toContain(hidden);
  });

  test('take neither the range nor the keyboard with them', () => {
    // The range began at `a`, which has gone: it begins at the one whose details are shown.
    expect(said(ranged(three, 'e', ['b', 'c', 'd', 'e']), ['b', 'c', 'd', 'e'])).toBe('c d e*');
    expect(cursorOf(three, ['a', 'b', 'd'])).toBe('b');
  });

  test('are all of an earlier page: the first row of the next one is selected, and no other', () => {
    expect(said(three, ['x', 'y', 'z'])).toBe('x*');
    expect(said(toggled(three, 'z', ['x', 'y', 'z']), ['x', 'y', 'z'])).toBe('x z*');
  });
});

test('the keyboard is where it was moved, and goes with every choice', () => {
  const moved = { ...made(click('b')), cursor: 'd' };
  expect([cursorOf(moved, ROWS), said(moved)]).toEqual(['d', 'b*']);
  expect(cursorOf(toggled(moved, 'e', ROWS), ROWS)).toBe('e');
  expect(cursorOf(complete(moved, ROWS), ROWS)).toBe('d');
  expect(cursorOf(promoted(moved, 'a', ROWS), ROWS)).toBe('a');
});
