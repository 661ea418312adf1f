import './overview.css';
import type { TargetedPointerEvent } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { centred, clipped, dragged, type Grip, gripOf, type Part } from '../../model/brush.ts';
import { sessionMarks } from '../../model/session-mark.ts';
import type { Range } from '../../model/timeline.ts';
import { OVERVIEW_PITCH, type OverviewScene } from '../canvas/draw-overview.ts';
import { moment, position } from '../canvas/scene.ts';
import { paintOverview, pens } from '../paint.ts';
import { SCENE_TEXT } from '../scene-text.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import { useOverview } from '../use-overview.ts';
import { usePaint } from '../use-paint.ts';
import { useSize } from '../use-size.ts';
import { OverviewEdge } from './overview-edge.tsx';

/** Below this the pointer has not been dragged, it has trembled. */
const TREMBLE = 3;
/** In a narrower window the handles would lie over each other: they stand beside it. */
const NARROW = 16;

interface Drag {
  part: Part;
  grip: Grip;
  x: number;
  moved: boolean;
  /** What was chosen before. */
  before: Range | undefined;
}

/** The whole session, and a window on it: what the timeline shows. Drawn or moved, it is what the tables show, too. */
export function Overview() {
  const { session, navigation, now, appearance } = useStore();
  const element = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drag = useRef<Drag | undefined>(undefined);
  const { width } = useSize(element);
  const { grid, counts } = useOverview(width / OVERVIEW_PITCH);
  const pen = useMemo(pens, [appearance.value]);
  const bounds = { from: grid.range.from, to: grid.range.from + (width / OVERVIEW_PITCH) * grid.step };
  const window = clipped(navigation.range.value, bounds);
  const marks = sessionMarks(session.log.marks, bounds, now.value);
  const scene: OverviewScene = {
    ...{ width, range: bounds, counts, marks, window, now: now.value, text: SCENE_TEXT },
    ...pen,
  };
  usePaint(() => {
    if (canvas.current && width > 0) paintOverview(canvas.current, scene);
  });

  /** A window on everything cannot be moved: who drags it wants a part of it. */
  const holdsAll = () => {
    const { from, to } = navigation.session.value ?? bounds;
    return window.from <= from && window.to >= to;
  };
  const xOf = (event: PointerEvent) => event.clientX - (element.current?.getBoundingClientRect().left ?? 0);
  const onPointerDown = (event: TargetedPointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const touched = partOf(event.target);
    const part = touched === 'window' && holdsAll() ? 'ground' : touched;
    const x = xOf(event);
    const grip = gripOf(part, window, moment(scene, x));
    drag.current = { part, grip, x, moved: false, before: navigation.chosen.value };
  };
  const onPointerMove = (event: PointerEvent) => {
    const { current } = drag;
    const x = xOf(event);
    if (!current || !(current.moved || Math.abs(x - current.x) > TREMBLE)) return;
    current.moved = true;
    navigation.choose(dragged(current.grip, moment(scene, x), bounds));
  };
  const onPointerUp = (event: PointerEvent) => {
    const { current } = drag;
    drag.current = undefined;
    if (!current || current.moved || current.part === 'from' || current.part === 'to' || holdsAll()) return;
    navigation.choose(centred(moment(scene, xOf(event)), window, bounds));
  };
  const cancel = () => {
    const { current } = drag;
    drag.current = undefined;
    if (!current?.moved) return;
    if (current.before) navigation.choose(current.before);
    else navigation.release();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !(drag.current || navigation.chosen.value)) return;
    // DevTools would open its drawer.
    event.preventDefault();
    event.stopPropagation();
    if (drag.current) cancel();
    else navigation.release();
  };

  const left = position(scene, window.from);
  const wide = position(scene, window.to) - left;
  const looks = ['overview-window', navigation.chosen.value && 'overview-chosen', wide < NARROW && 'overview-narrow'];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <section
      class="overview"
      role="group"
      data-testid="overview"
      aria-label={text('overview')}
      title={text('overviewHint')}
      // So that Escape is heard after a click.
      tabIndex={-1}
      ref={element}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={cancel}
      onDblClick={() => navigation.release()}
      onKeyDown={onKeyDown}
    >
      <div aria-hidden="true">
        <canvas ref={canvas} />
      </div>
      {width > 0 && (
        <div
          class={looks.filter(Boolean).join(' ')}
          data-part="window"
          style={{
            transform: `translateX(${left}px)`,
            width: `${wide}px`,
            '--before': `${left}px`,
            '--after': `${width - left - wide}px`,
          }}
        >
          <OverviewEdge edge="from" window={window} bounds={bounds} step={grid.step} />
          <OverviewEdge edge="to" window={window} bounds={bounds} step={grid.step} />
        </div>
      )}
    </section>
  );
}

function partOf(target: EventTarget | null): Part {
  const part = target instanceof Element ? target.closest<HTMLElement>('[data-part]')?.dataset['part'] : undefined;
  return part === 'from' || part === 'to' || part === 'window' ? part : 'ground';
}
