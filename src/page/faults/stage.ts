import type { Bytes, Milliseconds } from '../../protocol/record.ts';
import { Promised } from '../pristine.ts';
import type { Piece } from './blocks.ts';
import { sizeOf } from './bytes.ts';
import type { Pause } from './pause.ts';

/** What comes out of a body: its bytes, and then its end, which is what happens when it arrives. */
export type Part = Piece | (() => void);
/** Resolves when more may come. */
export type Take = (part: Part) => Promise<void>;

/** What a stage holds; when there is more, the server has to wait. */
const MOST: Bytes = 1024 * 1024;

interface Held {
  part: Part;
  due: Milliseconds;
  next: Held | undefined;
}

/** A stage of the way from the body to the page: handles one part after the other, none before it is due. */
export function stage(pause: Pause, dueOf: (part: Part) => Milliseconds, handle: Take): Take {
  let first: Held | undefined;
  let last: Held | undefined;
  let size = 0;
  let hasRoom = () => {};
  const run = async () => {
    for (; first; first = first.next) {
      const { part, due } = first;
      if (due > 0) await pause.until(due);
      await handle(part);
      size -= weightOf(part);
      if (size <= MOST) hasRoom();
    }
    last = undefined;
  };
  return async (part) => {
    const held = { part, due: dueOf(part), next: undefined };
    size += weightOf(part);
    if (last) {
      last.next = held;
      last = held;
    } else {
      first = last = held;
      void run();
    }
    if (size > MOST && weightOf(part) > 0) {
      await new Promised<void>((done) => {
        hasRoom = done;
      });
    }
  };
}

const weightOf = (part: Part): number => (typeof part === 'function' ? 0 : sizeOf(part.bytes));
