import type { FaultType } from '../protocol/command.ts';
import type { Milliseconds } from '../protocol/record.ts';
import type { Attempt } from './attempt.ts';
import { type Evidence, evidenceOfAttempt, evidenceOfEvent } from './evidence.ts';
import { wasInForce } from './fault-span.ts';
import type { Run } from './resumption-run.ts';
import type { Source } from './source.ts';
import type { Verdict } from './verdict.ts';

/** Faults seldom begin so often on one source; more of them would make a list that nobody reads. */
const MOST_FAULTS = 10;

/** What these do to a stream looks as a loss by the server would. */
const DAMAGING: readonly FaultType[] = ['drop', 'duplicate', 'reorder', 'silence'];

/** Did a fault of ours have a part in what came, or did not? */
export const isDamaged = ({ evidence }: Verdict): boolean =>
  evidence.some((one) => one.type === 'fault' && DAMAGING.includes(one.fault));

/** What shows a verdict: the connection that was lost and its last event, the new one and its first event, our faults. */
export function evidenceOf(
  of: Source,
  previous: Attempt | undefined,
  attempt: Attempt,
  run: Run | undefined,
  lost: Milliseconds,
): Evidence[] {
  const { key: source, faults } = of;
  const evidence: Evidence[] = [];
  if (previous) evidence.push(evidenceOfAttempt(of, previous, lost));
  const last = run?.past?.last;
  if (last) evidence.push(evidenceOfEvent(of, last));
  const { announced, time } = attempt;
  evidence.push(evidenceOfAttempt(of, attempt, announced ?? time));
  // Where events came again, the first that did not is where the stream goes on.
  for (const glimpse of new Set([run?.first, run?.repeated ? run.fresh : undefined])) {
    if (glimpse) evidence.push(evidenceOfEvent(of, glimpse));
  }
  const [from, to] = [last?.time ?? lost, run?.fresh?.time ?? announced ?? time];
  const ours = faults.filter((fault) => fault.acted > 0 && wasInForce(fault, from, to));
  for (const { fault, from: began } of ours.slice(-MOST_FAULTS)) {
    evidence.push({ type: 'fault', source, fault, time: Math.max(began, from) });
  }
  if (previous?.ended?.forced) {
    evidence.push({ type: 'fault', source, fault: previous.ended.fault ?? 'reset', time: lost });
  }
  return evidence;
}
