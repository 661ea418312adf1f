import type { RefObject, TargetedEvent, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** What is to be spread on the element whose controls these are. */
interface Roving {
  onFocusIn(event: TargetedEvent<HTMLElement>): void;
  onKeyDown(event: TargetedKeyboardEvent<HTMLElement>): void;
}

/**
 * The keys of a toolbar, as the ARIA Authoring Practices have them: one stop for the Tab key, which is the control that had
 * the focus last; arrows go on and around. In a text field they move the caret, and go on from its ends.
 */
export function useRoving(bar: RefObject<HTMLElement | null>): Roving {
  const stop = useRef<HTMLElement>(undefined);
  const controls = () =>
    // What floats above the bar has keys of its own.
    [...(bar.current?.querySelectorAll<HTMLElement>('button, input') ?? [])].filter((one) => !one.closest('[popover]'));
  const arrange = () => {
    const all = controls();
    if (!stop.current || !all.includes(stop.current)) stop.current = all[0];
    for (const control of all) control.tabIndex = control === stop.current ? 0 : -1;
  };
  useLayoutEffect(() => {
    if (!bar.current) return;
    arrange();
    // Controls come and go without the bar being rendered.
    const observer = new MutationObserver(arrange);
    observer.observe(bar.current, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [bar]);
  return {
    onFocusIn({ target }) {
      const control = controls().find((one) => one === target);
      if (!control) return;
      stop.current = control;
      arrange();
    },
    onKeyDown(event) {
      const all = controls();
      const at = all.findIndex((one) => one.matches(':focus'));
      const to = destination(event.key, at, all.length);
      if (at === -1 || to === undefined || isForCaret(event)) return;
      event.preventDefault();
      all[to]?.focus();
    },
  };
}

function destination(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % count;
    case 'ArrowLeft':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** Is the key one that moves the caret of a text field, or its selection? */
function isForCaret({ target, key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLInputElement) || target.type === 'checkbox') return false;
  const { selectionStart, selectionEnd, value } = target;
  const end = { ArrowLeft: 0, ArrowRight: value.length }[key];
  return shiftKey || ctrlKey || metaKey || altKey || selectionStart !== end || selectionEnd !== end;
}
