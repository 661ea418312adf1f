import './paper.css';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { placeOf } from '../../model/lane-marks.ts';
import type { Source } from '../../model/source.ts';
import { hitTest } from '../canvas/hit-test.ts';
import { cutMiddle, ID_LENGTH } from '../canvas/labels.ts';
import { moment } from '../canvas/scene.ts';
import { clickLane, pressChoiceKey } from '../choice-keys.ts';
import { paintGround, paintLanes, paintRuler } from '../paint.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { pressTimelineKey } from '../timeline-keys.ts';
import { usePaint } from '../use-paint.ts';
import { type Pointer, usePointer } from '../use-pointer.ts';
import { useScene } from '../use-scene.ts';
import { HoverCard } from './hover-card.tsx';
import { MarkRing } from './mark-ring.tsx';

interface PaperProps {
  /** The lanes that are in sight. */
  sources: readonly Source[];
  /** How much of the first one is above the upper edge. */
  offset: number;
  height: number;
  laneHeight: number;
}

/** The canvases, and what pointer and keys do on them. */
export function Paper({ sources, offset, height, laneHeight }: PaperProps) {
  const store = useStore();
  const { navigation, selection } = store;
  const paper = useRef<HTMLDivElement>(null);
  const groundCanvas = useRef<HTMLCanvasElement>(null);
  const lanesCanvas = useRef<HTMLCanvasElement>(null);
  const rulerCanvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const { current } = paper;
    if (!current) return;
    const measure = () => navigation.resize(current.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    measure();
    return () => observer.disconnect();
  }, [navigation]);

  const scene = useScene(sources, laneHeight);
  const hitAt = ({ x, y }: Pointer) => {
    const hit = hitTest(scene, x, y + offset);
    const row = scene.lanes.findIndex(({ key }) => key === hit?.lane);
    const source = sources[row];
    return hit && source ? { hit, row, source } : undefined;
  };
  const { pointer, leave, handlers } = usePointer(paper, scene, (at, held) => {
    const found = hitAt(at);
    if (!found) return;
    const { mark, events, lane } = found.hit;
    const event = events && found.source.events[events.first];
    const isPlain = !(held.shiftKey || held.ctrlKey || held.metaKey);
    if (!isPlain) return clickLane(store, lane, held);
    if (mark) selection.selectMark(lane, placeOf(mark));
    else selection.selectSource(lane);
    if (event) selection.selectEvent(event);
  });
  const pointed = pointer && hitAt(pointer);
  const id = pointed?.hit.events && pointed.source.events[pointed.hit.events.first]?.lastEventId;

  // Two canvases: the pointer moves over the lower one, and the lanes stay as they are drawn.
  usePaint(() => {
    if (lanesCanvas.current) paintLanes(lanesCanvas.current, scene, { height, offset });
  }, [scene, height, offset]);
  usePaint(() => {
    const hover = pointer && {
      time: moment(scene, pointer.x),
      ...(id && { words: text('pointedId', cutMiddle(id, ID_LENGTH)) }),
    };
    const pointedScene = hover ? { ...scene, hover } : scene;
    if (groundCanvas.current) paintGround(groundCanvas.current, pointedScene, { height, offset });
    if (rulerCanvas.current) paintRuler(rulerCanvas.current, pointedScene);
  }, [scene, height, offset, pointer, id]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && pointer) leave();
    else if (pressChoiceKey(store, event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Escape') navigation.unchoose();
    else if (pressTimelineKey(store, event)) event.preventDefault();
  };
  const lane = sources.findIndex(({ key }) => key === scene.selected);
  const laneTop = lane * laneHeight - offset;
  const at = sources.findIndex(({ key }) => key === selection.cursor.value);
  const atTop = at * laneHeight - offset;
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
        aria-description={`${text('timelineKeys')} ${text('timelineMarkKeys')}`}
        data-from={scene.range.from}
        data-to={scene.range.to}
        ref={paper}
        style={{ height: `${height}px` }}
        {...handlers}
        onKeyDown={onKeyDown}
      >
        <div aria-hidden="true">
          <canvas class="paper-ground" ref={groundCanvas} />
          <canvas class="paper-lanes" ref={lanesCanvas} data-testid="lanes" />
        </div>
        {at >= 0 && (
          <div class="paper-ring" style={{ height: `${laneHeight}px`, transform: `translateY(${atTop}px)` }} />
        )}
        {lane >= 0 && <MarkRing scene={scene} row={lane} top={laneTop} />}
      </div>
      {pointer && pointed && paper.current && (
        <HoverCard {...pointed} scene={scene} x={pointer.x} offset={offset} paper={paper.current} />
      )}
    </>
  );
}
