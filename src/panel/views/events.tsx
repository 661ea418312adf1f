import './events.css';
import { useMemo } from 'preact/hooks';
import { type Boundary, eventRows, nextEvent, rowAt, rowOf, rowOfAttempt } from '../../model/event-rows.ts';
import type { Source, StreamEvent } from '../../model/source.ts';
import { copy } from '../clipboard.ts';
import { clock, number } from '../format.ts';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { useFiltered } from '../use-filtered.ts';
import { boundaryText } from '../wording.ts';
import { EventDetail } from './event-detail.tsx';
import { Grid, type RowPlace } from './grid.tsx';
import { Splitter } from './splitter.tsx';

/** As much of the data as a row could show on any screen. */
const PREVIEW = 400;

/** What the selected source dispatched to the page, and the event that was picked. */
export function Events() {
  const { selection, revision, filterText } = useStore();
  const source = selection.source.value;
  const filtered = useFiltered(source);
  const rows = useMemo(() => {
    // Between events that were filtered, a boundary would say nothing.
    if (filtered) return eventRows({ attempts: [], events: filtered.admitted });
    return eventRows(source ?? { attempts: [], events: [] });
  }, [source, filtered, filtered?.admitted.length, source?.events.length, source?.attempts.length, revision.value]);
  if (!source) return null;
  const event = selection.event.value;
  const attempt = selection.attempt.value;
  const selected = event && rowOf(rows, event);
  return (
    <div class="events">
      <div class="events-list">
        {rows.count === 0 ? (
          <p class="events-none">{text(filtered && source.events.length > 0 ? 'noMatch' : nothing(source))}</p>
        ) : (
          <Grid
            key={`${source.key} ${filterText.value}`}
            name="events"
            label={text('tabEvents')}
            count={rows.count}
            selected={selected}
            reveal={selected ?? (attempt === undefined ? undefined : rowOfAttempt(rows, attempt))}
            select={(row, step) => selection.selectEvent(nextEvent(rows, row, step) ?? nextEvent(rows, row, -step))}
            isTail
            {...(event && { onCopy: () => copy(event.data) })}
            head={<EventsHead />}
            row={(row, place) => {
              const found = rowAt(rows, row);
              if (found?.type === 'boundary') {
                return <BoundaryRow key={`#${found.boundary.attempt.number}`} {...found} place={place} />;
              }
              return (
                found && <EventRow key={found.event.seq} event={found.event} isOdd={row % 2 === 1} place={place} />
              );
            }}
          />
        )}
        {source.carried === 'native' && !source.networkOnly && (
          <p class="hint">
            <Icon name="info" size={13} />
            <span class="cut" title={text('observedHint')}>
              {text('observedHint')}
            </span>
          </p>
        )}
      </div>
      {event && (
        <>
          <Splitter label={text('resizeDetail')} property="--w-detail" axis="x" direction={-1} />
          <EventDetail event={event} close={() => selection.selectEvent(undefined)} />
        </>
      )}
    </div>
  );
}

/** Why no events are there. */
function nothing({ networkOnly, state }: Source) {
  if (networkOnly) return 'networkOnlyHint';
  return state === 'closed' ? 'noEvents' : 'noEventsYet';
}

function EventsHead() {
  return (
    <>
      <th scope="col">{text('columnTime')}</th>
      <th scope="col">{text('columnType')}</th>
      <th scope="col">{text('columnId')}</th>
      <th scope="col" class="right wide-only" title={text('columnSizeHint')}>
        {text('columnSize')}
      </th>
      <th scope="col">{text('columnData')}</th>
    </>
  );
}

function EventRow({ event, isOdd, place }: { event: StreamEvent; isOdd: boolean; place: RowPlace }) {
  const { time, type, lastEventId, size, data, heard } = event;
  return (
    <tr {...place} class={`grid-row ${isOdd ? 'odd' : ''}`} data-testid="event" data-id={lastEventId} data-type={type}>
      <td>{clock(time, 3)}</td>
      <td class={heard ? '' : 'event-unheard'} title={heard ? type : text('unheard', type)}>
        {type}
      </td>
      <td title={lastEventId}>{lastEventId}</td>
      <td class="right wide-only">{number(size)}</td>
      <td class="mono">{data.slice(0, PREVIEW)}</td>
    </tr>
  );
}

function BoundaryRow({ boundary, place }: { boundary: Boundary; place: RowPlace }) {
  return (
    <tr {...place} class="grid-row boundary">
      <td class="iconed">
        <Icon name="boundary" size={12} />
        <span class="cut">{boundaryText(boundary)}</span>
      </td>
    </tr>
  );
}
