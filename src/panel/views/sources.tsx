import './sources.css';
import type { TargetedKeyboardEvent } from 'preact';
import { isWorker } from '../../model/home.ts';
import { isPast } from '../../model/lane-order.ts';
import { rate as rateOf } from '../../model/rate.ts';
import type { Source } from '../../model/source.ts';
import { sourceName } from '../../model/source-name.ts';
import { isBlind, resetOf, stateOf } from '../../model/source-state.ts';
import { clickLane, pressChoiceKey } from '../choice-keys.ts';
import { number, rate } from '../format.ts';
import { Icon } from '../icons.tsx';
import { meantBy, resettable } from '../reach.ts';
import { useStore } from '../store.ts';
import { text, textOf } from '../text.ts';
import { pressTimelineKey } from '../timeline-keys.ts';
import { carrier, sourceState } from '../wording.ts';
import { ResetMenu } from './reset-menu.tsx';
import type { LaneWindow } from './timeline.tsx';

/** A head that is lower than this is one line. */
const TWO_LINES = 34;

/** Heads beyond the visible ones: the keys may step on them before they are scrolled into sight. */
const BEYOND = 2;

/** The heads of the lanes: what each source is, what it does, and the button that resets it. */
export function Sources({ window }: { window: LaneWindow }) {
  const store = useStore();
  const { lanes, selection } = store;
  const { laneHeight } = window;
  const cursor = selection.cursor.value;
  const first = Math.max(0, window.first - BEYOND);
  const shown = lanes.value.slice(first, window.end + BEYOND);
  const isShown = shown.some(({ key }) => key === cursor);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    // The button of a row is pressed by it.
    const isForButton = event.key === ' ' && event.target !== event.currentTarget;
    if (!isForButton && pressChoiceKey(store, event)) {
      event.preventDefault();
      // DevTools would open its drawer for Escape.
      event.stopPropagation();
      return;
    }
    const isUpOrDown = event.key === 'ArrowUp' || event.key === 'ArrowDown' || event.key.toLowerCase() === 'r';
    if (isUpOrDown && pressTimelineKey(store, event)) event.preventDefault();
  };
  return (
    <table
      class="sources"
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows can be chosen is a grid
      role="grid"
      tabIndex={0}
      aria-label={text('sourcesLabel')}
      aria-description={text('chosenKeys')}
      aria-multiselectable
      aria-rowcount={lanes.value.length}
      aria-activedescendant={isShown ? `source-${cursor}` : undefined}
      style={{ height: `${lanes.value.length * laneHeight}px` }}
      onKeyDown={onKeyDown}
    >
      <tbody>
        {shown.map((source, index) => (
          <SourceHead key={source.key} source={source} row={first + index} laneHeight={laneHeight} />
        ))}
      </tbody>
    </table>
  );
}

interface SourceHeadProps {
  source: Source;
  row: number;
  laneHeight: number;
}

function SourceHead({ source, row, laneHeight }: SourceHeadProps) {
  const store = useStore();
  const { session, selection, second, revision } = store;
  revision.value;
  const isSelected = selection.keys.value.has(source.key);
  const isSeveral = isSelected && selection.keys.value.size > 1;
  const isCursor = selection.cursor.value === source.key;
  const isLast = selection.source.value?.key === source.key;
  const meant = resettable(meantBy(source, selection.chosen.value));
  const { path, query, host } = sourceName(source);
  const { icon, tone, words } = sourceState(source, second.value);
  const state = stateOf(source);
  const canReset = !session.imported && meant.length > 0;
  const isLow = laneHeight < TWO_LINES;
  const facts = [state === 'open' && !isBlind(source) && rate(rateOf(source, second.value)), carrier(source)];
  return (
    <tr
      class={`source ${isPast(source) ? 'source-past' : ''} ${isLow ? 'source-low' : ''} ${isLast ? 'source-last' : ''} ${isCursor ? 'source-cursor' : ''}`}
      id={`source-${source.key}`}
      aria-rowindex={row + 1}
      aria-selected={isSelected}
      aria-current={isSeveral && isLast ? 'true' : undefined}
      data-testid="source"
      data-source={source.key}
      data-url={source.url}
      data-state={state}
      data-carried={source.networkOnly ? 'network' : source.carried}
      style={{ transform: `translateY(${row * laneHeight}px)` }}
      onClick={(event) => {
        // What is selected stays where its buttons are for all of that.
        const isForAll = isSeveral && event.target instanceof Element && event.target.closest('.source-split') !== null;
        if (!isForAll) clickLane(store, source.key, event);
      }}
    >
      <td class="source-who" title={isLow ? `${words}\n${source.url}` : source.url}>
        <span class={`source-state tone-${tone}`}>
          <Icon name={icon} size={14} />
        </span>
        <div class="source-words">
          <div class="source-name">
            <span class="source-path cut">
              {path}
              {query !== '' && <span class="dim">{query}</span>}
            </span>
            {host !== undefined && <span class="tag cut">{host}</span>}
            {!source.document.top && (
              <span class="tag" title={source.document.url}>
                {text(isWorker(source.document.id) ? 'worker' : 'frame')}
              </span>
            )}
          </div>
          <div class={isLow ? 'unseen' : 'source-meta number cut'}>
            <span class={`tone-${tone}`}>{words}</span>
            {facts.filter(Boolean).map((fact) => ` · ${fact}`)}
          </div>
        </div>
      </td>
      <td class="source-split">
        <button
          type="button"
          class="tool source-reset"
          data-testid="reset"
          data-reset={resetOf(source) ?? ''}
          title={session.imported ? text('importedHint') : isSeveral ? severalHint(meant) : resetHint(source, path)}
          aria-label={isSeveral ? textOf('resetSeveral', meant.length, number(meant.length)) : text('reset', path)}
          aria-disabled={!canReset}
          tabIndex={isCursor ? 0 : -1}
          onClick={() => canReset && session.reset(meant)}
        >
          <Icon name="reset" size={14} />
        </button>
        <ResetMenu source={source} isCursor={isCursor} />
      </td>
    </tr>
  );
}

const severalHint = (meant: readonly Source[]): string =>
  meant.length === 0
    ? text('resetSeveralNone')
    : `${textOf('resetSeveral', meant.length, number(meant.length))}\n${text('resetSeveralHint')}`;

function resetHint(source: Source, path: string): string {
  const kind = resetOf(source);
  if (kind) return text(kind === 'network' ? 'resetNetworkHint' : 'resetHint', path);
  return source.networkOnly ? text('networkOnlyHint') : text('resetClosedHint', path);
}
