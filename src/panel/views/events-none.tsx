import type { Listed } from '../../model/event-list.ts';
import type { Source } from '../../model/source.ts';
import { isBlind } from '../../model/source-state.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';

/** Why the list of events is empty, and the way out. */
export function EventsNone({ source, list }: { source: Source; list: Listed }) {
  const { filter, filterText, navigation, listing } = useStore();
  // Said by the bar.
  if (list.busy) return <p class="events-none" />;
  const isFiltered = filter.value.terms.length > 0 && list.all > 0;
  if (navigation.chosen.value && list.all > 0) {
    return (
      <div class="events-none">
        <p>{text(isFiltered ? 'noneInRangeFiltered' : 'noneInRange')}</p>
        <button type="button" class="link" onClick={navigation.unchoose}>
          {text('rangeLeave')}
        </button>
      </div>
    );
  }
  if (isFiltered) {
    return (
      <div class="events-none">
        <p>{text(listing.all.value ? 'noMatchAny' : 'noMatch')}</p>
        <button
          type="button"
          class="link"
          onClick={() => {
            filterText.value = '';
          }}
        >
          {text('filterClear')}
        </button>
      </div>
    );
  }
  return <p class="events-none">{text(nothing(source))}</p>;
}

function nothing(source: Source) {
  if (isBlind(source)) return 'networkOnlyHint';
  return source.state === 'closed' ? 'noEvents' : 'noEventsYet';
}
