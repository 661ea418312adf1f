import type { Milliseconds } from '../protocol/record.ts';
import { setTimeout } from './pristine.ts';

const LOOK_EVERY: Milliseconds = 1000;

/**
 * Calls `gone` when there is no bridge any more. [firefox] A content script ends with its extension (reloaded, updated,
 * removed), and can say nothing (measured with 153); [chrome] it lives on, and dismisses the page script by itself.
 * Twice missed is gone: `document.open()` takes a bridge's listeners away, until it has noticed. Returns the undo.
 */
export function watchBridge(isThere: () => boolean, gone: () => void): () => void {
  let missed = 0;
  let stopped = false;
  const look = () => {
    if (stopped) return;
    missed = isThere() ? 0 : missed + 1;
    if (missed === 2) gone();
    else setTimeout(look, LOOK_EVERY);
  };
  setTimeout(look, LOOK_EVERY);
  return () => {
    stopped = true;
  };
}
