import type { TargetedPointerEvent } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { sessionMarks } from '../../model/session-mark.ts';
import type { Source } from '../../model/source.ts';
import { grid, timeline } from '../../model/timeline.ts';
import { COLUMN } from '../canvas/bar.ts';
import { hitTest } from '../canvas/hit-test.ts';
import { moment, type Scene } from '../canvas/scene.ts';
import { paintLanes, paintRuler, pens } from '../paint.ts';
import { SCENE_TEXT } from '../scene-text.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { pressTimelineKey } from '../timeline-keys.ts';
import { HoverCard } from './hover-card.tsx';

/** Below this the pointer has not been dragged, it has trembled. */
const TREMBLE = 3;
/** One notch of a wheel is 100: it zooms by a fifth. */
const WHEEL = 0.0018;

interface PaperProps {
  /** The lanes that are in sight. */
  sources: readonly Source[];
  /** How much of the first one is above the upper edge. */
  offset: number;
  height: number;
  laneHeight: number;
}

interface Pointer {
  x: number;
  y: number;
}

/** The canvases, and what pointer and keys do on them. */
export function Paper({ sources, offset, height, laneHeight }: PaperProps) {
  const store = useStore();
  const { session, navigation, selection, now, origin, revision, appearance } = store;
  const paper = useRef<HTMLDivElement>(null);
  const lanesCanvas = useRef<HTMLCanvasElement>(null);
  const rulerCanvas = useRef<HTMLCanvasElement>(null);
  const [pointer, setPointer] = useState<Pointer>();
  const drag = useRef<{ x: number; moved: boolean } | undefined>(undefined);
  revision.value;

  useLayoutEffect(() => {
    const { current } = paper;
    if (!current) return;
    const measure = () => navigation.resize(current.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    measure();
    return () => observer.disconnect();
  }, [navigation]);

  const pen = useMemo(pens, [appearance.value]);
  const range = navigation.range.value;
  const width = navigation.width.value;
  const columns = grid(range, ((range.to - range.from) / width) * (COLUMN.width + COLUMN.gap));
  const scene: Scene = {
    width,
    laneHeight,
    lanes: timeline(sources, columns.range, columns.columns),
    range,
    columns: columns.range,
    now: now.value,
    origin: origin.value,
    marks: sessionMarks(session.log.marks, range, now.value),
    text: SCENE_TEXT,
    ...pen,
  };
  const selected = selection.source.value?.key;
  if (selected !== undefined) scene.selected = selected;
  if (pointer) scene.hover = moment(scene, pointer.x);
  useLayoutEffect(() => {
    if (lanesCanvas.current) paintLanes(lanesCanvas.current, scene, height, offset);
    if (rulerCanvas.current) paintRuler(rulerCanvas.current, scene);
  });

  const latest = useRef(scene);
  latest.current = scene;
  useEffect(() => {
    const { current } = paper;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
      if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey)
        navigation.pan(sideways / latest.current.width);
      else navigation.zoom(Math.exp(event.deltaY * WHEEL), moment(latest.current, event.offsetX));
    };
    // Preact adds wheel listeners as passive ones, which cannot keep the page from scrolling.
    current?.addEventListener('wheel', onWheel, { passive: false });
    return () => current?.removeEventListener('wheel', onWheel);
  }, [navigation]);

  const onPointerDown = (event: TargetedPointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.offsetX, moved: false };
  };
  const onPointerMove = (event: PointerEvent) => {
    const { current } = drag;
    if (current && (current.moved || Math.abs(event.offsetX - current.x) > TREMBLE)) {
      navigation.pan((current.x - event.offsetX) / width);
      drag.current = { x: event.offsetX, moved: true };
      setPointer(undefined);
    } else setPointer({ x: event.offsetX, y: event.offsetY });
  };
  const onPointerUp = (event: PointerEvent) => {
    const wasClick = drag.current?.moved === false;
    drag.current = undefined;
    const hit = wasClick ? hitTest(scene, event.offsetX, event.offsetY + offset) : undefined;
    if (hit?.mark) selection.selectAttempt(hit.lane, hit.mark.attempt);
    else if (hit) selection.selectSource(hit.lane);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setPointer(undefined);
    else if (pressTimelineKey(store, event)) event.preventDefault();
  };
  const lane = sources.findIndex(({ key }) => key === selected);
  return (
    <>
      <div class="ruler" aria-hidden="true">
        <canvas ref={rulerCanvas} />
      </div>
      <div
        class="paper"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys of its own, so it takes the focus
        tabIndex={0}
        aria-label={text('timeline')}
        aria-description={text('timelineKeys')}
        ref={paper}
        style={{ height: `${height}px` }}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          drag.current = undefined;
        }}
        onPointerLeave={() => setPointer(undefined)}
        onDblClick={() => navigation.fit()}
        onKeyDown={onKeyDown}
      >
        <div aria-hidden="true">
          <canvas ref={lanesCanvas} />
        </div>
        {lane >= 0 && (
          <div
            class="paper-ring"
            style={{ height: `${laneHeight}px`, transform: `translateY(${lane * laneHeight - offset}px)` }}
          />
        )}
      </div>
      {pointer && paper.current && (
        <HoverCard scene={scene} pointer={pointer} offset={offset} paper={paper.current} sources={sources} />
      )}
    </>
  );
}
