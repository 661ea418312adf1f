import type { Log } from '../model/log.ts';
import type { Source } from '../model/source.ts';
import { isResettable, tappedOf } from '../model/source-state.ts';
import type { Resume, Scope } from '../protocol/command.ts';
import type { RequestKey } from '../protocol/network.ts';
import type { DocumentId } from '../protocol/record.ts';

/** What resets need of their session. */
export interface ResetGround {
  log: Log;
  /** Ends a request in the network; false if it is not tapped any more. */
  inNetwork(request: RequestKey): Promise<boolean>;
  /** Has a document drop the connection of one source, or of all, and carry it from then on. */
  takeOver(document: DocumentId, scope: Scope, resume: Resume, source?: Source): void;
  /** Nothing was done: the tap has let go of a source that no page script knows. */
  untapped(source: Source): void;
  /** Nothing was done: the browser would reconnect with the id that it has, and no script of ours is there. */
  unreachable(source: Source): void;
}

export interface Resets {
  one(source: Source, resume: Resume): void;
  all(resume: Resume): void;
  /** Nothing passes through the tap any longer. */
  untap(): void;
}

/**
 * In the network where that is possible, as the browser then does all that it does for a lost connection; else, and
 * wherever the next attempt is to carry another id than the browser's, managed.
 */
export function createResets({ log, inNetwork, takeOver, untapped, unreachable }: ResetGround): Resets {
  const manage = (source: Source, resume: Resume) =>
    takeOver(source.document.id, { type: 'source', source: source.id }, resume, source);
  const one = async (source: Source, resume: Resume) => {
    const request = tappedOf(source);
    if (!request || resume.type !== 'kept') {
      if (!isResettable(source)) return;
      if (source.networkOnly) unreachable(source);
      else manage(source, resume);
      return;
    }
    // Where it is reset meanwhile, another click was faster.
    if ((await inNetwork(request.key)) || request.reset !== undefined) return;
    delete request.tapped;
    if (source.networkOnly) untapped(source);
    else manage(source, resume);
  };
  return {
    one: (source, resume) => void one(source, resume),
    all(resume) {
      const { sources } = log;
      // All are managed where the browser could not do it.
      const tapped = new Set(resume.type === 'kept' ? sources.filter(tappedOf) : []);
      const others = sources.filter((source) => !tapped.has(source) && !source.networkOnly);
      // One command is for a whole document, if there is nothing in it that goes another way.
      const mixed = new Set([...tapped].map(({ document }) => document.id));
      const whole = new Set(others.map(({ document }) => document.id).filter((id) => !mixed.has(id)));
      for (const source of tapped) void one(source, resume);
      for (const source of others) if (mixed.has(source.document.id)) void one(source, resume);
      for (const id of whole) takeOver(id, { type: 'all' }, resume);
    },
    untap() {
      for (const source of log.sources) delete tappedOf(source)?.tapped;
    },
  };
}
