/** To the edges of the window, in CSS pixels. */
const EDGE = 4;

/** Puts what floats below an element, or above it where there is more room; what is too high scrolls. */
export function placeBeside(floating: HTMLElement, element: Element): void {
  const { style } = floating;
  style.maxHeight = '';
  const { left, top, bottom } = element.getBoundingClientRect();
  const { width, height } = floating.getBoundingClientRect();
  const below = innerHeight - bottom - EDGE;
  const isBelow = height <= below || below >= top - EDGE;
  style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
  style.top = isBelow ? `${bottom + 1}px` : 'auto';
  style.bottom = isBelow ? 'auto' : `${innerHeight - top + 1}px`;
  style.maxHeight = `${isBelow ? below : top - EDGE}px`;
}
