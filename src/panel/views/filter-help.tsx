import { Icon } from '../icons.tsx';
import { type MessageKey, text } from '../text.ts';

/** What may be written into the field, and what it means. */
const SYNTAX: readonly [syntax: string, meaning: MessageKey][] = [
  ['tick', 'filterWord'],
  ['"two words"', 'filterPhrase'],
  ['/tick|beat/', 'filterRegex'],
  ['type:tick', 'filterType'],
  ['id:42', 'filterId'],
  ['source:/events', 'filterSource'],
  ['is:unheard', 'filterUnheard'],
  ['is:duplicate', 'filterDuplicate'],
  ['-type:beat', 'filterNot'],
];

/** A button that shows how to write a filter. */
export function FilterHelp() {
  return (
    <>
      <button
        type="button"
        class="tool"
        data-testid="filter-help"
        title={text('filterHelp')}
        aria-label={text('filterHelp')}
        popovertarget="filter-help"
        onKeyDown={(event) => {
          // It closes by Escape; DevTools would open its drawer as well.
          const isOpen = document.getElementById('filter-help')?.matches(':popover-open');
          if (event.key === 'Escape' && isOpen) event.stopPropagation();
        }}
      >
        <Icon name="question" size={14} />
      </button>
      <div
        id="filter-help"
        class="filter-help"
        popover="auto"
        onBeforeToggle={({ currentTarget: { style, parentElement: field } }) => {
          style.setProperty('--field-left', `${field?.getBoundingClientRect().left ?? 0}px`);
        }}
      >
        <h2>{text('filterHelp')}</h2>
        <dl>
          {SYNTAX.map(([syntax, meaning]) => [
            <dt key={syntax} class="mono">
              {syntax}
            </dt>,
            <dd key={meaning}>{text(meaning)}</dd>,
          ])}
        </dl>
        <p class="dim">{text('filterAll')}</p>
      </div>
    </>
  );
}
