import './grid.css';
import type { ComponentChildren, CSSProperties, JSX, TargetedEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useStore } from '../store.ts';
import { useHeight } from '../use-height.ts';

/** Rows beyond the visible ones on either side: they are there already when the user scrolls. */
const BEYOND = 8;

/** What a row needs to know of its place; to be spread on its element. */
export interface RowPlace {
  id: string;
  'aria-rowindex': number;
  'aria-selected': boolean;
  style: CSSProperties;
  onClick(): void;
}

interface GridProps {
  /** Names the columns: `.grid-<name>`; unique in the document. */
  name: string;
  /** For those who listen. */
  label: string;
  head: ComponentChildren;
  count: number;
  row(index: number, place: RowPlace): JSX.Element | undefined;
  /** Index of the selected row. */
  selected: number | undefined;
  /** A row is chosen by pointer or key; `step` is where from: 1 from above, -1 from below. */
  select(index: number, step: 1 | -1): void;
  /** Scrolls to this row whenever it changes. */
  reveal: number | undefined;
  /** Starts at the end and stays there while rows are added, until the user scrolls up. */
  isTail?: boolean;
  onCopy?(): void;
}

/** A table of any length, by pointer and by key: rows are placed by arithmetic, a million cost as much as forty. */
export function Grid(props: GridProps) {
  const { name, label, head, count, row, selected, select, reveal, isTail = false, onCopy } = props;
  const rowHeight = useStore().rowHeight.value;
  const table = useRef<HTMLTableElement>(null);
  const scroller = useRef<HTMLTableSectionElement>(null);
  const height = useHeight(scroller);
  const [top, setTop] = useState(0);
  const atEnd = useRef(isTail);
  const total = count * rowHeight;

  const scrollTo = (index: number) => {
    const element = scroller.current;
    if (!element) return;
    const start = index * rowHeight;
    const end = start + rowHeight - element.clientHeight;
    if (element.scrollTop > start) element.scrollTop = start;
    else if (element.scrollTop < end) element.scrollTop = end;
  };
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && atEnd.current) element.scrollTop = total;
  }, [total, height]);
  useLayoutEffect(() => {
    if (reveal === undefined) return;
    atEnd.current = isTail && reveal === count - 1;
    scrollTo(reveal);
  }, [reveal]);

  const onScroll = ({ currentTarget: element }: TargetedEvent<HTMLTableSectionElement>) => {
    setTop(element.scrollTop);
    atEnd.current = isTail && element.scrollTop + element.clientHeight >= element.scrollHeight - rowHeight / 2;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'c' && (event.ctrlKey || event.metaKey) && selected !== undefined && onCopy) {
      onCopy();
    } else {
      const target = destination(event.key, selected ?? -1, count, Math.floor(height / rowHeight) - 1);
      if (target === undefined || count === 0) return;
      select(target, target < (selected ?? 0) || event.key === 'End' ? -1 : 1);
    }
    event.preventDefault();
  };

  // Where the list is about to stand: the rows of this frame, not of the one before it.
  const from = atEnd.current ? Math.max(0, total - height) : Math.min(top, Math.max(0, total - height));
  const first = Math.max(0, Math.floor(from / rowHeight) - BEYOND);
  const last = Math.min(count, Math.ceil((from + height) / rowHeight) + BEYOND);
  const indexes = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
  const idOf = (index: number) => `${name}-${index}`;
  const isRendered = selected !== undefined && selected >= first && selected < last;
  return (
    <table
      ref={table}
      class={`grid grid-${name}`}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows can be chosen is a grid
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={count + 1}
      aria-activedescendant={isRendered ? idOf(selected) : undefined}
      onKeyDown={onKeyDown}
    >
      <thead>
        <tr class="grid-row grid-head" aria-rowindex={1}>
          {head}
        </tr>
      </thead>
      <tbody
        class="grid-body"
        tabIndex={-1}
        ref={scroller}
        // The table has the name and the keys, so it has the focus.
        onFocus={() => table.current?.focus({ preventScroll: true })}
        style={{ '--rows': `${total}px` }}
        onScroll={onScroll}
      >
        {indexes.map((index) =>
          row(index, {
            id: idOf(index),
            'aria-rowindex': index + 2,
            'aria-selected': index === selected,
            style: { transform: `translateY(${index * rowHeight}px)` },
            onClick: () => select(index, 1),
          }),
        )}
      </tbody>
    </table>
  );
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
