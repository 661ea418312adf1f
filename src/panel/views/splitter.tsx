import './splitter.css';
import type { TargetedKeyboardEvent, TargetedPointerEvent } from 'preact';
import { useRef } from 'preact/hooks';

const STEP = 16;

interface SplitterProps {
  label: string;
  /** The custom property that holds the size of the pane; how small and large it may get, its own styles say. */
  property: `--${string}`;
  axis: 'x' | 'y';
  /** 1: the pane is before the splitter; -1: behind it. */
  direction: 1 | -1;
}

/** A line between two panes that can be dragged, or moved by arrow keys. A double click takes it back. */
export function Splitter({ label, property, axis, direction }: SplitterProps) {
  const dragged = useRef<{ at: number; size: number } | undefined>(undefined);
  const { style } = document.documentElement;

  const sizeOf = (splitter: HTMLElement) => {
    const pane = direction === 1 ? splitter.previousElementSibling : splitter.nextElementSibling;
    const { width, height } = pane?.getBoundingClientRect() ?? { width: 0, height: 0 };
    return axis === 'x' ? width : height;
  };
  const position = (event: PointerEvent) => (axis === 'x' ? event.clientX : event.clientY);
  const onPointerDown = (event: TargetedPointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    dragged.current = { at: position(event), size: sizeOf(event.currentTarget) };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!dragged.current) return;
    const { at, size } = dragged.current;
    style.setProperty(property, `${size + (position(event) - at) * direction}px`);
  };
  const stop = () => {
    dragged.current = undefined;
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const [less, more] = axis === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const way = event.key === more ? 1 : event.key === less ? -1 : 0;
    if (way === 0) return;
    event.preventDefault();
    style.setProperty(property, `${sizeOf(event.currentTarget) + way * direction * STEP}px`);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: <hr> cannot be dragged or focused
    <div
      class={`splitter splitter-${axis}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={50}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={stop}
      onPointerCancel={stop}
      onDblClick={() => style.removeProperty(property)}
      onKeyDown={onKeyDown}
    />
  );
}
