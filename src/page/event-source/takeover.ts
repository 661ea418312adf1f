import type { Ground } from '../ground.ts';
import { Connection } from '../managed/connection.ts';
import type { ReadyState } from '../managed/ready-state.ts';
import { dispatchEvent } from '../pristine.ts';
import { closeNative, readyStateOf, withCredentialsOf } from './native.ts';
import { heard } from './observe.ts';
import type { TrackedSource } from './sources.ts';

/**
 * Makes the connection of a native object ours: the same object, with its listeners and handlers, goes on from the
 * same readyState and last event ID, but from now on the connection drives it. The server sees the native request end;
 * of an object that was just constructed it sees nothing, as the browser makes the first request later.
 */
export function takeOver(object: EventSource, source: TrackedSource, ground: Ground): Connection {
  const readyState = readyStateOf(object) as ReadyState;
  // [spec] close() aborts the fetch and sets CLOSED: the browser fires nothing on this object any more.
  closeNative(object);
  const connection = new Connection(
    {
      url: source.url,
      withCredentials: withCredentialsOf(object),
      record: source.record,
      fire: (event) => dispatchEvent(object, event),
      heard: (type) => heard(object, source, type),
      passage: () => ground.orders.passage(source),
      ended: () => ground.orders.leave(source),
    },
    ground,
    { readyState, lastEventId: source.lastEventId, attempt: source.attempt },
  );
  source.connection = connection;
  ground.orders.enter(source);
  return connection;
}
