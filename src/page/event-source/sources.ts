import type { SourceId, SourceRecord } from '../../protocol/record.ts';
import { cut } from '../cut.ts';
import { PastIds } from '../faults/past-ids.ts';
import type { Journal } from '../journal.ts';
import type { Connection } from '../managed/connection.ts';
import { CLOSED } from '../managed/ready-state.ts';
import { dictionary, guarded, weakly } from '../pristine.ts';
import { stack } from '../stack.ts';
import { readyStateOf } from './native.ts';

/** What we know of one EventSource object of this document. */
export interface TrackedSource {
  readonly id: SourceId;
  readonly url: string;
  /** Number of the attempt that is under way, or of the last one. */
  attempt: number;
  /** An error said that the browser reconnects; the attempt that follows has not been answered yet. */
  reconnecting: boolean;
  /** The standard's last event ID string, as far as events have shown it. */
  lastEventId: string;
  readonly pastIds: PastIds;
  /** Event types that the page has added a listener for. */
  readonly types: Record<string, true>;
  /** Drives the object since it was taken over. */
  connection: Connection | undefined;
  record(record: SourceRecord): void;
}

/** As the page sees it, whoever's the connection is. */
export const isClosed = (object: EventSource, { connection }: TrackedSource): boolean =>
  (connection ? connection.readyState : readyStateOf(object)) === CLOSED;

/** The EventSource objects of one document. Holds none of them alive. */
export class Sources {
  readonly #journal: Journal;
  #count = 0;
  readonly #tracked = guarded<WeakMap<object, TrackedSource>>(new WeakMap());
  readonly #objects = guarded<Map<SourceId, () => EventSource | undefined>>(new Map());

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  track(object: EventSource, url: string, withCredentials: boolean): TrackedSource {
    const id = ++this.#count;
    const pastIds = new PastIds();
    const source: TrackedSource = {
      id,
      url,
      attempt: 0,
      reconnecting: false,
      lastEventId: '',
      pastIds,
      types: dictionary<true>(),
      connection: undefined,
      record: (record) => {
        if (record.type === 'dispatch') pastIds.add(record.lastEventId);
        this.#journal.add(id, record);
      },
    };
    this.#tracked.set(object, source);
    this.#objects.set(id, weakly(object));
    const calls = stack();
    source.record({
      type: 'construct',
      kind: 'eventsource',
      url: cut(url),
      withCredentials,
      ...(calls !== undefined && { stack: calls }),
    });
    return source;
  }

  of(value: unknown): TrackedSource | undefined {
    return this.#tracked.get(value as object);
  }

  object(id: SourceId): EventSource | undefined {
    return this.#objects.get(id)?.();
  }

  /** Is it closed, or has the page let go of it? */
  isEnded(id: SourceId): boolean {
    const object = this.object(id);
    const source = object && this.of(object);
    return !object || !source || isClosed(object, source);
  }

  /** Calls `visit` for each object that is still alive. */
  each(visit: (object: EventSource, source: TrackedSource) => void): void {
    for (let id = 1; id <= this.#count; id++) {
      const object = this.object(id);
      const source = object && this.of(object);
      if (source) visit(object, source);
      else this.#objects.delete(id);
    }
  }
}
