import { MANAGE_EVENT, MANAGE_METRIC } from '../protocol/ask.ts';
import { addEventListener, removeEventListener } from './pristine.ts';

/**
 * Are the new connections of this document to be managed? Asked before its first script, so there is no time to ask the
 * extension: a rule of the background says it in a Server-Timing header of the document. A document that has no answer
 * of its own (about:blank, srcdoc) does as the one that it is in, if it may look there.
 */
export function manageNewFromStart(): boolean {
  let view: Window = window;
  try {
    while (/^about:/.test(view.location.href) && view.parent !== view) view = view.parent;
    const [navigation] = (view as typeof window).performance.getEntriesByType('navigation');
    const { serverTiming } = navigation as PerformanceNavigationTiming;
    return serverTiming.some(({ name }) => name === MANAGE_METRIC);
  } catch {
    return false; // Another origin: the panel's own word follows, in time for all but the first connections.
  }
}

/**
 * Calls `said` where the background says the same by a script of its own, which runs before those of the page. Returns
 * the undo.
 */
export function onManageWord(said: () => void): () => void {
  const listener = () => {
    // Later it can only be the page that says so.
    if (document.head === null) said();
  };
  addEventListener(document, MANAGE_EVENT, listener);
  return () => removeEventListener(document, MANAGE_EVENT, listener);
}
