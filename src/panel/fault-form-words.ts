import type { DraftType, FieldName, Measure, Problem } from '../model/fault-draft.ts';
import { decimal } from './format.ts';
import { type MessageKey, text } from './text.ts';

/** What a field is called in a form. */
export const FIELD_WORDS: Readonly<Record<FieldName, MessageKey>> = {
  duration: 'fieldDuration',
  resume: 'fieldResume',
  events: 'fieldEvents',
  id: 'fieldId',
  status: 'fieldStatus',
  contentType: 'fieldContentType',
  arrives: 'fieldArrives',
  delay: 'fieldDelay',
  jitter: 'fieldJitter',
  rate: 'fieldRate',
  every: 'fieldEvery',
  after: 'fieldAfter',
  idle: 'fieldAfter',
  unit: 'fieldUnit',
  inside: 'fieldInside',
  probability: 'fieldProbability',
  least: 'fieldLeast',
  most: 'fieldMost',
};

/** What is wrong, in one sentence that says how it is right. */
export function problemSentence(problem: Problem): string {
  switch (problem.wrong) {
    case 'number': {
      const { field, measure } = problem;
      return numberSentence(text(FIELD_WORDS[field]), measure.least, measure.most, measure.isWhole);
    }
    case 'contentType':
      return text('wrongContentType');
    case 'order':
      return text('wrongOrder');
    case 'jitter':
      return text('wrongJitter');
  }
}

export function numberSentence(field: string, least: number, most: number, isWhole?: boolean): string {
  return text(isWhole ? 'wrongWhole' : 'wrongNumber', field, decimal(least), decimal(most));
}

export const UNIT_WORDS: Readonly<Record<NonNullable<Measure['unit']>, MessageKey>> = {
  seconds: 'unitSeconds',
  milliseconds: 'unitMilliseconds',
  bytesPerSecond: 'unitBytesPerSecond',
  percent: 'unitPercent',
};

/** What the options of choices are called. */
export const OPTION_WORDS: Readonly<Record<string, MessageKey>> = {
  kept: 'optionKept',
  dropped: 'optionDropped',
  old: 'optionOld',
  given: 'optionGiven',
  never: 'optionNever',
  late: 'optionLate',
  events: 'optionEvents',
  bytes: 'optionBytes',
  idle: 'optionIdle',
  between: 'optionBetween',
  inside: 'optionInside',
};

/** What a fault is called above its form. */
export const FAULT_TITLES: Readonly<Record<DraftType, MessageKey>> = {
  reset: 'titleReset',
  outage: 'titleOutage',
  refuse: 'titleRefuse',
  respond: 'titleRespond',
  fail: 'titleFail',
  hang: 'titleHang',
  silence: 'titleSilence',
  delay: 'titleDelay',
  throttle: 'titleThrottle',
  burst: 'titleBurst',
  cut: 'titleCut',
  drop: 'titleDrop',
  duplicate: 'titleDuplicate',
  reorder: 'titleReorder',
  chaos: 'titleChaos',
};
