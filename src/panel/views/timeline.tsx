import './timeline.css';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { RULER_HEIGHT } from '../canvas/draw-ruler.ts';
import { number } from '../format.ts';
import { useStore } from '../store.ts';
import { text, textOf } from '../text.ts';
import { useHeight } from '../use-height.ts';
import { MarkStatus } from './mark-status.tsx';
import { Paper } from './paper.tsx';
import { Sources } from './sources.tsx';
import { Splitter } from './splitter.tsx';
import { TimelineTable } from './timeline-table.tsx';
import { ZoomControls } from './zoom-controls.tsx';

const LANE = { wide: 34, narrow: 48, low: 20 } as const;
/** Where there are more sources, lanes are low: more of them are seen at once. */
const MANY = 40;

/** Which lanes are in sight. */
export interface LaneWindow {
  first: number;
  /** One after the last one. */
  end: number;
  laneHeight: number;
}

/** One lane for each source: its head beside it, or above it where there is no room. */
export function Timeline() {
  const { lanes, narrow, selection } = useStore();
  const scroller = useRef<HTMLElement>(null);
  const height = useHeight(scroller) - RULER_HEIGHT;
  const [scrolled, setScrolled] = useState(0);
  const sources = lanes.value;
  const laneHeight = narrow.value ? LANE.narrow : sources.length > MANY ? LANE.low : LANE.wide;
  const total = sources.length * laneHeight;
  const top = Math.max(0, Math.min(scrolled, total - height));
  const first = Math.floor(top / laneHeight);
  const end = Math.min(sources.length, Math.ceil((top + height) / laneHeight));
  const shown = useMemo(() => sources.slice(first, end), [sources, first, end]);

  const key = selection.cursor.value;
  useLayoutEffect(() => {
    const element = scroller.current;
    const start = sources.findIndex((source) => source.key === key) * laneHeight;
    if (!element || height <= 0 || start < 0) return;
    if (start < element.scrollTop) element.scrollTop = start;
    else if (start + laneHeight > element.scrollTop + height) element.scrollTop = start + laneHeight - height;
  }, [key]);

  return (
    <>
      <section
        class={narrow.value ? 'timeline timeline-narrow' : 'timeline'}
        data-testid="timeline"
        aria-label={text('timeline')}
        ref={scroller}
        onScroll={({ currentTarget }) => setScrolled(currentTarget.scrollTop)}
      >
        {!narrow.value && (
          <div class="corner">
            <span class="cut number" title={text('chosenKeys')}>
              {textOf('sources', sources.length, number(sources.length))}
            </span>
            <ZoomControls />
          </div>
        )}
        <Sources window={{ first, end, laneHeight }} />
        <Paper
          sources={shown}
          offset={top - first * laneHeight}
          height={Math.min(total, height)}
          laneHeight={laneHeight}
        />
        <TimelineTable />
        <MarkStatus />
      </section>
      <Splitter label={text('resizeTimeline')} property="--h-timeline" axis="y" direction={1} />
    </>
  );
}
