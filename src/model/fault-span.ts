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
  /** How many attempts or connections of its stream it has had, where that was limited. */
  used?: number;
  /** When its own time is over. */
  until?: Milliseconds;
}

/** Was it in force at some time from `from` to `to`? */
export const wasInForce = (span: FaultSpan, from: Milliseconds, to: Milliseconds): boolean =>
  span.from <= to && (span.to ?? to) >= from;

/** So many on one source at once are not put by anyone: the oldest is taken to be over then. */
const MOST = 1000;

/** Those that last, by order: so that a page which makes up a million of them costs no search for each. */
const lasting = new WeakMap<FaultSpan[], Map<OrderId, FaultSpan>>();

function lastingIn(faults: FaultSpan[]): Map<OrderId, FaultSpan> {
  const known = lasting.get(faults);
  if (known) return known;
  const found = new Map(faults.filter(({ to }) => to === undefined).map((span) => [span.order, span]));
  lasting.set(faults, found);
  return found;
}

/** In place. What has no beginning lost it on the way: it began when it was first heard of. */
export function applyFault(faults: FaultSpan[], record: FaultRecord, time: Milliseconds): void {
  const { phase, order, fault, count, used, until } = record;
  const open = lastingIn(faults);
  let span = open.get(order);
  if (!span) {
    span = { order, fault, from: time, acted: 0 };
    faults.push(span);
    open.set(order, span);
  }
  span.acted += count ?? 0;
  if (used !== undefined) span.used = used;
  if (until !== undefined) span.until = until;
  if (phase === 'end') end(open, span, time);
  else if (open.size > MOST) {
    const [oldest] = open.values();
    if (oldest) end(open, oldest, time);
  }
}

function end(open: Map<OrderId, FaultSpan>, span: FaultSpan, time: Milliseconds): void {
  span.to = time;
  open.delete(span.order);
}
