import './filter.css';
import { useRef } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { shortcut } from '../shortcuts.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';

/** What is written here narrows the lists at once; see model/filter.ts for what may be written. */
export function FilterField() {
  const { filterText, filter } = useStore();
  const input = useRef<HTMLInputElement>(null);
  const { broken } = filter.value;
  const clear = () => {
    filterText.value = '';
    input.current?.focus();
  };
  return (
    <div
      class={broken === undefined ? 'filter' : 'filter filter-broken'}
      title={broken === undefined ? `${text('filterHint')} (${shortcut('F')})` : text('filterBroken', broken)}
    >
      <Icon name="filter" size={14} />
      <input
        ref={input}
        id="filter"
        type="search"
        data-testid="filter"
        aria-label={text('filter')}
        aria-invalid={broken !== undefined}
        placeholder={text('filterPlaceholder')}
        spellcheck={false}
        value={filterText.value}
        onInput={({ currentTarget }) => {
          filterText.value = currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || filterText.value === '') return;
          // DevTools would open its drawer.
          event.stopPropagation();
          clear();
        }}
      />
      {filterText.value !== '' && (
        <button type="button" class="tool" title={text('filterClear')} aria-label={text('filterClear')} onClick={clear}>
          <Icon name="close" size={12} />
        </button>
      )}
    </div>
  );
}
