import type { Order, Refusal } from '../../protocol/command.ts';
import { readyStateOf } from '../event-source/native.ts';
import { heard } from '../event-source/observe.ts';
import type { TrackedSource } from '../event-source/sources.ts';
import { takeOver } from '../event-source/takeover.ts';
import type { Ground } from '../ground.ts';
import { originOfUrl } from '../managed/pristine-fetch.ts';
import { OPEN } from '../managed/ready-state.ts';
import { dispatchEvent } from '../pristine.ts';
import { QUIET } from '../task-queue.ts';
import { blockOf, injector } from './injection.ts';

/** Does to this source, which is not closed, what a fault does at once; one that lasts is in force by now. */
export function disturb(
  object: EventSource,
  source: TrackedSource,
  { fault }: Order,
  ground: Ground,
): Refusal | undefined {
  const { connection } = source;
  const managed = () => source.connection ?? takeOver(object, source, ground);
  if (connection) ground.orders.enter(source);
  switch (fault.type) {
    case 'reset':
    case 'outage':
      if (connection?.waiting && fault.type === 'reset') return 'waiting';
      managed().resumeFrom(source.pastIds.resumed(fault.resume));
      if (!connection?.waiting) managed().reset(fault.type);
      break;
    case 'fail':
      managed().fail();
      break;
    case 'inject': {
      const block = blockOf(fault);
      if (!connection && fault.id === undefined && fault.retry === undefined) {
        if (readyStateOf(object) !== OPEN) return 'waiting';
        injectNative(object, source, block, ground);
        break;
      }
      if (!connection) managed().reset();
      managed().inject(block);
      break;
    }
    default:
      // What is the browser's knows no faults: it becomes ours by a reset.
      if (!connection) managed().reset();
  }
  return undefined;
}

/** What changes nothing of the connection needs no connection of ours. */
function injectNative(object: EventSource, source: TrackedSource, block: string, { profile, queue }: Ground): void {
  injector(
    {
      record: source.record,
      fire: (event) => dispatchEvent(object, event),
      heard: (type) => heard(object, source, type),
    },
    { lastEventId: source.lastEventId, reconnectionTime: 0 },
    profile,
    originOfUrl(source.url),
    (step) => queue(() => (readyStateOf(object) === OPEN ? step() : QUIET)),
  )(block);
}
