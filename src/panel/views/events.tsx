import './events.css';
import { nextItem } from '../../model/event-rows.ts';
import type { Source } from '../../model/source.ts';
import { isTapped } from '../../model/source-state.ts';
import { textOf as dataOf } from '../../model/stream-item.ts';
import { copy } from '../clipboard.ts';
import { Icon } from '../icons.tsx';
import { sortedBy } from '../listing.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { useEventList } from '../use-event-list.ts';
import { EventDetail } from './event-detail.tsx';
import { EventRow, eventColumns } from './event-row.tsx';
import { EventsBar } from './events-bar.tsx';
import { EventsNone } from './events-none.tsx';
import { Grid } from './grid.tsx';
import { Splitter } from './splitter.tsx';

/** What the selected source, or all of them, dispatched to the page, and the event that was picked. */
export function Events() {
  const { selection, lanes, listing, filterText } = useStore();
  const source = selection.source.value;
  const isAll = listing.all.value;
  const sources = isAll ? lanes.value : source ? [source] : [];
  const list = useEventList(sources);
  if (!source) return null;
  const { rows } = list;
  const item = selection.item.value;
  const attempt = selection.attempt.value;
  const sort = listing.sort.value;
  const selected = item && rows.rowOf(source, item);
  const step = (row: number, way: 1 | -1) => {
    const found = nextItem(rows, row, way) ?? nextItem(rows, row, -way);
    if (found) selection.selectEvent(found.item, found.source.key);
  };
  const close = () => {
    selection.selectEvent(undefined);
    document.querySelector<HTMLElement>('.grid-events')?.focus();
  };
  return (
    <div class="events">
      <div class="events-list">
        <EventsBar sources={sources} list={list} />
        {rows.count === 0 ? (
          <EventsNone source={source} list={list} />
        ) : (
          <Grid
            key={`${isAll || source.key} ${filterText.value} ${sort?.column} ${sort?.descending}`}
            name="events"
            label={text('tabEvents')}
            columns={eventColumns(isAll)}
            count={rows.count}
            selected={selected}
            reveal={selected ?? (attempt === undefined ? undefined : rows.rowOfAttempt(source, attempt))}
            select={step}
            {...(sort === undefined && { grows: 'end' })}
            {...(sort?.column === 'time' && { grows: 'start' })}
            sort={{
              by: sort,
              choose: (column) => {
                listing.sort.value = sortedBy(sort, column);
              },
            }}
            {...(item && { onCopy: () => copy(dataOf(item)), onEscape: close })}
            onEnter={() => document.getElementById('event-data')?.focus()}
            row={(index, place) => {
              const row = rows.at(index);
              return row && <EventRow key={place.slot} row={row} isAll={isAll} isOdd={index % 2 === 1} place={place} />;
            }}
          />
        )}
        <Hint sources={sources} />
      </div>
      {item && (
        <>
          <Splitter label={text('resizeDetail')} property="--w-detail" axis="x" direction={-1} />
          <EventDetail
            source={source}
            item={item}
            close={close}
            {...(selected !== undefined && { step: (way: 1 | -1) => step(selected + way, way) })}
          />
        </>
      )}
    </div>
  );
}

/** What cannot be seen of a connection that is the browser's, and how to see it. */
function Hint({ sources }: { sources: readonly Source[] }) {
  const { session, allowed, permissionsPage } = useStore();
  if (!sources.some((source) => source.carried === 'native' && !source.networkOnly && !isTapped(source))) return null;
  return (
    <p class="hint">
      <Icon name="info" size={13} />
      <span class="cut" title={text('observedHint')}>
        {text('observedHint')}
      </span>
      {session.manageNew ? (
        <button type="button" class="link" onClick={session.reloadPage} title={text('observedReloadHint')}>
          {text('reloadPage')}
        </button>
      ) : (
        <button type="button" class="link" title={text('manageNewHint')} onClick={() => session.setManageNew(true)}>
          {text('manageNew')}
        </button>
      )}
      {allowed.value.networkReset === 'possible' && (
        <button
          type="button"
          class="link"
          data-testid="ask-network"
          title={text('networkAskHint')}
          onClick={permissionsPage.show}
        >
          {text('networkAsk')}
        </button>
      )}
    </p>
  );
}
