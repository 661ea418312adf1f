import type { FaultType } from '../protocol/command.ts';
import type { Milliseconds } from '../protocol/record.ts';
import type { Attempt } from './attempt.ts';
import type { Source } from './source.ts';

/** Where to look for what a verdict, a finding or a check says: a click shows it. */
export type Evidence =
  | { type: 'attempt'; source: string; attempt: number; time: Milliseconds }
  | { type: 'event'; source: string; seq: number; time: Milliseconds }
  | { type: 'time'; source: string; from: Milliseconds; to: Milliseconds }
  /** A fault of ours was in force then, and had a part in it: the server is not to blame for that. */
  | { type: 'fault'; source: string; fault: FaultType; time: Milliseconds };

/** `time`: when that of it happened which is meant. */
export const evidenceOfAttempt = (
  { key: source }: Pick<Source, 'key'>,
  { number: attempt }: Pick<Attempt, 'number'>,
  time: Milliseconds,
): Evidence => ({ type: 'attempt', source, attempt, time });

export const evidenceOfEvent = (
  { key: source }: Pick<Source, 'key'>,
  { seq, time }: { seq: number; time: Milliseconds },
): Evidence => ({ type: 'event', source, seq, time });
