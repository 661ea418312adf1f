import { beforeAll, describe, expect, test } from 'vitest';
import type { Source } from '../../../src/model/source.ts';
import { isFaultable, isResettable } from '../../../src/model/source-state.ts';
import { leftOutWords, meantBy, resettable, selectedWords, targetOfChosen } from '../../../src/panel/reach.ts';
import { speakAs } from '../../support/locale.ts';
import { logOf } from '../../support/story.ts';

const { sources } = logOf(
  'construct /a · connect · announce · #2 construct /b · connect · announce · #3 construct /c · connect · fail',
);
const [open, other, ended] = sources as [Source, Source, Source];
const stray: Source = { ...open, key: 'stray', networkOnly: true };
const endedStray: Source = { ...ended, key: 'ended stray', networkOnly: true };

describe('of several sources', () => {
  beforeAll(() => speakAs('en'));

  test('those are meant to which it can be done, and one that is left is meant alone', () => {
    expect(targetOfChosen([open, other, ended], isFaultable)).toEqual({ type: 'sources', sources: [open, other] });
    expect(targetOfChosen([open, stray, ended], isFaultable)).toEqual({ type: 'source', source: open });
    expect(targetOfChosen([stray, ended], isFaultable)).toEqual({ type: 'sources', sources: [] });
    expect(targetOfChosen([], isFaultable)).toBeUndefined();
    expect(resettable([open, stray, ended])).toEqual([open]);
  });

  test('one that is chosen alone is meant whatever it is: it is told why nothing can be done', () => {
    expect(targetOfChosen([ended], isResettable)).toEqual({ type: 'source', source: ended });
  });

  test('a button of one of them is for all, that of another one for itself', () => {
    expect(meantBy(open, [open, ended])).toEqual([open, ended]);
    expect(meantBy(other, [open, ended])).toEqual([other]);
    expect(meantBy(open, [open])).toEqual([open]);
  });

  test('what is left out is said, each once, and nothing where nothing is', () => {
    const all = [open, stray, ended, endedStray];
    expect(leftOutWords(all, resettable(all))).toBe('Left out: 2 ended · 1 known to the network only');
    expect(leftOutWords([open, other], [open, other])).toBe('');
    expect(leftOutWords([open, other], [open])).toBe('Left out: 1 not open');
  });

  test('the menu says how many are meant', () => {
    expect(selectedWords([open])).toBe('Only /a');
    expect(selectedWords([open, other])).toBe('The 2 selected');
    expect(selectedWords([open, other, ended])).toBe('2 of the 3 selected');
    expect(selectedWords([stray, ended])).toBe('None of those selected');
  });

  test('in Chinese, too', () => {
    speakAs('zh-CN');
    expect(selectedWords([open, other, ended])).toBe('所选 3 条中的 2 条');
    expect(leftOutWords([open, ended], [open])).toBe('不包括：1 条已结束');
  });
});
