import type { EventRow as Row } from '../../model/event-rows.ts';
import type { Source } from '../../model/source.ts';
import { sourceName } from '../../model/source-name.ts';
import { idOf, isEvent, type StreamItem, textOf } from '../../model/stream-item.ts';
import { clock, number } from '../format.ts';
import { Icon } from '../icons.tsx';
import { text } from '../text.ts';
import { boundaryText } from '../wording.ts';
import { GapRow } from './gap-row.tsx';
import { GridRow, type RowPlace } from './grid.tsx';
import type { GridColumn } from './grid-head.tsx';

/** As much of the data as a row could show on any screen. */
const PREVIEW = 400;

/** The columns of the list of events; with that of the source where it has all of them. */
export function eventColumns(isAll: boolean): GridColumn[] {
  const columns: GridColumn[] = [
    { name: 'time', label: text('columnTime'), width: 96, least: 84, sorts: true, stays: true },
    { name: 'source', label: text('columnSource'), width: 104, least: 48, sorts: true },
    { name: 'type', label: text('columnType'), width: 88, least: 48, sorts: true },
    { name: 'id', label: text('columnId'), width: 64, least: 40, sorts: true },
    {
      name: 'size',
      label: text('columnSize'),
      hint: text('columnSizeHint'),
      align: 'right',
      width: 56,
      least: 44,
      leaves: 1,
      sorts: true,
    },
    { name: 'data', label: text('columnData'), width: 160, least: 120, sorts: true, stays: true },
  ];
  return columns.filter(({ name }) => isAll || name !== 'source');
}

interface EventRowProps {
  row: Row;
  /** The list has the events of all sources. */
  isAll: boolean;
  isOdd: boolean;
  place: RowPlace;
}

/** An event, what the stream said without one, or where the connection was made anew. */
export function EventRow({ row, isAll, isOdd, place }: EventRowProps) {
  if (row.type === 'boundary' && row.boundary.gap) return <GapRow gap={row.boundary.gap} place={place} />;
  if (row.type === 'boundary') {
    return (
      <tr {...place.attributes} class="grid-row boundary">
        <td class="iconed">
          <Icon name="boundary" size={12} />
          <span class="cut">{boundaryText(row.boundary)}</span>
        </td>
      </tr>
    );
  }
  const { item, source } = row;
  return (
    <GridRow
      place={place}
      class={`${isOdd ? 'odd' : ''} ${isEvent(item) ? '' : 'line'}`}
      data-testid={isEvent(item) ? 'event' : 'line'}
      data-id={idOf(item)}
      data-type={item.type}
      data-source={source.key}
    >
      {cells(item, source, isAll)}
    </GridRow>
  );
}

function cells(item: StreamItem, source: Source, isAll: boolean) {
  const { time, type, size } = item;
  const id = idOf(item);
  const all = [
    <td key="time">{clock(time, 3)}</td>,
    isAll && (
      <td key="source" title={source.url}>
        {sourceName(source).path}
      </td>
    ),
    isEvent(item) ? (
      <td key="type" class={item.heard ? '' : 'event-unheard'} title={item.heard ? type : text('unheard', type)}>
        {type}
      </td>
    ) : (
      <td key="type">
        <span class="iconed">
          <Icon name={LINES[item.type].icon} size={12} />
          <span class="cut">{text(LINES[item.type].word)}</span>
        </span>
      </td>
    ),
    <td key="id" title={id}>
      {id}
    </td>,
    <td key="size" class="right">
      {number(size)}
    </td>,
    <td key="data" class="mono">
      {textOf(item).slice(0, PREVIEW)}
    </td>,
  ];
  return all.filter(Boolean);
}

/** What a stream says without an event, in the words of the format. */
const LINES = {
  comment: { icon: 'comment', word: 'lineComment' },
  retry: { icon: 'clock', word: 'lineRetry' },
  id: { icon: 'flag', word: 'lineId' },
} as const;
