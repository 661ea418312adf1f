import { beforeAll, describe, expect, test } from 'vitest';
import { faultOf, firstDraft } from '../../../src/model/fault-draft.ts';
import { problemSentence } from '../../../src/panel/fault-form-words.ts';
import { faultWords, leftWords, lifetimeWords, targetWords } from '../../../src/panel/fault-words.ts';
import { writeIn } from '../../../src/panel/format.ts';
import type { Fault } from '../../../src/protocol/command.ts';
import { speakAs } from '../../support/locale.ts';

beforeAll(() => {
  speakAs('en');
  writeIn('en');
});

describe('a fault says what it does, with its numbers', () => {
  test.each<[Fault, string]>([
    [{ type: 'outage', duration: 5000, resume: { type: 'kept' } }, 'Outage 5 s'],
    [{ type: 'outage', duration: 90_000, resume: { type: 'kept' } }, 'Outage 90 s'],
    [{ type: 'respond', status: 503, contentType: 'text/plain' }, 'Respond 503 text/plain'],
    [{ type: 'hang', duration: 800 }, 'No answer for 800 ms'],
    [{ type: 'silence', duration: 2500, arrives: 'never' }, 'Silence 2.5 s, lost'],
    [{ type: 'delay', delay: 400, jitter: 100 }, 'Delay 400 ± 100 ms'],
    [{ type: 'delay', delay: 400, jitter: 0 }, 'Delay 400 ms'],
    [{ type: 'delay', delay: 2000, jitter: 100 }, 'Delay 2,000 ± 100 ms'],
    [{ type: 'delay', delay: 3000, jitter: 1500 }, 'Delay 3 ± 1.5 s'],
    [{ type: 'throttle', rate: 1024 }, 'Throttle to 1,024 B/s'],
    [{ type: 'cut', after: 1, unit: 'events', inside: false }, 'Cut after 1 event'],
    [{ type: 'cut', after: 3, unit: 'bytes', inside: false }, 'Cut after 3 bytes'],
    [{ type: 'cut', after: 3, unit: 'events', inside: true }, 'Cut inside the event after 3'],
    [{ type: 'cut', idle: 60_000 }, 'Cut after 60 s without traffic'],
    [{ type: 'drop', probability: 0.07 }, 'Drop 7% of events'],
    [{ type: 'duplicate', probability: 0.001 }, 'Duplicate 0.1% of events'],
    [{ type: 'chaos', least: 2000, most: 15_000 }, 'Reset every 2 to 15 s'],
    [{ type: 'chaos', least: 500, most: 2000 }, 'Reset every 500 to 2,000 ms'],
    [{ type: 'chaos', least: 60_000, most: 60_000 }, 'Reset every 60 s'],
  ])('%j', (fault, words) => expect(faultWords(fault)).toBe(words));

  test('in Chinese too', () => {
    speakAs('zh-CN');
    writeIn('zh-CN');
    expect(faultWords({ type: 'delay', delay: 400, jitter: 100 })).toBe('延迟 400 ± 100 毫秒');
    speakAs('en');
    writeIn('en');
  });
});

test('a lifetime is as it was ordered, or its own', () => {
  const refuse: Fault = { type: 'refuse' };
  expect(lifetimeWords({ fault: refuse, times: 1 })).toBe('once for each stream');
  expect(lifetimeWords({ fault: refuse, times: 3 })).toBe('3 times for each stream');
  expect(lifetimeWords({ fault: refuse })).toBe('until removed');
  expect(lifetimeWords({ fault: { type: 'chaos', least: 1, most: 2 } })).toBe('until removed');
  expect(lifetimeWords({ fault: { type: 'silence', duration: 1, arrives: 'late' } })).toBe('until it is over');
});

test('what is left counts down: in whole seconds, of which the last one is shown until it is over', () => {
  const until = (left: number) => leftWords({ type: 'until', until: 100_000 + left }, 0, 100_000);
  expect([12_000, 11_001, 1, 0, -500].map(until)).toEqual([
    '12 s left',
    '12 s left',
    '1 s left',
    '0 s left',
    '0 s left',
  ]);
  expect([59_001, 90_000, 3_600_000].map(until)).toEqual(['1:00 left', '1:30 left', '1:00:00 left']);
  const times = (least: number, most: number) => leftWords({ type: 'times', least, most }, 3, 0);
  expect([times(2, 2), times(0, 3)]).toEqual(['2 of 3 left', '0 to 3 of 3 left']);
});

test('a target says whom it means', () => {
  expect([targetWords({ type: 'all' }), targetWords({ type: 'pattern', pattern: '/api/*' })]).toEqual([
    'all of the tab',
    'URLs with /api/*',
  ]);
});

test('what is wrong is said with what is right', () => {
  const wrong = (type: 'outage' | 'cut' | 'delay', draft: object) => {
    const result = faultOf(type, { ...firstDraft(type), ...draft });
    return 'problem' in result && problemSentence(result.problem);
  };
  expect(wrong('outage', { duration: 'soon' })).toBe('For: write a number from 0.1 to 3,600.');
  expect(wrong('cut', { after: '1.5' })).toBe('After: write a whole number from 1 to 1,000,000.');
  expect(wrong('delay', { delay: '1' })).toContain('must not be greater than the delay');
});
