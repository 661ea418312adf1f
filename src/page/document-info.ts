import type { DocumentInfo, NavigationType } from '../protocol/record.ts';
import { addEventListener, epoch, getterOf, isPrerendering, now, random, removeEventListener } from './pristine.ts';

/** Who this document is. Asked once, when the page script starts. */
export function documentInfo(): DocumentInfo {
  const top = window === window.top;
  return { id: random(), url: location.href, top, started: now(), entered: entered(), late: top && isLate() };
}

/**
 * Calls `appeared` when the tab comes to the document, which is prerendered. Returns the undo.
 */
export function onAppearance(info: DocumentInfo, appeared: () => void): () => void {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  // TypeScript does not know it: [chrome] only Chromium prerenders.
  const activationOf = getterOf(PerformanceNavigationTiming.prototype, 'activationStart' as 'duration');
  const listener = () => {
    if (isPrerendering()) return; // The page says so, and nobody else.
    forget();
    // Only the top document is told when; its frames come when they hear of it, which is later.
    const activation = navigation ? activationOf(navigation) : 0;
    info.appeared = activation > 0 ? epoch(activation) : now();
    appeared();
  };
  const forget = () => removeEventListener(document, 'prerenderingchange', listener);
  addEventListener(document, 'prerenderingchange', listener);
  return forget;
}

/** At `document_start` a document has its root element and nothing in it: whatever has more was injected into later. */
const isLate = (): boolean => document.readyState !== 'loading' || document.head !== null;

function entered(): NavigationType {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const type = navigation?.type;
  return type === 'reload' || type === 'back_forward' ? type : 'navigate';
}
