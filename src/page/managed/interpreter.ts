import type { Milliseconds, SourceRecord } from '../../protocol/record.ts';
import { eventStream, type StreamListener, type Tools } from '../../stream/event-stream.ts';
import { cut } from '../cut.ts';
import type { Passage } from '../faults/passage.ts';
import { indexOf, lastIndexOf, max, messageEvent, slice, toCharacter } from '../pristine.ts';
import { QUIET, type Queue } from '../task-queue.ts';
import type { BrowserProfile } from './browser-profile.ts';
import { utf8Decoder } from './pristine-fetch.ts';

/** What the parser uses of the realm. */
export const TOOLS: Tools = { slice, indexOf, lastIndexOf, max, toCharacter, utf8Decoder };

/** What a stream acts on. */
export interface Listening {
  record(record: SourceRecord): void;
  /** Dispatches on the page's object. What a listener throws is reported to the page and does not come back here. */
  fire(event: Event): void;
  heard(type: string): boolean;
}

/** What a connection acts on: in a page, one EventSource object and its journal. */
export interface Owner extends Listening {
  url: string;
  withCredentials: boolean;
  /** What the next attempt goes through. */
  passage(): Passage;
  /** The source has ended for good. */
  ended(): void;
}

/** What the parts of a stream change, and the next attempt starts from. */
export interface StreamState {
  lastEventId: string;
  reconnectionTime: Milliseconds;
}

/** Turns the bytes of one response into tasks: each records what happened, and tells the page. */
export function interpreter(
  { record, fire, heard }: Listening,
  state: StreamState,
  profile: BrowserProfile,
  origin: string,
  task: Queue,
): (bytes: Uint8Array<ArrayBuffer>) => void {
  const listener: StreamListener = {
    id: (id) =>
      task(() => {
        if (profile.idWithoutData) state.lastEventId = id;
        record({ type: 'id', value: cut(id), size: id.length });
        return QUIET;
      }),
    event: (type, data, id) =>
      task(() => {
        if (id !== undefined) state.lastEventId = id;
        const { lastEventId } = state;
        const isHeard = heard(type);
        record({
          type: 'dispatch',
          event: cut(type),
          data: cut(data),
          size: data.length,
          lastEventId: cut(lastEventId),
          origin,
          heard: isHeard,
        });
        fire(messageEvent(type, data, lastEventId, origin));
        return isHeard ? undefined : QUIET;
      }),
    retry: (time) =>
      task(() => {
        if (time === undefined) {
          state.reconnectionTime =
            profile.emptyRetry === 'the least' ? profile.minimumReconnectionTime : profile.reconnectionTime;
        } else {
          const taken = timeOf(time, profile);
          if (taken !== undefined) state.reconnectionTime = max(taken, profile.minimumReconnectionTime);
        }
        const value = time === undefined ? '' : `${time}`;
        record({ type: 'retry', value, size: value.length });
        return QUIET;
      }),
    comment: (text) =>
      task(() => {
        record({ type: 'comment', value: cut(text), size: text.length });
        return QUIET;
      }),
  };
  return eventStream(TOOLS, listener, profile);
}

/** Of numbers beyond 2 ** 53 we have no more than the first digits. */
function timeOf(time: number, { longReconnectionTime: { from, is } }: BrowserProfile): Milliseconds | undefined {
  if (time < from) return time;
  if (is === 'ignored') return undefined;
  return time === Number.POSITIVE_INFINITY ? from - 1 : time % from;
}
