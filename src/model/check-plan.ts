import type { Fault } from '../protocol/command.ts';
import type { Milliseconds } from '../protocol/record.ts';
import type { Evidence } from './evidence.ts';

export type StepName = 'baseline' | 'reset' | 'outage' | 'refuse' | 'stale' | 'status';

/** One thing that a stream has to live through. */
export interface Step {
  name: StepName;
  fault: Fault;
  /** For how many attempts. */
  times?: number;
  /** The fault happens to the attempts that follow a reset, and does not reset by itself what is managed already. */
  needsReset: boolean;
  /** From the loss until it is open again. */
  allowed: Milliseconds;
}

/** How many events old the stale id is. */
export const STALE = 10;
const kept = { type: 'kept' } as const;

/** In this order, as the last one may end a stream for good. The three refused attempts take Firefox 20 s by itself. */
export const PLAN: readonly Step[] = [
  { name: 'reset', fault: { type: 'reset', resume: kept }, needsReset: false, allowed: 15_000 },
  { name: 'outage', fault: { type: 'outage', duration: 5000, resume: kept }, needsReset: false, allowed: 20_000 },
  { name: 'refuse', fault: { type: 'refuse' }, times: 3, needsReset: true, allowed: 30_000 },
  {
    name: 'stale',
    fault: { type: 'reset', resume: { type: 'old', events: STALE } },
    needsReset: false,
    allowed: 15_000,
  },
  {
    name: 'status',
    fault: { type: 'respond', status: 503, contentType: 'text/plain' },
    times: 1,
    needsReset: true,
    allowed: 15_000,
  },
];

export const CRITERIA = [
  'reconnected',
  'in-time',
  'id-sent',
  'no-loss',
  'no-repeats',
  'one-live',
  'no-errors',
] as const;
export type Criterion = (typeof CRITERIA)[number];

/** Why a line of the table says what it says. Its words are made of this and of `values` (panel). */
export type Reason =
  | 'by-browser' // the same object connected again
  | 'by-app' // `url`: the app made a new one, `delay` after the loss
  | 'gave-up' // closed, and nobody made a new one; `native`: an EventSource never tries again after that
  | 'still-trying'
  | 'took' // `took` of `allowed`
  | 'sent' // `id`, `way`: header or query
  | 'sent-older' // the same; not the last one, but one that it had seen
  | 'sent-unknown' // `id` that no event had
  | 'none-sent' // though the last event had the id `last`
  | 'no-ids'
  | 'equal' // `events` by the witness, and all of them once in the app
  | 'missed' // `count` that the witness got, `from`, `to` their ids
  | 'continues' // integers: `last` before, `first` after
  | 'gap' // integers: `count` between `last` and `first`
  | 'repeated' // `count` dispatched again
  | 'asked-for' // `count` came again, as the stale id asks for: whether the app skips them, it alone knows
  | 'alike' // `count` came again that may as well be new ones: no ids
  | 'no-witness' // refused, with `status`
  | 'incomparable' // nothing that both got tells where to begin or to end
  | 'live' // `count` connections
  | 'errors' // `count`, `message` of the first
  | 'no-errors'
  | 'not-reconnected'
  | 'not-open' // before the step: nothing to disturb
  | 'not-disturbed' // the fault did not happen
  | 'left'; // its document went away

/** One cell of the table. `unknown`: there is no evidence for the one or the other. */
export interface Line {
  criterion: Criterion;
  result: 'pass' | 'fail' | 'unknown';
  reason: Reason;
  values: Readonly<Record<string, number | string>>;
  evidence: readonly Evidence[];
}

/** What became of one stream in one step. */
export interface StepResult {
  step: StepName;
  /** `unknown`: it could not be tried, or nothing is known of it. */
  result: 'pass' | 'fail' | 'unknown';
  from: Milliseconds;
  to: Milliseconds;
  /** From the loss until it was open again. */
  recovered?: Milliseconds;
  /** By criterion, in the order of {@link CRITERIA}. */
  lines: readonly Line[];
}

/** Fails with any of its lines; passes if it came back, whatever else is not known. */
export function resultOf(lines: readonly Line[]): StepResult['result'] {
  if (lines.some(({ result }) => result === 'fail')) return 'fail';
  return lines.find(({ criterion }) => criterion === 'reconnected')?.result ?? 'unknown';
}
