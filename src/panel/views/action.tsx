import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { Icon, type IconName } from '../icons.tsx';

/** The menu that actions are in; undefined: they are on a bar. */
export const MenuContext = createContext<{ close(): void } | undefined>(undefined);

interface ActionProps {
  icon: IconName;
  label: string;
  /** Says more than the label. */
  hint?: string;
  id?: string;
  testId?: string | undefined;
  /** Undefined for what is no switch. */
  isOn?: boolean | undefined;
  /** It keeps its place and its hint, and the focus. */
  isDisabled?: boolean;
  press(): void;
}

/** A button with a picture on a bar, or an item with words in a menu, which closes then. */
export function Action({ icon, label, hint = label, id, testId, isOn, isDisabled = false, press }: ActionProps) {
  const menu = useContext(MenuContext);
  const act = () => isDisabled || press();
  if (!menu) {
    return (
      <button
        type="button"
        class="tool"
        id={id}
        data-testid={testId}
        title={hint}
        aria-label={label}
        aria-pressed={isOn}
        aria-disabled={isDisabled || undefined}
        onClick={act}
      >
        <Icon name={icon} />
      </button>
    );
  }
  const choose = () => {
    menu.close();
    act();
  };
  return (
    <MenuItem
      icon={icon}
      label={label}
      hint={hint}
      testId={testId}
      isOn={isOn}
      isDisabled={isDisabled}
      press={choose}
    />
  );
}

interface SwitchProps {
  label: string;
  hint: string;
  testId: string;
  isOn: boolean;
  toggle(): void;
}

/** A checkbox on a bar, or an item with a tick in a menu, which stays open to show it. */
export function Switch({ label, hint, testId, isOn, toggle }: SwitchProps) {
  if (useContext(MenuContext)) return <MenuItem label={label} hint={hint} testId={testId} isOn={isOn} press={toggle} />;
  return (
    <label class="toolbar-check" title={hint}>
      <input
        type="checkbox"
        data-testid={testId}
        checked={isOn}
        // Shows what is in force, which is not yet what was asked for.
        onClick={(event) => {
          event.preventDefault();
          toggle();
        }}
      />
      <span>{label}</span>
    </label>
  );
}

interface MenuItemProps extends Omit<ActionProps, 'icon' | 'id'> {
  /** Without one there is a place for the tick. */
  icon?: IconName | undefined;
  /** It is one of several, of which one is on. */
  isRadio?: boolean;
  /** The key that does the same. */
  keys?: string | undefined;
}

function MenuItem({ icon, label, hint, testId, isOn, isRadio, isDisabled, keys, press }: MenuItemProps) {
  const picture = icon ?? (isOn && 'tick');
  const role = isOn === undefined ? 'menuitem' : isRadio ? 'menuitemradio' : 'menuitemcheckbox';
  return (
    <button
      type="button"
      class="menu-item"
      {...(isOn === undefined ? { role } : { role, 'aria-checked': isOn })}
      tabIndex={-1}
      aria-disabled={isDisabled || undefined}
      data-testid={testId}
      title={hint}
      onClick={press}
    >
      <span class="menu-picture">{picture && <Icon name={picture} />}</span>
      <span class="cut">{label}</span>
      {keys !== undefined && <kbd class="menu-keys">{keys}</kbd>}
    </button>
  );
}

/** An item of a menu, which closes then. */
export function Item({ press, isDisabled = false, ...props }: Omit<MenuItemProps, 'isOn' | 'isRadio'>) {
  return <MenuItem {...props} isDisabled={isDisabled} press={useChoice(press, isDisabled)} />;
}

/** What is chosen closes its menu first; what is disabled cannot be chosen. */
function useChoice(press: () => void, isDisabled: boolean): () => void {
  const menu = useContext(MenuContext);
  return () => {
    if (isDisabled) return;
    menu?.close();
    press();
  };
}

/** One of several in a menu, which stays open to show it. */
export function RadioItem(props: Pick<MenuItemProps, 'label' | 'hint' | 'testId' | 'press'> & { isOn: boolean }) {
  return <MenuItem {...props} isRadio />;
}

interface SegmentProps {
  label: string;
  words: string;
  testId: string;
  isDisabled: boolean;
  press(): void;
}

/** A small item beside others in a row of a menu. */
export function Segment({ label, words, testId, isDisabled, press }: SegmentProps) {
  const choose = useChoice(press, isDisabled);
  return (
    <button
      type="button"
      class="menu-segment"
      role="menuitem"
      tabIndex={-1}
      data-testid={testId}
      title={label}
      aria-label={label}
      aria-disabled={isDisabled || undefined}
      onClick={choose}
    >
      {words}
    </button>
  );
}

/** Items that belong together, under a title. */
export function ItemGroup({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a menu may have no fieldset in it
    <div role="group" aria-label={title}>
      <div class="menu-title cut" aria-hidden="true">
        {title}
      </div>
      {children}
    </div>
  );
}

/** Between groups of actions. */
export function Line() {
  return useContext(MenuContext) ? <hr class="menu-line" /> : <span class="toolbar-line" />;
}
