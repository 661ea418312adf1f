import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { evidenceLabel } from '../../../src/panel/evidence-wording.ts';
import { writeIn } from '../../../src/panel/format.ts';
import { FAULTS, type FaultType } from '../../../src/protocol/command.ts';
import { speakAs } from '../../support/locale.ts';
import { logOf } from '../../support/story.ts';

const SINCE = signal<number | undefined>(1000);
const say = (language: 'en' | 'zh-CN') => {
  speakAs(language);
  writeIn(language, SINCE);
};
const fault = (which: FaultType) => evidenceLabel({ type: 'fault', source: 'A 1', fault: which, time: 3500 }, []);

test('a fault of ours is called by its name: a cut is no reset', () => {
  say('en');
  expect(fault('cut')).toBe('Forced fault: Cut, +2.5 s');
  expect(fault('respond')).toBe('Forced fault: Other answer, +2.5 s');
  say('zh-CN');
  expect(fault('cut')).toBe('强制故障：截断，+2.5 秒');
});

test.each(['en', 'zh-CN'] as const)('each of them by another one (%s)', (language) => {
  say(language);
  const all = Object.keys(FAULTS) as FaultType[];
  expect(new Set(all.map(fault)).size).toBe(all.length);
});

test('an event by its id, and by its time where it has none, or is not there any more', () => {
  say('en');
  const { sources } = logOf('construct /a · connect · announce · dispatch 7');
  const [source] = sources;
  const event = (seq: number) => evidenceLabel({ type: 'event', source: source?.key ?? '', seq, time: 1500 }, sources);
  expect([event(4), event(9)]).toEqual(['Event 7', 'Event +0.500 s']);
});
