import { SavedLog } from '../model/saved-log.ts';
import type { SavedSession } from '../model/session-file.ts';
import type { Session } from './session.ts';

/** A session out of the file `name`: to be looked at. There is no page behind it, so commands do nothing. */
export function importedSession(name: string, session: SavedSession): Session {
  const nothing = () => {};
  return {
    log: new SavedLog(session),
    connection: 'imported',
    imported: { name, saved: session.saved },
    refused: undefined,
    access: nothing,
    limit: nothing,
    subscribe: () => nothing,
    manageNew: false,
    setManageNew: nothing,
    reset: nothing,
    faults: { standing: [], put: nothing, remove: nothing, removeAll: nothing },
    witness: nothing,
    checks: { latest: undefined, start: nothing, stop: nothing },
    record: nothing,
    preserveLog: nothing,
    clear: nothing,
    reloadPage: nothing,
  };
}
