import './json-tree.css';
import type { TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { closedAtFirst, inSight, type JsonNode, keyOf, preview } from '../../model/json-tree.ts';
import { copy } from '../clipboard.ts';
import { number } from '../format.ts';
import { Icon } from '../icons.tsx';
import { text } from '../text.ts';
import { useSize } from '../use-size.ts';

/** As --line-mono in tokens.css: rows are placed by arithmetic. */
const ROW = 17;
const BEYOND = 10;
const INDENT = 12;
/** Nothing is indented deeper: a page may send 30,000 opening brackets. */
const DEEPEST = 40;
/** So many values are open at first. */
const OPEN_AT_FIRST = 400;
/** Longer than any pane is wide; the text view has all of it. */
const MOST_TEXT = 1000;
const PREVIEW = 60;

/** A JSON value that can be opened and closed, by pointer and by the keys of a tree. Text as it was sent. */
export function JsonTree({ nodes, label }: { nodes: readonly JsonNode[]; label: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const { height } = useSize(scroller);
  const [top, setTop] = useState(0);
  const [state, setState] = useState(() => fresh(nodes));
  const { closed, active } = state.nodes === nodes ? state : fresh(nodes);
  const seen = useMemo(() => inSight(nodes, closed), [nodes, closed]);
  const at = seen.indexOf(active);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const [start, end] = [at * ROW, (at + 1) * ROW - element.clientHeight];
    if (element.scrollTop > start) element.scrollTop = start;
    else if (element.scrollTop < end) element.scrollTop = end;
  }, [at]);

  const change = (next: { closed?: ReadonlySet<number>; active?: number }) =>
    setState({ nodes, closed, active, ...next });
  const toggle = (index: number) => {
    const next = new Set(closed);
    if (!next.delete(index)) next.add(index);
    change({ closed: next, active: index });
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const node = nodes[active];
    if (!node) return;
    const isOpen = node.count > 0 && !closed.has(active);
    const step = (to: number) => change({ active: seen[Math.min(seen.length - 1, Math.max(0, to))] ?? active });
    const page = Math.max(1, Math.floor(height / ROW) - 1);
    if (event.key === 'c' && (event.ctrlKey || event.metaKey)) copy(node.text);
    else if (event.key === 'ArrowDown') step(at + 1);
    else if (event.key === 'ArrowUp') step(at - 1);
    else if (event.key === 'PageDown') step(at + page);
    else if (event.key === 'PageUp') step(at - page);
    else if (event.key === 'Home') step(0);
    else if (event.key === 'End') step(seen.length - 1);
    else if (event.key === 'ArrowRight' && isOpen) step(at + 1);
    else if (event.key === 'ArrowLeft' && !isOpen) change({ active: node.parent ?? 0 });
    else if (/^(Enter| |ArrowRight|ArrowLeft)$/.test(event.key)) node.count > 0 && toggle(active);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const first = Math.max(0, Math.floor(top / ROW) - BEYOND);
  const last = Math.min(seen.length, Math.ceil((top + height) / ROW) + BEYOND);
  return (
    <div
      ref={scroller}
      id="event-data"
      class="json"
      data-testid="json"
      role="tree"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={at >= first && at < last ? `json-${active}` : undefined}
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
    >
      <div class="json-all" role="presentation" style={{ height: `${seen.length * ROW}px` }}>
        {seen.slice(first, last).map((index, row) => {
          const node = nodes[index];
          if (!node) return null;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the focus, and the keys
            <div
              key={index}
              id={`json-${index}`}
              class="json-row"
              role="treeitem"
              aria-level={node.depth + 1}
              aria-posinset={node.position + 1}
              aria-setsize={node.parent === undefined ? 1 : nodes[node.parent]?.count}
              aria-selected={index === active}
              aria-expanded={node.count > 0 ? !closed.has(index) : undefined}
              tabIndex={-1}
              style={{
                transform: `translateY(${(first + row) * ROW}px)`,
                paddingLeft: `${Math.min(node.depth, DEEPEST) * INDENT + 4}px`,
              }}
              onClick={() => (node.count > 0 ? toggle(index) : change({ active: index }))}
            >
              <span class="json-caret">
                {node.count > 0 && <Icon name={closed.has(index) ? 'right' : 'down'} size={9} />}
              </span>
              {node.parent !== undefined && <Key node={node} />}
              <Value nodes={nodes} index={index} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

const fresh = (nodes: readonly JsonNode[]) => ({
  nodes,
  closed: closedAtFirst(nodes, OPEN_AT_FIRST) as ReadonlySet<number>,
  active: 0,
});

function Key({ node: { key, position } }: { node: JsonNode }) {
  if (key === undefined) return <span class="dim">{`${position}: `}</span>;
  return (
    <>
      <span class="json-key">{keyOf(key)}</span>
      {': '}
    </>
  );
}

function Value({ nodes, index }: { nodes: readonly JsonNode[]; index: number }) {
  const node = nodes[index];
  if (!node) return null;
  if (node.count > 0) {
    return (
      <>
        {node.kind === 'array' && <span class="dim">{`(${number(node.count)}) `}</span>}
        {preview(nodes, index, PREVIEW)}
      </>
    );
  }
  const rest = node.text.length - MOST_TEXT;
  return (
    <>
      <span class={`json-${node.kind}`}>{node.text.slice(0, MOST_TEXT)}</span>
      {rest > 0 && <span class="dim">{text('andMore', number(rest))}</span>}
    </>
  );
}
