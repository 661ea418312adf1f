import { beforeAll, describe, expect, test } from 'vitest';
import type { FindingType } from '../../../src/model/finding.ts';
import type { Resumption } from '../../../src/model/verdict.ts';
import { findingAdvice, findingSentence } from '../../../src/panel/finding-wording.ts';
import { writeIn } from '../../../src/panel/format.ts';
import { gapWords, resumptionAdvice, resumptionWhy, resumptionWords } from '../../../src/panel/verdict-wording.ts';
import { speakAs } from '../../support/locale.ts';

const RESUMPTIONS: Resumption[] = [
  { type: 'exact', by: 'integers' },
  { type: 'lost', count: 7, by: 'integers', from: '89', to: '95' },
  { type: 'lost', count: 2, by: 'witness' },
  { type: 'repeated', count: 2, by: 'ids' },
  { type: 'lost and repeated', lost: 1, repeated: 2, by: 'witness' },
  { type: 'restarted', repeated: 5 },
  { type: 'ignored' },
  ...(['no ids', 'ids do not count', 'nothing came yet', 'no witness', 'incomplete'] as const).map(
    (why): Resumption => ({ type: 'unknown', why }),
  ),
];

// One of each: the compiler misses those that are not here.
const TYPES: Record<FindingType, true> = {
  lost: true,
  'gave-up': true,
  fighting: true,
  storm: true,
  loop: true,
  repeated: true,
  ignored: true,
  'error-event': true,
  'ids-repeated': true,
  'ids-backwards': true,
  unheard: true,
  'no-ids': true,
  silence: true,
  'six-connections': true,
  leaked: true,
  bursts: true,
};
const VALUES = { count: 4, duration: 3500, id: 'a-17', event: 'tick', host: 'example.com', status: 503 };

describe.each(['en', 'zh-CN'] as const)('in %s', (language) => {
  beforeAll(() => {
    speakAs(language);
    writeIn(language);
  });

  test('every verdict has words of its own, and says what shows it', () => {
    const words = RESUMPTIONS.map((one) => resumptionWords(one).words);
    expect(new Set(words).size).toBe(RESUMPTIONS.length);
    for (const one of RESUMPTIONS) expect(resumptionWhy(one)).toMatch(/\p{L}.*[.。]/u);
  });

  test('says what to do, except where all went well or an event has to come first', () => {
    const without = RESUMPTIONS.filter((one) => resumptionAdvice(one) === '');
    expect(without).toEqual([
      { type: 'exact', by: 'integers' },
      { type: 'unknown', why: 'nothing came yet' },
    ]);
  });

  test.each(Object.keys(TYPES) as FindingType[])('%s has a sentence and something to do', (type) => {
    const sentence = findingSentence({ type, values: VALUES });
    expect(sentence).toMatch(/\p{L}/u);
    expect(sentence).not.toMatch(/\$|undefined|NaN/);
    expect(findingAdvice({ type })).toMatch(/[.。]$/);
  });
});

describe('numbers', () => {
  beforeAll(() => {
    speakAs('en');
    writeIn('en');
  });

  test('one event is not 1 events', () => {
    expect(resumptionWords({ type: 'lost', count: 1, by: 'integers' }).words).toBe('1 event lost');
    expect(resumptionWords({ type: 'lost', count: 7000, by: 'integers' }).words).toBe('7,000 events lost');
    expect(resumptionWords({ type: 'lost and repeated', lost: 1, repeated: 2, by: 'witness' }).words).toBe(
      '1 event lost · 2 events repeated',
    );
  });

  test('a gap of one id names that one', () => {
    expect(gapWords({ type: 'lost', count: 1, by: 'integers', from: '89', to: '89' })).toBe('id 89 never arrived');
    expect(gapWords({ type: 'lost', count: 7, by: 'integers', from: '89', to: '95' })).toBe(
      'ids 89 to 95 never arrived',
    );
  });

  test('ids of the page are text like any other', () => {
    const gap = gapWords({ type: 'lost', count: 2, by: 'witness', from: '$1', to: '<b>' });
    expect(gap).toBe('ids $1 to <b> never arrived');
  });
});
