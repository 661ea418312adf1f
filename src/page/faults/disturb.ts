import type { Order, Refusal } from '../../protocol/command.ts';
import type { SourceId } from '../../protocol/record.ts';
import { readyStateOf } from '../event-source/native.ts';
import type { Sources, TrackedSource } from '../event-source/sources.ts';
import { takeOver } from '../event-source/takeover.ts';
import type { Ground } from '../ground.ts';
import { CLOSED } from '../managed/connection.ts';

export const isClosed = (object: EventSource, { connection }: TrackedSource): boolean =>
  (connection ? connection.readyState : readyStateOf(object)) === CLOSED;

/** Is it closed, or has the page let go of it? */
export function isEnded(sources: Sources, id: SourceId): boolean {
  const object = sources.object(id);
  const source = object && sources.of(object);
  return !object || !source || isClosed(object, source);
}

/** Does to this source, which is not closed, what a fault does at once; one that lasts is in force by now. */
export function disturb(
  object: EventSource,
  source: TrackedSource,
  { fault }: Order,
  ground: Ground,
): Refusal | undefined {
  const { connection } = source;
  const managed = () => connection ?? takeOver(object, source, ground);
  if (connection) ground.orders.enter(source);
  switch (fault.type) {
    case 'reset':
    case 'outage':
      if (!connection?.waiting) managed().reset(fault.type, source.pastIds.resumed(fault.resume));
      else if (fault.type === 'reset') return 'waiting';
      break;
    case 'fail':
      managed().fail();
      break;
    case 'inject':
      break;
    default:
      // What is the browser's knows no faults: it becomes ours by a reset.
      if (!connection) managed().reset('reset');
  }
  return undefined;
}
