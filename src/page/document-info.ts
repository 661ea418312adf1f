import type { DocumentInfo, NavigationType } from '../protocol/record.ts';
import { now, random } from './pristine.ts';

/** Who this document is. Asked once, when the page script starts. */
export function documentInfo(): DocumentInfo {
  const top = window === window.top;
  return { id: random(), url: location.href, top, started: now(), entered: entered(), late: top && isLate() };
}

/** At `document_start` a document has its root element and nothing in it: whatever has more was injected into later. */
const isLate = (): boolean => document.readyState !== 'loading' || document.head !== null;

function entered(): NavigationType {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const type = navigation?.type;
  return type === 'reload' || type === 'back_forward' ? type : 'navigate';
}
