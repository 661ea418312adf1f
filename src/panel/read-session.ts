import type { Problem, SavedFile } from '../model/parse-session-file.ts';
import type { Source } from '../model/source.ts';

/** Why a file is not shown; `unreadable`: the browser cannot read it. */
export type FileProblem = Problem | { type: 'unreadable' };

/** Some of what a source did, to be added to what was sent of it before. */
export type Part = Partial<Pick<Source, 'changes' | 'attempts' | 'events' | 'lines'>>;

/** What the worker sends: a problem; or a session, whose sources have done nothing yet, and what they did, in order. */
export type FromReader =
  | { type: 'problem'; problem: FileProblem }
  | { type: 'session'; session: SavedFile }
  | { type: 'part'; source: number; part: Part; progress: number }
  | { type: 'done' };

/** What the worker is sent: what it is to read, and then, that the panel has a part and takes another one. */
export type ToReader = File | 'next';

/**
 * Reads and checks a file in a worker: a large one, or one that is meant to do harm, takes its time there, and hands over
 * what it found bit by bit. `proceed` hears how much was handed over, 0 to 1. Never settles once `stop` is aborted.
 */
export function readSession(
  file: File,
  proceed: (progress: number) => void,
  stop: AbortSignal,
): Promise<{ session: SavedFile } | { problem: FileProblem }> {
  const worker = new Worker(new URL('./session-reader.worker.ts', import.meta.url), { type: 'module' });
  stop.addEventListener('abort', () => worker.terminate());
  const send = (message: ToReader) => worker.postMessage(message);
  return new Promise((resolve) => {
    let session: SavedFile | undefined;
    const finish = (result: { session: SavedFile } | { problem: FileProblem }) => {
      worker.terminate();
      resolve(result);
    };
    const fail = () => finish({ problem: { type: 'unreadable' } });
    worker.onerror = fail;
    worker.onmessage = ({ data }: MessageEvent<FromReader>) => {
      switch (data.type) {
        case 'problem':
          return finish(data);
        case 'session':
          session = data.session;
          break;
        case 'part': {
          const source = session?.sources[data.source];
          if (!source) return fail();
          const { changes = [], attempts = [], events = [], lines = [] } = data.part;
          source.changes.push(...changes);
          source.attempts.push(...attempts);
          source.events.push(...events);
          source.lines.push(...lines);
          proceed(data.progress);
          send('next');
          break;
        }
        case 'done':
          return session ? finish({ session }) : fail();
      }
    };
    send(file);
  });
}
