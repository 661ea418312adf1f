import type { Signal } from '@preact/signals';

export interface Tab<Name extends string> {
  name: Name;
  label: string;
  /** Stands beside the label. */
  count?: string;
  /** It counts what is wrong. */
  isBad?: boolean;
}

interface TabsProps<Name extends string> {
  label: string;
  tabs: readonly Tab<Name>[];
  /** Which one is shown; where it is none of these, the first. */
  chosen: Signal<Name>;
  /** Id of the element with `role=tabpanel`. */
  controls: string;
}

/** As the ARIA Authoring Practices have it: one stop for the Tab key, arrows go on and around. */
export function Tabs<Name extends string>({ label, tabs, chosen, controls }: TabsProps<Name>) {
  const shown = shownTab(tabs, chosen.value);
  const onKeyDown = ({ key }: KeyboardEvent) => {
    const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
    const at = tabs.findIndex(({ name }) => name === shown);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (step === 0 || !next) return;
    chosen.value = next.name;
    document.getElementById(`tab-${next.name}`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
      {tabs.map(({ name, label: words, count, isBad }) => (
        <button
          key={name}
          type="button"
          class="tab"
          role="tab"
          id={`tab-${name}`}
          aria-controls={controls}
          aria-selected={name === shown}
          tabIndex={name === shown ? 0 : -1}
          onClick={() => {
            chosen.value = name;
          }}
        >
          {words}
          {count !== undefined && <span class={isBad ? 'tab-bad number' : 'dim number'}>{count}</span>}
        </button>
      ))}
    </div>
  );
}

export function shownTab<Name extends string>(tabs: readonly Tab<Name>[], chosen: Name): Name | undefined {
  return tabs.some(({ name }) => name === chosen) ? chosen : tabs[0]?.name;
}
