import { nudged } from '../../model/brush.ts';
import type { Range } from '../../model/timeline.ts';
import type { Milliseconds } from '../../protocol/record.ts';
import { elapsed } from '../format.ts';
import { rangeTimes } from '../range-text.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';

interface OverviewEdgeProps {
  edge: 'from' | 'to';
  window: Range;
  /** How far it can be moved. */
  bounds: Range;
  /** What an arrow key moves it by; with Shift, and by PageUp and PageDown, ten of them. */
  step: Milliseconds;
}

/** Start or end of the window on the overview: a handle for the pointer, a slider for keys and for those who listen. */
export function OverviewEdge({ edge, window, bounds, step }: OverviewEdgeProps) {
  const { navigation } = useStore();
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = STEPS[event.key];
    if (steps === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    navigation.choose(nudged(window, edge, steps * (event.shiftKey ? 10 : 1) * step, bounds));
  };
  const moves = navigation.mode.value !== 'fixed';
  // What moves with the present would be read aloud again and again.
  const words = moves
    ? { from: text('overviewBefore', elapsed(window.to - window.from)), to: text('now') }
    : rangeTimes(window);
  return (
    <div
      class={`overview-edge overview-${edge}`}
      data-part={edge}
      role="slider"
      tabIndex={0}
      aria-label={text(edge === 'from' ? 'overviewFrom' : 'overviewTo')}
      aria-valuemin={Math.round(bounds.from)}
      aria-valuemax={Math.round(bounds.to)}
      aria-valuenow={Math.round(window[edge])}
      aria-valuetext={words[edge]}
      onKeyDown={onKeyDown}
    />
  );
}

const STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};
