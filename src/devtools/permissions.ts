import type { Permissions } from '../protocol/permissions.ts';

/** What the user lets the extension do, as the panel sees it. */
export interface PermissionsKeeper {
  readonly value: Permissions;
  /** Calls `listener` after a change. Returns the undo. */
  subscribe(listener: () => void): () => void;
  /** Opens the page where the user can change it. */
  show(): void;
  /** Is that page ours? Otherwise it is the browser's. */
  readonly showsOwn: boolean;
}

/** What is needed of the background. */
export interface PermissionsGround {
  read(): Promise<Permissions>;
  /** Calls `listener` with what is allowed from now on. */
  watch(listener: (permissions: Permissions) => void): void;
  show(): void;
  showsOwn: boolean;
}

/** Until the background has answered, it is taken for granted that sites are allowed, and nothing else is. */
export function keepPermissions({ read, watch, show, showsOwn }: PermissionsGround): PermissionsKeeper {
  let value: Permissions = { sites: true, networkReset: 'impossible' };
  let isTold = false;
  const listeners = new Set<() => void>();
  const take = (permissions: Permissions) => {
    value = permissions;
    for (const listener of listeners) listener();
  };
  watch((permissions) => {
    isTold = true;
    take(permissions);
  });
  read().then(
    // What was told meanwhile is newer.
    (permissions) => isTold || take(permissions),
    () => {},
  );
  return {
    get value() {
      return value;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show,
    showsOwn,
  };
}
