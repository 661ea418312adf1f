import './menu.css';
import type { ComponentChildren, TargetedEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from '../icons.tsx';
import { MenuContext } from './action.tsx';

interface MenuProps {
  icon: IconName;
  label: string;
  testId: string;
  /** Actions, and lines between them. */
  children: ComponentChildren;
}

/** Actions behind a button, with the keys that the ARIA Authoring Practices give a menu button. */
export function Menu({ icon, label, testId, children }: MenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  /** Which item has the focus first: -1 is the last one. */
  const first = useRef<0 | -1>(0);
  const items = () => [...(popup.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
  useLayoutEffect(() => {
    if (isOpen) items().at(first.current)?.focus();
  }, [isOpen]);

  const open = (from: 0 | -1) => {
    first.current = from;
    popup.current?.showPopover();
  };
  const close = () => {
    popup.current?.hidePopover();
    button.current?.focus();
  };
  const onButtonKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    open(event.key === 'ArrowDown' ? 0 : -1);
  };
  const onItemKey = (event: KeyboardEvent) => {
    const all = items();
    const at = all.findIndex((item) => item.matches(':focus'));
    const to = { ArrowDown: (at + 1) % all.length, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    // The focus goes on from the button.
    if (event.key === 'Tab') return close();
    if (event.key === 'Escape') close();
    else if (to === undefined) return;
    else all.at(to)?.focus();
    event.preventDefault();
    // DevTools would open its drawer for Escape.
    event.stopPropagation();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class="tool"
        data-testid={testId}
        title={label}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        popovertarget={testId}
        onClick={() => {
          first.current = 0;
        }}
        onKeyDown={onButtonKey}
      >
        <Icon name={icon} />
      </button>
      <div
        ref={popup}
        id={testId}
        class="menu"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        popover="auto"
        onToggle={({ newState }: TargetedEvent<HTMLDivElement, ToggleEvent>) => setOpen(newState === 'open')}
        onKeyDown={onItemKey}
      >
        {isOpen && <MenuContext.Provider value={{ close }}>{children}</MenuContext.Provider>}
      </div>
    </>
  );
}
