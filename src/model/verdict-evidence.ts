import type { Milliseconds } from '../protocol/record.ts';
import type { Attempt } from './attempt.ts';
import type { Run } from './resumption-run.ts';
import type { Source } from './source.ts';
import type { Evidence } from './verdict.ts';

/** Faults seldom begin so often on one source; more of them would make a list that nobody reads. */
const MOST_FAULTS = 10;

/** What shows a verdict: the connection that was lost and its last event, the new one and its first event, our faults. */
export function evidenceOf(
  { key: source, faults }: Source,
  previous: Attempt | undefined,
  attempt: Attempt,
  run: Run | undefined,
  lost: Milliseconds,
): Evidence[] {
  const evidence: Evidence[] = [];
  if (previous) evidence.push({ type: 'attempt', source, attempt: previous.number, time: lost });
  const last = run?.past?.last;
  if (last) evidence.push({ type: 'event', source, seq: last.seq, time: last.time });
  const { number, announced, time } = attempt;
  evidence.push({ type: 'attempt', source, attempt: number, time: announced ?? time });
  // Where events came again, the first that did not is where the stream goes on.
  for (const glimpse of new Set([run?.first, run?.repeated ? run.fresh : undefined])) {
    if (glimpse) evidence.push({ type: 'event', source, seq: glimpse.seq, time: glimpse.time });
  }
  const [from, to] = [last?.time ?? lost, run?.fresh?.time ?? announced ?? time];
  const ours = faults.filter((fault) => fault.acted > 0 && fault.from <= to && (fault.to ?? to) >= from);
  for (const { fault, from: began } of ours.slice(-MOST_FAULTS)) {
    evidence.push({ type: 'fault', source, fault, time: Math.max(began, from) });
  }
  if (previous?.ended?.forced) {
    evidence.push({ type: 'fault', source, fault: previous.ended.fault ?? 'reset', time: lost });
  }
  return evidence;
}
