import type { Milliseconds, StreamRecord } from '../protocol/record.ts';
import type { Attempt } from './attempt.ts';
import { addItems } from './attempt-items.ts';
import { isUnheard } from './ledger.ts';
import type { Source } from './source.ts';
import type { StreamEvent } from './stream-event.ts';
import type { StreamItem } from './stream-item.ts';

/** What the tap saw in a body at one moment, in the order of the stream. */
export interface Parts {
  time: Milliseconds;
  parts: readonly StreamRecord[];
}

/** What became of them: what is listed now, and how many events are not, because nothing is to be kept. */
export interface Taken {
  items: readonly StreamItem[];
  unkept: number;
}

/**
 * Takes what the tap saw in the body of an attempt into `source`, in place. Of a document, that is what its page does not
 * tell: lines, and events that it does not listen for. Of what only the network knows, it is all; nobody knows whether
 * anyone listens then, so that none of it is called unheard. `count` gives a number that rises. O(parts) (amortized).
 */
export function takeParts(
  source: Source,
  attempt: Attempt,
  told: readonly Parts[],
  keeps: boolean,
  count: () => number,
): Taken {
  const items: StreamItem[] = [];
  let unkept = 0;
  for (const { time, parts } of told) {
    for (const part of parts) {
      const at = { seq: count(), time, attempt: attempt.number };
      if (part.type !== 'dispatch') {
        const { type, value, size } = part;
        if (keeps) items.push({ ...at, type, value, size });
        continue;
      }
      const { event: type, data, size, lastEventId } = part;
      const event: StreamEvent = { ...at, type, data, size, lastEventId, heard: source.networkOnly === true };
      const alike = source.networkOnly ? undefined : isUnheard(source, attempt, event, time);
      if (!alike && !source.networkOnly) continue;
      alike?.unheard.push(keeps ? event : undefined);
      attempt.events += 1;
      attempt.size += size;
      if (isLatest(source, attempt)) source.lastEventId = lastEventId;
      if (keeps) items.push(event);
      else unkept += 1;
    }
  }
  addItems(source, attempt.number, items);
  return { items, unkept };
}

/** [spec] The last event ID is set by an event whether anybody listens for it or not. Once it is over, the page knows. */
function isLatest(source: Source, attempt: Attempt): boolean {
  return attempt === source.attempts.at(-1) && attempt.ended === undefined;
}
