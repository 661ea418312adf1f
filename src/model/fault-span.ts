import type { FaultType, OrderId } from '../protocol/command.ts';
import type { FaultRecord, Milliseconds } from '../protocol/record.ts';

/** A fault that is, or was, in force on a source. */
export interface FaultSpan {
  order: OrderId;
  fault: FaultType;
  from: Milliseconds;
  /** Undefined while it lasts. */
  to?: Milliseconds;
  /** How many events or attempts it changed. */
  acted: number;
}

/** In place. What has no beginning lost it on the way: it began when it was first heard of. */
export function applyFault(faults: FaultSpan[], { phase, order, fault, count }: FaultRecord, time: Milliseconds): void {
  let span = faults.findLast((one) => one.order === order && one.to === undefined);
  if (!span) {
    span = { order, fault, from: time, acted: 0 };
    faults.push(span);
  }
  span.acted += count ?? 0;
  if (phase === 'end') span.to = time;
}
