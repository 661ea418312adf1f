import { methodOf } from './pristine.ts';

/**
 * Calls `listener` after a script of the page has written the document anew. [spec] The document open steps "erase all
 * event and listeners", of the document, its nodes and its window: ours too. Returns the undo.
 */
export function onDocumentOpen(listener: () => void): () => void {
  const disconnect = methodOf(MutationObserver.prototype, 'disconnect');
  const observer = new MutationObserver(listener);
  // They also "replace all with null": the document's children change, which hardly ever happens otherwise.
  observer.observe(document, { childList: true });
  return () => disconnect(observer);
}
