import './range-chip.css';
import { Icon } from '../icons.tsx';
import { rangeTimes } from '../range-text.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';

/** Says that the tables show a part of the session only, which part, and takes that back. */
export function RangeChip() {
  const { navigation } = useStore();
  const chosen = navigation.chosen.value;
  const times = chosen && rangeTimes(chosen);
  return (
    <>
      {/* It is there before it has something to say, and says it once, not with every step of the range. */}
      <span class="unseen" role="status">
        {chosen && text('rangeChosen')}
      </span>
      {times && (
        <div class="range-bar">
          <span class="range-chip number" data-testid="range-chip" title={text('rangeChosen')}>
            <Icon name="filter" size={12} />
            <span class="cut">{text('rangeOnly', times.from, times.to)}</span>
            <button
              type="button"
              class="range-close"
              data-testid="range-release"
              title={text('rangeRelease')}
              aria-label={text('rangeRelease')}
              onClick={() => navigation.unchoose()}
            >
              <Icon name="close" size={12} />
            </button>
          </span>
        </div>
      )}
    </>
  );
}
