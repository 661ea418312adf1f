import type { PermissionsKeeper } from './permissions.ts';
import type { Session } from './session.ts';
import type { SettingsKeeper } from './settings.ts';

/** What the panel needs of the extension's API, which only the DevTools page may use. */
export interface Host {
  /** DevTools' own theme, which may differ from the system's. */
  theme: 'light' | 'dark';
  /** BCP 47 tag of the language that `message` answers in; numbers and times are written in it. */
  language: string;
  /** A text of `_locales`, with `substitutions` for $1 to $9; '' if there is none. */
  message(key: string, substitutions?: string[]): string;
  settings: SettingsKeeper;
  permissions: PermissionsKeeper;
}

/**
 * How the DevTools page hands the session to the panel's document: it calls `attach`; where that is not there yet,
 * because the document still loads, it leaves both in `pending`. May be called again at any time: with the same
 * session (only what changed in the host is taken over), or with another one.
 */
declare global {
  interface Window {
    attach?: (session: Session, host: Host) => void;
    /** DevTools shows another tab, until `attach` is called. */
    hide?: () => void;
    pending?: { session: Session; host: Host };
  }
}
