import type { Criterion, Line, Reason, StepName, StepResult } from '../model/check-plan.ts';
import type { ReportWords } from '../model/check-report.ts';
import { duration, number } from './format.ts';
import { type MessageKey, text } from './text.ts';

const STEPS: Record<StepName, MessageKey> = {
  baseline: 'checkStepBaseline',
  reset: 'checkStepReset',
  outage: 'checkStepOutage',
  refuse: 'checkStepRefuse',
  stale: 'checkStepStale',
  status: 'checkStepStatus',
};

const CRITERIA: Record<Criterion, MessageKey> = {
  reconnected: 'checkReconnected',
  'in-time': 'checkInTime',
  'id-sent': 'checkIdSent',
  'no-loss': 'checkNoLoss',
  'no-repeats': 'checkNoRepeats',
  'one-live': 'checkOneLive',
  'no-errors': 'checkNoErrors',
};

const RESULTS: Record<StepResult['result'], MessageKey> = {
  pass: 'checkPass',
  fail: 'checkFail',
  unknown: 'checkUnknown',
};

/** The sentence of a reason, and the values that it takes, in order. A second one is for lines that have the value. */
const REASONS: Record<
  Reason,
  { says: MessageKey; takes?: readonly string[]; with?: [value: string, says: MessageKey] }
> = {
  'by-browser': { says: 'checkByBrowser', takes: ['took'] },
  'by-app': { says: 'checkByApp', takes: ['delay', 'took'] },
  'gave-up': { says: 'checkGaveUp', takes: ['status'], with: ['status', 'checkGaveUpStatus'] },
  'still-trying': { says: 'checkStillTrying' },
  took: { says: 'checkTook', takes: ['took', 'allowed'] },
  sent: { says: 'checkSent', takes: ['id', 'first'] },
  'sent-older': { says: 'checkSentOlder', takes: ['id', 'last', 'first'] },
  'sent-unknown': { says: 'checkSentUnknown', takes: ['id'] },
  'none-sent': { says: 'checkNoneSent', takes: ['last'] },
  'no-ids': { says: 'checkNoIds' },
  equal: { says: 'checkEqual', takes: ['events'] },
  missed: { says: 'checkMissedNoIds', takes: ['count', 'from', 'to'], with: ['from', 'checkMissed'] },
  continues: { says: 'checkContinues', takes: ['last', 'first'] },
  gap: { says: 'checkGap', takes: ['count', 'last', 'first'] },
  repeated: { says: 'checkRepeated', takes: ['count'] },
  'asked-for': { says: 'checkAskedFor', takes: ['count'] },
  alike: { says: 'checkAlike', takes: ['count'] },
  'no-witness': { says: 'checkNoWitness', takes: ['status'], with: ['status', 'checkNoWitnessStatus'] },
  incomparable: { says: 'checkIncomparable' },
  live: { says: 'checkLive', takes: ['count'] },
  errors: { says: 'checkErrors', takes: ['count', 'message'] },
  'no-errors': { says: 'checkErrorsNone' },
  'not-reconnected': { says: 'checkNotReconnected' },
  'not-open': { says: 'checkNotOpen' },
  'not-disturbed': { says: 'checkNotDisturbed' },
  left: { says: 'checkLeft' },
};

const ADVICE: Partial<Record<Reason, MessageKey>> = {
  'gave-up': 'checkAdviceGaveUp',
  took: 'checkAdviceTime',
  'still-trying': 'checkAdviceTime',
  'none-sent': 'checkAdviceId',
  missed: 'checkAdviceLoss',
  gap: 'checkAdviceLoss',
  repeated: 'checkAdviceRepeats',
  live: 'checkAdviceLive',
  errors: 'checkAdviceErrors',
};

const DURATIONS = new Set(['took', 'allowed', 'delay']);
const COUNTS = new Set(['count', 'events']);

export const stepName = (name: StepName): string => text(STEPS[name]);
export const criterionName = (criterion: Criterion): string => text(CRITERIA[criterion]);

/** What a line is based on, as a sentence. */
export function lineReason({ reason, values }: Line): string {
  const { says, takes = [], with: other } = REASONS[reason];
  const written = takes.map((name) => {
    const value = values[name] ?? '';
    if (typeof value !== 'number') return value;
    if (DURATIONS.has(name)) return duration(value);
    return COUNTS.has(name) ? number(value) : `${value}`;
  });
  const has = other !== undefined && (values[other[0]] ?? '') !== '';
  return text(has ? other[1] : says, ...written);
}

/** What to do about a line that failed; '' where nothing is. */
export function lineAdvice({ result, reason, values }: Line): string {
  const key = ADVICE[reason];
  if (result !== 'fail' || !key) return '';
  return text(reason === 'gave-up' && 'status' in values ? 'checkAdviceStatus' : key);
}

/** The words of a report, in the user's language. */
export const reportWords = (): ReportWords => ({
  title: text('checkTitle'),
  step: stepName,
  criterion: criterionName,
  result: (result) => text(RESULTS[result]),
  reason: lineReason,
  advice: lineAdvice,
  duration,
  counts: ({ pass, fail, unknown }) => text('checkCounts', number(pass), number(fail), number(unknown)),
  page: text('checkPage'),
  began: text('checkBegan'),
  stopped: text('checkStopped'),
  stepHead: text('checkStep'),
  recoveredHead: text('checkRecovered'),
  failures: text('checkFailures'),
  unknowns: text('checkUnknowns'),
  none: text('none'),
});
