import type { FaultType } from '../protocol/command.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { EXACT } from './level-of-detail.ts';
import type { Source } from './source.ts';
import type { Range } from './timeline.ts';

/** A stretch of time in which faults are, or were, in force on a source: those that overlap, or nearly touch, are one. */
export interface Rail {
  /** Which ones, in the order in which they began. */
  faults: readonly FaultType[];
  began: Milliseconds;
  /** Undefined while one of them lasts. */
  ended?: Milliseconds;
  /** How many faults it stands for. */
  count: number;
  /** How many events or attempts they changed. */
  acted: number;
}

/** The faults of a source within `range`. What is `least` apart, or less, is one. O(faults). */
export function laneFaults(source: Source, range: Range, { least } = EXACT): Rail[] {
  const rails: Rail[] = [];
  for (const { fault, from: began, to, acted } of source.faults) {
    if (began > range.to) break;
    // On a source that has ended nothing is in force, whoever did not say so.
    const ended = to ?? source.ended?.time;
    if (ended !== undefined && ended < range.from) continue;
    const last = rails.at(-1);
    if (last && !(began > (last.ended ?? Number.POSITIVE_INFINITY) + least))
      rails[rails.length - 1] = join(last, { fault, ended, acted });
    else rails.push({ faults: [fault], began, count: 1, acted, ...(ended !== undefined && { ended }) });
  }
  return rails;
}

function join(
  { faults, began, ended: before, count, acted: changed }: Rail,
  { fault, ended, acted }: { fault: FaultType; ended: Milliseconds | undefined; acted: number },
): Rail {
  const rail: Rail = {
    faults: faults.includes(fault) ? faults : [...faults, fault],
    began,
    count: count + 1,
    acted: changed + acted,
  };
  return before === undefined || ended === undefined ? rail : { ...rail, ended: Math.max(before, ended) };
}
