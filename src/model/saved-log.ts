import { Log } from './log.ts';
import type { SavedSession } from './session-file.ts';
import type { Source } from './source.ts';

/** The log of a session that was saved. Nothing more comes into it. */
export class SavedLog extends Log {
  readonly #session: SavedSession;
  readonly #byKey: ReadonlyMap<string, Source>;
  readonly #events: number;

  constructor(session: SavedSession) {
    super();
    this.#session = session;
    this.#byKey = new Map(session.sources.map((source) => [source.key, source]));
    this.#events = session.sources.reduce((sum, { events }) => sum + events.length, 0);
  }

  override get sources() {
    return this.#session.sources;
  }

  override get marks() {
    return this.#session.marks;
  }

  override get page() {
    return this.#session.page;
  }

  override get events() {
    return this.#events;
  }

  override get dropped() {
    return this.#session.counts.dropped;
  }

  override get unrecorded() {
    return this.#session.counts.unrecorded;
  }

  override get trimmed() {
    return this.#session.counts.trimmed;
  }

  override get malformed() {
    return this.#session.counts.malformed;
  }

  override get newest() {
    return this.#session.newest;
  }

  override source(key: string): Source | undefined {
    return this.#byKey.get(key);
  }
}
