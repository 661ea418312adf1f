import type { Log } from '../model/log.ts';
import type { Source } from '../model/source.ts';
import { isResettable, tappedOf } from '../model/source-state.ts';
import type { RequestKey } from '../protocol/network.ts';
import type { DocumentId, SourceId } from '../protocol/record.ts';

/** What resets need of their session. */
export interface ResetGround {
  log: Log;
  /** Ends a request in the network; false if it is not tapped any more. */
  inNetwork(request: RequestKey): Promise<boolean>;
  /** Has a document drop the connection of one source, or of all, and carry it from then on. */
  takeOver(document: DocumentId, id: SourceId | 'all', source?: Source): void;
  /** Nothing was done: the tap has let go of a source that no page script knows. */
  untapped(source: Source): void;
}

export interface Resets {
  one(source: Source): void;
  all(): void;
  /** Nothing passes through the tap any longer. */
  untap(): void;
}

/** In the network where that is possible, as the browser then does all that it does for a lost connection; else managed. */
export function createResets({ log, inNetwork, takeOver, untapped }: ResetGround): Resets {
  const manage = (source: Source) => takeOver(source.document.id, source.id, source);
  const one = async (source: Source) => {
    const request = tappedOf(source);
    if (!request) {
      if (isResettable(source)) manage(source);
      return;
    }
    // Where it is reset meanwhile, another click was faster.
    if ((await inNetwork(request.key)) || request.reset !== undefined) return;
    delete request.tapped;
    if (source.networkOnly) untapped(source);
    else manage(source);
  };
  return {
    one: (source) => void one(source),
    all() {
      const { sources } = log;
      const tapped = new Set(sources.filter(tappedOf));
      const others = sources.filter((source) => !tapped.has(source) && !source.networkOnly);
      // One command is for a whole document, if there is nothing in it that goes another way.
      const mixed = new Set([...tapped].map(({ document }) => document.id));
      const whole = new Set(others.map(({ document }) => document.id).filter((id) => !mixed.has(id)));
      for (const source of tapped) void one(source);
      for (const source of others) if (mixed.has(source.document.id)) void one(source);
      for (const id of whole) takeOver(id, 'all');
    },
    untap() {
      for (const source of log.sources) delete tappedOf(source)?.tapped;
    },
  };
}
