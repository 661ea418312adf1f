import { type ReadonlySignal, signal } from '@preact/signals';

/** Whether a media query matches, as a signal. Lives as long as the document. */
export function media(query: string): ReadonlySignal<boolean> {
  const list = matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener('change', () => {
    matches.value = list.matches;
  });
  return matches;
}
