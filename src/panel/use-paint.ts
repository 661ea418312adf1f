import { type Inputs, useLayoutEffect } from 'preact/hooks';

/**
 * Paints a canvas whenever `inputs` change, after all views have been brought up to date: a font or a size that is asked
 * for makes the browser work out styles and layout, which would be for nothing if more of the document changed then.
 */
export function usePaint(paint: () => void, inputs?: Inputs): void {
  useLayoutEffect(() => {
    let isWanted = true;
    queueMicrotask(() => isWanted && paint());
    return () => {
      isWanted = false;
    };
  }, inputs);
}
