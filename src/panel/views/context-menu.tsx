import './context-menu.css';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../icons.tsx';

export interface MenuItem {
  label: string;
  /** Something that can be on or off; the menu stays open. Undefined: something that is done. */
  isChecked?: boolean;
  /** It cannot be chosen. */
  isFixed?: boolean;
  run(): void;
}

/** In the window, in CSS pixels. */
export interface Point {
  x: number;
  y: number;
}

interface ContextMenuProps {
  label: string;
  items: readonly MenuItem[];
  at: Point;
  close(): void;
}

/** A menu beside the pointer, or below a button: it takes the focus, and gives it back. */
export function ContextMenu({ label, items, at, close }: ContextMenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const hasChecks = items.some(({ isChecked }) => isChecked !== undefined);
  useLayoutEffect(() => {
    const element = menu.current;
    const opener = document.activeElement;
    if (!element) return;
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(0, Math.min(at.x, innerWidth - width - 4))}px`;
    element.style.top = `${Math.max(0, Math.min(at.y, innerHeight - height - 4))}px`;
    element.querySelector<HTMLElement>('button')?.focus();
    return () => opener instanceof HTMLElement && opener.focus();
  }, [at]);
  const onKeyDown = (event: KeyboardEvent) => {
    const buttons = [...(menu.current?.querySelectorAll('button') ?? [])];
    const index = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const last = buttons.length - 1;
    const targets: Record<string, number> = {
      ArrowDown: index === last ? 0 : index + 1,
      ArrowUp: index <= 0 ? last : index - 1,
      Home: 0,
      End: last,
    };
    const target = targets[event.key];
    event.stopPropagation();
    if (target !== undefined) buttons[target]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={menu}
      class="context-menu"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      onKeyDown={onKeyDown}
      onBlur={({ relatedTarget }) => menu.current?.contains(relatedTarget as Node | null) || close()}
      // It may be drawn in a table, whose rows and heads are not meant.
      onClick={(event) => event.stopPropagation()}
    >
      {items.map(({ label: words, isChecked, isFixed, run }) => (
        <button
          key={words}
          type="button"
          {...(isChecked === undefined
            ? { role: 'menuitem' }
            : { role: 'menuitemcheckbox', 'aria-checked': isChecked })}
          aria-disabled={isFixed}
          tabIndex={-1}
          onClick={() => {
            if (isFixed) return;
            run();
            if (isChecked === undefined) close();
          }}
        >
          {hasChecks && <span class="context-tick">{isChecked && <Icon name="tick" size={12} />}</span>}
          {words}
        </button>
      ))}
    </div>
  );
}
