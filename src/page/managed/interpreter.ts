import type { Milliseconds, SourceRecord } from '../../protocol/record.ts';
import { cut } from '../cut.ts';
import { max, messageEvent } from '../pristine.ts';
import type { BrowserProfile } from './browser-profile.ts';
import { eventStream } from './event-stream.ts';

/** What a connection acts on: in a page, one EventSource object and its journal. */
export interface Owner {
  url: string;
  withCredentials: boolean;
  record(record: SourceRecord): void;
  /** Dispatches on the page's object. What a listener throws is reported to the page and does not come back here. */
  fire(event: Event): void;
  heard(type: string): boolean;
}

/** What the parts of a stream change, and the next attempt starts from. */
export interface StreamState {
  lastEventId: string;
  reconnectionTime: Milliseconds;
}

/** Turns the bytes of one response into tasks: each records what happened, and tells the page. */
export function interpreter(
  { record, fire, heard }: Owner,
  state: StreamState,
  profile: BrowserProfile,
  origin: string,
  task: (step: () => void) => void,
): (bytes: Uint8Array<ArrayBuffer>) => void {
  return eventStream({
    id: (id) =>
      task(() => {
        if (profile.idWithoutData) state.lastEventId = id;
        record({ type: 'id', value: cut(id), size: id.length });
      }),
    event: (type, data, id) =>
      task(() => {
        if (id !== undefined) state.lastEventId = id;
        const { lastEventId } = state;
        record({
          type: 'dispatch',
          event: cut(type),
          data: cut(data),
          size: data.length,
          lastEventId: cut(lastEventId),
          origin,
          heard: heard(type),
        });
        fire(messageEvent(type, data, lastEventId, origin));
      }),
    retry: (time) =>
      task(() => {
        if (time !== undefined) state.reconnectionTime = max(time, profile.minimumReconnectionTime);
        else if (profile.emptyRetryResets) state.reconnectionTime = profile.reconnectionTime;
        const value = time === undefined ? '' : `${time}`;
        record({ type: 'retry', value, size: value.length });
      }),
    comment: (text) => task(() => record({ type: 'comment', value: cut(text), size: text.length })),
  });
}
