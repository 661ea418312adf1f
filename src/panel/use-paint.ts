import { type Inputs, useLayoutEffect } from 'preact/hooks';

let isShown = true;
/** What would have been painted while nobody could see it. */
const waiting = new Set<() => void>();

/**
 * Whether DevTools shows the panel: nothing is painted while it does not. [firefox] A panel behind another tab keeps its
 * size, and gets a frame a second (measured with 153).
 */
export function showPaint(shown: boolean): void {
  isShown = shown;
  if (!shown) return;
  for (const paint of waiting) paint();
  waiting.clear();
}

/**
 * Paints a canvas whenever `inputs` change, after all views have been brought up to date: a font or a size that is asked
 * for makes the browser work out styles and layout, which would be for nothing if more of the document changed then.
 */
export function usePaint(paint: () => void, inputs?: Inputs): void {
  useLayoutEffect(() => {
    let isWanted = true;
    const now = () => isWanted && paint();
    queueMicrotask(() => {
      if (isShown) now();
      else waiting.add(now);
    });
    return () => {
      isWanted = false;
      waiting.delete(now);
    };
  }, inputs);
}
