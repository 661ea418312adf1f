import type { TargetedEvent, TargetedKeyboardEvent, TargetedPointerEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type Column, type Place, toggled, unsized } from '../../model/columns.ts';
import type { Columns } from '../../model/settings.ts';
import { Icon } from '../icons.tsx';
import { text } from '../text.ts';
import { ContextMenu, type MenuItem, type Point } from './context-menu.tsx';

const STEP = 8;

export interface GridColumn extends Column {
  label: string;
  /** What it means, where the label does not say it. */
  hint?: string;
  align?: 'right';
  /** A click on its head sorts. */
  sorts?: true;
}

export interface GridSort {
  /** Undefined: rows are as they come. */
  by: { column: string; descending: boolean } | undefined;
  /** The head of this column was clicked. */
  choose(column: string): void;
}

interface GridHeadProps {
  columns: readonly GridColumn[];
  shown: readonly Place[];
  wanted: Columns;
  /** For good. */
  change(wanted: Columns): void;
  /** While the user draws. */
  resize(column: Column, width: number): void;
  /** The user let go. */
  drop(): void;
  sort?: GridSort;
}

/**
 * The heads of a table's columns: a click sorts, drawing the edge resizes (a double click takes it back), a right click
 * says which are shown. By key: arrows go from head to head, Shift with them resizes, Enter sorts, and the menu key opens
 * the menu, as the button at the end does.
 */
export function GridHead(props: GridHeadProps) {
  const { columns, shown, wanted, change, sort } = props;
  const [menu, setMenu] = useState<Point>();
  const [stop, setStop] = useState(0);
  const heads = shown.flatMap((place) => {
    const column = columns.find(({ name }) => name === place.name);
    return column ? [{ column, width: place.width }] : [];
  });
  const items: MenuItem[] = columns.map(({ name, label, stays }) => ({
    label,
    isChecked: stays || !wanted.hidden.includes(name),
    ...(stays && { isFixed: true }),
    run: () => change(toggled(wanted, name)),
  }));
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>, index: number) => {
    const head = heads[index];
    const way = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (!head || event.ctrlKey || event.metaKey || event.altKey) return;
    if (way !== 0 && event.shiftKey) props.resize(head.column, head.width + way * STEP);
    else if (way !== 0) {
      const next = Math.min(heads.length - 1, Math.max(0, index + way));
      setStop(next);
      (event.currentTarget.parentElement?.children[next] as HTMLElement | undefined)?.focus();
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))
      setMenu(below(event.currentTarget));
    else if ((event.key === 'Enter' || event.key === ' ') && head.column.sorts) sort?.choose(head.column.name);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <thead>
      <tr class="grid-row grid-head" aria-rowindex={1}>
        {heads.map(({ column, width }, index) => (
          <th
            key={column.name}
            scope="col"
            class={[column.align ?? '', column.sorts && sort ? 'grid-sortable' : ''].join(' ')}
            title={column.hint}
            data-column={column.name}
            aria-colindex={columns.indexOf(column) + 1}
            aria-sort={sort?.by?.column === column.name ? (sort.by.descending ? 'descending' : 'ascending') : undefined}
            tabIndex={index === Math.min(stop, heads.length - 1) ? 0 : -1}
            onFocus={() => setStop(index)}
            onClick={() => column.sorts && sort?.choose(column.name)}
            onKeyDown={(event) => onKeyDown(event, index)}
            onKeyUp={({ key }) => key === 'Shift' && props.drop()}
            onBlur={props.drop}
            onContextMenu={(event) => {
              event.preventDefault();
              setMenu({ x: event.clientX, y: event.clientY });
            }}
          >
            <span class="grid-label">
              <span class="cut">{column.label}</span>
              {sort?.by?.column === column.name && <Icon name={sort.by.descending ? 'down' : 'up'} size={10} />}
            </span>
            {index < heads.length - 1 && (
              <Edge
                width={width}
                resize={(to) => props.resize(column, to)}
                drop={props.drop}
                reset={() => change(unsized(wanted, column.name))}
              />
            )}
          </th>
        ))}
      </tr>
      <tr class="grid-more">
        <td>
          <button
            type="button"
            class="tool"
            title={text('columns')}
            aria-label={text('columns')}
            aria-haspopup="menu"
            aria-expanded={menu !== undefined}
            onClick={({ currentTarget }) => setMenu(below(currentTarget))}
            // They are the menu's, or the button's own.
            onKeyDown={(event) => event.stopPropagation()}
          >
            <Icon name="dots" size={14} />
          </button>
          {menu && (
            <ContextMenu
              label={text('columns')}
              items={[...items, { label: text('columnsReset'), run: () => change({ hidden: [], widths: {} }) }]}
              at={menu}
              close={() => setMenu(undefined)}
            />
          )}
        </td>
      </tr>
    </thead>
  );
}

interface EdgeProps {
  width: number;
  resize(width: number): void;
  drop(): void;
  reset(): void;
}

/** The right edge of a head. Those who use keys have Shift and the arrows. */
function Edge({ width, resize, drop, reset }: EdgeProps) {
  const drawn = useRef<{ from: number; width: number } | undefined>(undefined);
  const onPointerDown = (event: TargetedPointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drawn.current = { from: event.clientX, width };
  };
  const onPointerUp = () => {
    if (drawn.current) drop();
    drawn.current = undefined;
  };
  const isNoClick = (event: TargetedEvent<HTMLElement>) => event.stopPropagation();
  return (
    <span
      class="grid-edge"
      aria-hidden="true"
      onPointerDown={onPointerDown}
      onPointerMove={({ clientX }) => drawn.current && resize(drawn.current.width + clientX - drawn.current.from)}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onClick={isNoClick}
      onDblClick={reset}
    />
  );
}

function below(element: HTMLElement): Point {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom };
}
