import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { importedSession } from '../devtools/imported-session.ts';
import type { Session } from '../devtools/session.ts';
import type { Log } from '../model/log.ts';
import type { Redacted } from '../model/redact.ts';
import { savedSession, sessionFile } from '../model/session-file.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { download } from './download.ts';
import { fileName } from './file-name.ts';
import { type FileProblem, readSession } from './read-session.ts';

/** What is done with a file now, or came of it. */
export type FileNews =
  | { type: 'exporting' | 'importing'; name: string }
  | { type: 'exported' | 'imported'; name: string; redacted: Redacted }
  | { type: 'unsaved'; name: string }
  | { type: 'refused'; name: string; problem: FileProblem };

/** Export and import. One thing is done at a time; none of it makes the panel wait. */
export interface SessionFiles {
  /** The session of a file, to be shown in place of the page's, which goes on meanwhile. */
  readonly imported: ReadonlySignal<Session | undefined>;
  readonly news: ReadonlySignal<FileNews | undefined>;
  readonly isBusy: boolean;
  /** How much is done of what is being done: 0 to 1. */
  readonly progress: ReadonlySignal<number>;
  /** Downloads what `log` holds `now`. */
  exportLog(log: Log, now: Milliseconds): Promise<void>;
  importFile(file: File): Promise<void>;
  cancel(): void;
  /** Shows the page's session again. */
  back(): void;
  dismissNews(): void;
}

export function createSessionFiles(): SessionFiles {
  const imported = signal<Session>();
  const news = signal<FileNews>();
  const progress = signal(0);
  let work = new AbortController();
  const isBusy = () => news.value?.type === 'exporting' || news.value?.type === 'importing';
  const begin = (type: 'exporting' | 'importing', name: string): AbortSignal => {
    work = new AbortController();
    progress.value = 0;
    news.value = { type, name };
    return work.signal;
  };
  const proceed = (part: number) => {
    // More than a hundred steps are not to be seen.
    progress.value = Math.floor(part * 100) / 100;
  };

  return {
    imported,
    news,
    progress,
    get isBusy() {
      return isBusy();
    },
    async exportLog(log, now) {
      if (isBusy()) return;
      const name = fileName(log, now);
      const stop = begin('exporting', name);
      const redacted = { headers: 0, parameters: 0 };
      const pieces: Blob[] = [];
      try {
        for (const { text, part } of sessionFile(savedSession(log, now), redacted)) {
          // A blob need not be in this document's memory.
          pieces.push(new Blob([text]));
          proceed(part);
          await turn();
          if (stop.aborted) return;
        }
        download(name, new Blob(pieces, { type: 'application/json' }));
        news.value = { type: 'exported', name, redacted };
      } catch {
        // No room for it: the browser does not say more.
        news.value = { type: 'unsaved', name };
      }
    },
    async importFile(file) {
      if (isBusy()) return;
      const { name } = file;
      const found = await readSession(file, proceed, begin('importing', name));
      if ('problem' in found) {
        news.value = { type: 'refused', name, problem: found.problem };
        return;
      }
      const { redacted, ...session } = found.session;
      batch(() => {
        imported.value = importedSession(name, session);
        news.value = { type: 'imported', name, redacted };
      });
    },
    cancel() {
      work.abort();
      news.value = undefined;
    },
    back: () =>
      batch(() => {
        imported.value = undefined;
        news.value = undefined;
      }),
    dismissNews() {
      if (!isBusy()) news.value = undefined;
    },
  };
}

/** Lets the browser draw, and answer the user, before anything goes on; also in a document that is not seen. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

const SessionFilesContext = createContext<SessionFiles | undefined>(undefined);
export const SessionFilesProvider = SessionFilesContext.Provider;

export function useSessionFiles(): SessionFiles {
  const files = useContext(SessionFilesContext);
  if (files === undefined) throw new Error('This view is shown outside of SessionFilesProvider');
  return files;
}
