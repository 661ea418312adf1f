import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** The inner height of an element, in CSS pixels; 0 before it is there. */
export const useHeight = (element: RefObject<HTMLElement | null>): number => useSize(element, 'clientHeight');

/** The inner width of an element, in CSS pixels; 0 before it is there. */
export const useWidth = (element: RefObject<HTMLElement | null>): number => useSize(element, 'clientWidth');

function useSize(element: RefObject<HTMLElement | null>, which: 'clientHeight' | 'clientWidth'): number {
  const [size, setSize] = useState(0);
  useLayoutEffect(() => {
    const { current } = element;
    if (!current) return;
    const observer = new ResizeObserver(() => setSize(current[which]));
    observer.observe(current);
    setSize(current[which]);
    return () => observer.disconnect();
  }, [element, which]);
  return size;
}
