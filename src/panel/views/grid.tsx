import './grid.css';
import type { ComponentChildren, CSSProperties, HTMLAttributes, JSX, TargetedEvent } from 'preact';
import { cloneElement, isValidElement, toChildArray } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { places, resized } from '../../model/columns.ts';
import { boxHeight, pushed, type Scroll, scrolled, scrollTo } from '../../model/scroll.ts';
import type { Columns } from '../../model/settings.ts';
import { useStore } from '../store.ts';
import { useSize } from '../use-size.ts';
import { type GridColumn, GridHead, type GridSort } from './grid-head.tsx';

/** Rows beyond the visible ones on either side: they are there already when the user scrolls. */
const BEYOND = 8;
const AS_THEY_COME: Columns = { hidden: [], widths: {} };

/** What a row needs to know of its place. */
export interface RowPlace {
  /** For its key. A row that leaves the picture is the next one that comes into it: making new ones is what takes time. */
  slot: number;
  /** To be spread on its element. */
  attributes: { id: string; 'aria-rowindex': number; 'aria-selected': boolean; style: CSSProperties; onClick(): void };
  /** For each column of the table: is it shown? */
  shows: readonly boolean[];
}

interface GridProps {
  /** Names the table: `.grid-<name>`, and in the settings; unique in the document. */
  name: string;
  /** For those who listen. */
  label: string;
  columns: readonly GridColumn[];
  count: number;
  row(index: number, place: RowPlace): JSX.Element | undefined;
  /** Index of the selected row. */
  selected: number | undefined;
  /** A row is chosen by pointer or key; `step` is where from: 1 from above, -1 from below. */
  select(index: number, step: 1 | -1): void;
  /** Scrolls to this row whenever it changes. */
  reveal: number | undefined;
  /**
   * Where rows are added. At the `end`: the table starts there, and stays there until the user scrolls up. At the `start`:
   * what the user has scrolled to stays in sight.
   */
  grows?: 'end' | 'start';
  sort?: GridSort;
  onCopy?(): void;
  onEnter?(): void;
  onEscape?(): void;
}

/** A table of any length, by pointer and by key: rows are placed by arithmetic, a million cost as much as forty. */
export function Grid(props: GridProps) {
  const { name, label, columns, count, row, selected, select, reveal, grows, sort } = props;
  const { settings, changeSettings } = useStore();
  const table = useRef<HTMLTableElement>(null);
  const scroller = useRef<HTMLTableSectionElement>(null);
  const { width, height } = useSize(scroller);
  const rowHeight = useStore().rowHeight.value;
  const [, drawAgain] = useState(0);
  const at = useRef<Scroll>({ top: 0, boxTop: 0 });
  const atEnd = useRef(grows === 'end');
  const [draft, setDraft] = useState<Columns>();
  const kept = settings.value.columns[name] ?? AS_THEY_COME;
  const changed = draft ?? kept;
  const shown = places(columns, changed, width);
  const extent = { total: count * rowHeight, seen: height };

  const put = (next: Scroll) => {
    at.current = next;
    const element = scroller.current;
    if (element && element.scrollTop !== next.boxTop) element.scrollTop = next.boxTop;
  };
  const before = useRef(count);
  useLayoutEffect(() => {
    const { top } = at.current;
    const added = (count - before.current) * rowHeight;
    before.current = count;
    if (atEnd.current) put(scrollTo(extent.total, extent));
    else if (grows === 'start' && top > 0 && added > 0) put(pushed(at.current, added, extent));
    else if (top > extent.total - height) put(scrollTo(top, extent));
  }, [count, height, rowHeight]);
  useLayoutEffect(() => {
    if (reveal === undefined || height === 0) return;
    atEnd.current = grows === 'end' && reveal === count - 1;
    const start = reveal * rowHeight;
    const end = start + rowHeight - height;
    const { top } = at.current;
    if (top > start) put(scrollTo(start, extent));
    else if (top < end) put(scrollTo(end, extent));
  }, [reveal, height === 0]);

  const onScroll = ({ currentTarget: element }: TargetedEvent<HTMLTableSectionElement>) => {
    put(scrolled(at.current, element.scrollTop, extent));
    atEnd.current = grows === 'end' && at.current.top + height >= extent.total - rowHeight / 2;
    drawAgain((times) => times + 1);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!pressKey(props, event, Math.floor(height / rowHeight) - 1)) return;
    event.preventDefault();
    // DevTools would open its drawer, or search.
    event.stopPropagation();
  };

  // Where the list is about to stand: the rows of this frame, not of the one before it.
  const { top, boxTop } = atEnd.current
    ? scrollTo(extent.total, extent)
    : at.current.top > extent.total - height
      ? scrollTo(at.current.top, extent)
      : at.current;
  const first = Math.max(0, Math.floor(top / rowHeight) - BEYOND);
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + BEYOND);
  const indexes = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  const slots = Math.ceil(height / rowHeight) + 1 + 2 * BEYOND;
  // What is there stays in its slot, also where others come before it.
  const slotOf = (index: number) => (grows === 'start' ? count - index : index) % slots;
  const idOf = (index: number) => `${name}-${index}`;
  const isRendered = selected !== undefined && selected >= first && selected < last;
  const shows = columns.map((column) => shown.some((place) => place.name === column.name));
  const keep = (next: Columns) => changeSettings({ columns: { ...settings.value.columns, [name]: next } });
  return (
    <table
      ref={table}
      class={`grid grid-${name}`}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows can be chosen is a grid
      role="grid"
      tabIndex={0}
      aria-label={label}
      // Of all columns, also those that there is no room for.
      aria-colcount={columns.length}
      aria-rowcount={count + 1}
      aria-activedescendant={isRendered ? idOf(selected) : undefined}
      style={{ '--columns': shown.map((place) => `${place.width}px`).join(' ') }}
      onKeyDown={onKeyDown}
    >
      <GridHead
        columns={columns}
        shown={shown}
        wanted={changed}
        change={keep}
        resize={(column, to) => setDraft(resized(changed, column, to))}
        drop={() => {
          if (draft) keep(draft);
          setDraft(undefined);
        }}
        {...(sort && { sort })}
      />
      <tbody
        class="grid-body"
        tabIndex={-1}
        ref={scroller}
        // The table has the name and the keys, so it has the focus.
        onFocus={() => table.current?.focus({ preventScroll: true })}
        style={{ '--rows': `${boxHeight(extent)}px` }}
        onScroll={onScroll}
      >
        {indexes.map((index) =>
          row(index, {
            slot: slotOf(index),
            attributes: {
              id: idOf(index),
              'aria-rowindex': index + 2,
              'aria-selected': index === selected,
              style: { transform: `translateY(${index * rowHeight - top + boxTop}px)` },
              onClick: () => select(index, 1),
            },
            shows,
          }),
        )}
      </tbody>
    </table>
  );
}

interface GridRowProps extends Omit<HTMLAttributes<HTMLTableRowElement>, 'children'> {
  place: RowPlace;
  /** A cell for each column of the table, in their order: those of hidden ones are left out. */
  children: ComponentChildren;
}

export function GridRow({ place, children, class: names = '', ...attributes }: GridRowProps) {
  return (
    <tr {...place.attributes} class={`grid-row ${names}`} {...attributes}>
      {toChildArray(children).map((cell, index) =>
        place.shows[index] && isValidElement(cell) ? cloneElement(cell, { 'aria-colindex': index + 1 }) : null,
      )}
    </tr>
  );
}

/** Returns whether the key was one of the table's. */
function pressKey(props: GridProps, { key, ctrlKey, metaKey }: KeyboardEvent, page: number): boolean {
  const { selected, count, select, onCopy, onEnter, onEscape } = props;
  const [isCopy, isSelected] = [key === 'c' && (ctrlKey || metaKey), selected !== undefined];
  if (isCopy || key === 'Enter' || key === 'Escape') {
    const act = isCopy ? onCopy : key === 'Enter' ? onEnter : onEscape;
    if (isSelected) act?.();
    return isSelected && act !== undefined;
  }
  const target = destination(key, selected ?? -1, count, page);
  if (target === undefined || count === 0) return false;
  select(target, target < (selected ?? 0) || key === 'End' ? -1 : 1);
  return true;
}

function destination(key: string, from: number, count: number, page: number): number | undefined {
  const to = (index: number) => Math.min(count - 1, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
      return to(from + 1);
    case 'ArrowUp':
      return to(from - 1);
    case 'PageDown':
      return to(from + page);
    case 'PageUp':
      return to(from - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
