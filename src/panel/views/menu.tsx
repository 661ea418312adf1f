import './menu.css';
import type { ComponentChildren, TargetedEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from '../icons.tsx';
import { placeBeside } from '../menu-place.ts';
import { MenuContext } from './action.tsx';

interface MenuProps {
  icon: IconName;
  label: string;
  hint?: string;
  /** Shown beside the picture, where there is room. */
  words?: string;
  testId: string;
  /** Of the menu, where others have the same `testId`. */
  id?: string;
  /** Classes of the button. */
  look?: string;
  tabIndex?: number;
  isDisabled?: boolean;
  /** Keys of its own while it is open. Returns whether the key was one of them. */
  press?(key: string): boolean;
  /** Actions, and lines between them. */
  children: ComponentChildren;
}

/** Actions behind a button, with the keys that the ARIA Authoring Practices give a menu button. */
export function Menu(props: MenuProps) {
  const { icon, label, hint = label, words, testId, id = testId, look = '', tabIndex, isDisabled = false } = props;
  const button = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  /** What had the focus before, which may be elsewhere: a key can open it. */
  const opener = useRef<Element | null>(null);
  /** How often it was opened, while it is open: it may be so again before the browser says that it was closed. */
  const [opening, setOpening] = useState(0);
  const isOpen = opening > 0;
  /** Which item has the focus first: -1 is the last one. */
  const first = useRef<0 | -1>(0);
  const items = () => [...(popup.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
  useLayoutEffect(() => {
    if (opening === 0 || !popup.current || !button.current) return;
    placeBeside(popup.current, button.current);
    items().at(first.current)?.focus();
  }, [opening]);

  const opens = (from: 0 | -1) => {
    first.current = from;
    opener.current = document.activeElement;
  };
  const close = () => {
    popup.current?.hidePopover();
    const { current } = opener;
    if (current instanceof HTMLElement && current !== document.body && current.isConnected) current.focus();
    else button.current?.focus();
  };
  const onButtonKey = (event: KeyboardEvent) => {
    if (isDisabled || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    event.stopPropagation();
    opens(event.key === 'ArrowDown' ? 0 : -1);
    popup.current?.showPopover();
  };
  const onItemKey = (event: KeyboardEvent) => {
    const all = items();
    const at = all.findIndex((item) => item.matches(':focus'));
    const to = destination(event.key, at, all);
    // What is below has keys too; and DevTools would open its drawer for Escape.
    event.stopPropagation();
    // The focus goes on from the button.
    if (event.key === 'Tab') return close();
    if (event.key === 'Escape') close();
    else if (isPlain(event) && props.press?.(event.key)) close();
    else if (to === undefined || !isPlain(event)) return;
    else all.at(to)?.focus();
    event.preventDefault();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        class={`tool ${look}`}
        data-testid={testId}
        title={hint}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-disabled={isDisabled || undefined}
        tabIndex={tabIndex}
        popovertarget={isDisabled ? undefined : id}
        onClick={() => opens(0)}
        onKeyDown={onButtonKey}
      >
        <Icon name={icon} />
        {words !== undefined && (
          <>
            <span class="menu-words">{words}</span>
            <Icon name="caret" size={14} />
          </>
        )}
      </button>
      <div
        ref={popup}
        id={id}
        class="menu"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        popover="auto"
        onToggle={({ newState }: TargetedEvent<HTMLDivElement, ToggleEvent>) =>
          setOpening((count) => (newState === 'open' ? count + 1 : 0))
        }
        onKeyDown={onItemKey}
      >
        {isOpen && <MenuContext.Provider value={{ close }}>{props.children}</MenuContext.Provider>}
      </div>
    </>
  );
}

const isPlain = ({ ctrlKey, metaKey, altKey }: KeyboardEvent) => !(ctrlKey || metaKey || altKey);

/** Of the focus: the item below, above, at an end, beside it in a row, or the next one that begins with a letter. */
function destination(key: string, at: number, all: readonly HTMLElement[]): number | undefined {
  const inRow = all[at]?.closest('.menu-row') !== null;
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % all.length;
    case 'ArrowUp':
      return at - 1;
    case 'ArrowRight':
      return inRow ? (at + 1) % all.length : undefined;
    case 'ArrowLeft':
      return inRow ? at - 1 : undefined;
    case 'Home':
      return 0;
    case 'End':
      return -1;
    default: {
      if (key.length !== 1 || key === ' ') return undefined;
      const begins = (item: HTMLElement) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase());
      const order = all.map((_, index) => (at + 1 + index) % all.length);
      return order.find((index) => all[index] && begins(all[index]));
    }
  }
}
