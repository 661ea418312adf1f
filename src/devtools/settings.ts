import { DEFAULT_SETTINGS, parseSettings, type Settings } from '../model/settings.ts';

/** The user's settings, the same in all DevTools windows. */
export interface SettingsKeeper {
  readonly value: Settings;
  change(part: Partial<Settings>): void;
  /** Calls `listener` after a change, also of another window. Returns the undo. */
  subscribe(listener: () => void): () => void;
}

/** What is stored: settings, and which window wrote them. */
export type Stored = Settings & { writer: string };

/** What is needed of the extension's storage. */
export interface Storage {
  read(): Promise<unknown>;
  write(settings: Stored): Promise<void>;
  /** Calls `listener` with what was written, by whichever window. */
  watch(listener: (stored: unknown) => void): void;
}

/**
 * Has the defaults until the storage has answered, and whenever it cannot: then a change lasts as long as this window,
 * which `writer` names.
 */
export function keepSettings(storage: Storage, writer: string): SettingsKeeper {
  let value = DEFAULT_SETTINGS;
  let isChanged = false;
  const listeners = new Set<() => void>();
  const take = (settings: Settings) => {
    value = settings;
    for (const listener of listeners) listener();
  };
  storage.read().then(
    // What the user has decided meanwhile is newer than what was stored.
    (stored) => isChanged || take(parseSettings(stored)),
    () => {},
  );
  storage.watch((stored) => {
    // Our own words come back after we may have changed our mind.
    if ((stored as Partial<Stored> | undefined)?.writer !== writer) take(parseSettings(stored));
  });
  return {
    get value() {
      return value;
    },
    change(part) {
      isChanged = true;
      take({ ...value, ...part });
      storage.write({ ...value, writer }).catch(() => {});
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
