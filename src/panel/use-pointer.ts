import type { RefObject, TargetedPointerEvent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { moment, type Pixels, type Scene } from './canvas/scene.ts';
import { useStore } from './store.ts';

/** Below this the pointer has not been dragged, it has trembled. */
const TREMBLE: Pixels = 3;
/** One notch of a wheel is 100: it zooms by a fifth. */
const WHEEL = 0.0018;

/** Where the pointer is, within the paper. */
export interface Pointer {
  x: Pixels;
  y: Pixels;
}

/** What wheel and drag do on the timeline, and where the pointer rests; `click` is where it was pressed and let go, and with which keys. */
export function usePointer(
  paper: RefObject<HTMLElement | null>,
  scene: Scene,
  click: (at: Pointer, held: PointerEvent) => void,
) {
  const { navigation } = useStore();
  const [pointer, setPointer] = useState<Pointer>();
  const drag = useRef<{ x: Pixels; moved: boolean } | undefined>(undefined);
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

  const handlers = {
    onPointerDown(event: TargetedPointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { x: event.offsetX, moved: false };
    },
    onPointerMove(event: PointerEvent) {
      const { current } = drag;
      if (current && (current.moved || Math.abs(event.offsetX - current.x) > TREMBLE)) {
        navigation.pan((current.x - event.offsetX) / scene.width);
        drag.current = { x: event.offsetX, moved: true };
        setPointer(undefined);
      } else setPointer({ x: event.offsetX, y: event.offsetY });
    },
    onPointerUp(event: PointerEvent) {
      const wasClick = drag.current?.moved === false;
      drag.current = undefined;
      if (wasClick) click({ x: event.offsetX, y: event.offsetY }, event);
    },
    onPointerCancel() {
      drag.current = undefined;
    },
    onPointerLeave: () => setPointer(undefined),
    onDblClick: () => navigation.fit(),
  };
  return { pointer, leave: () => setPointer(undefined), handlers };
}
