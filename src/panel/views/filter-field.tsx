import './filter.css';
import { useRef } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { shortcut } from '../shortcuts.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { FilterHelp } from './filter-help.tsx';
import { MatchCount } from './match-count.tsx';

/** What is written here narrows the lists at once; see model/filter.ts for what may be written. */
export function FilterField() {
  const { filterText, filter, narrow } = useStore();
  const input = useRef<HTMLInputElement>(null);
  const { broken } = filter.value;
  const clear = () => {
    filterText.value = '';
    input.current?.focus();
  };
  return (
    <div class={broken === undefined ? 'filter' : 'filter filter-broken'}>
      <Icon name="filter" size={14} />
      <input
        ref={input}
        id="filter"
        type="search"
        data-testid="filter"
        title={`${text('filterHint')} (${shortcut('F')})`}
        aria-label={text('filter')}
        aria-invalid={broken !== undefined}
        aria-describedby={broken === undefined ? undefined : 'filter-broken'}
        placeholder={text(narrow.value ? 'filter' : 'filterPlaceholder')}
        spellcheck={false}
        value={filterText.value}
        onInput={({ currentTarget }) => {
          filterText.value = currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          // DevTools would open its drawer, and the browser empty the field without telling.
          event.stopPropagation();
          event.preventDefault();
          if (filterText.value === '') input.current?.blur();
          else clear();
        }}
      />
      {broken !== undefined && (
        <span class="filter-error cut" id="filter-broken" role="status" title={text('filterBroken', broken)}>
          <Icon name="info" size={12} />
          <span class="cut">{text('filterBrokenShort')}</span>
          <span class="unseen">{text('filterBroken', broken)}</span>
        </span>
      )}
      <MatchCount />
      {filterText.value === '' ? (
        <FilterHelp />
      ) : (
        <button
          type="button"
          class="tool"
          data-testid="filter-clear"
          title={text('filterClear')}
          aria-label={text('filterClear')}
          onClick={clear}
        >
          <Icon name="close" size={12} />
        </button>
      )}
    </div>
  );
}
