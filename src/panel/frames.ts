import type { Milliseconds } from '../protocol/record.ts';

/** A document that is not seen gets no frames; what is asked for is drawn after this long all the same. */
const UNSEEN: Milliseconds = 1000;

/**
 * Returns a function that has `draw` called in the next animation frame, once, however often it is asked for. `draw`
 * says after which time it wants to be called again; undefined: when it is asked for. A document that is not seen is
 * drawn once a second if facts come (without a frame), so that it tells the truth to whoever reads it all the same;
 * it never is of its own accord.
 */
export function frames(draw: (frame: DOMHighResTimeStamp | undefined) => Milliseconds | undefined): () => void {
  let requested: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = (frame?: DOMHighResTimeStamp) => {
    if (requested !== undefined) cancelAnimationFrame(requested);
    clearTimeout(timer);
    requested = undefined;
    const again = draw(frame);
    if (frame !== undefined && again !== undefined) timer = setTimeout(request, again);
  };
  const request = () => {
    if (requested !== undefined) return;
    clearTimeout(timer);
    requested = requestAnimationFrame(run);
    timer = setTimeout(() => run(), UNSEEN);
  };
  return request;
}

/**
 * The present, worked out from frames and facts: facts carry the time of the page's clock, and the panel must not look
 * at another one. A frame's timestamp counts from `timeOrigin`, as the page's own times do. Where facts are ahead of
 * it all the same (the clock was set, the machine slept), the present moves on from the newest fact.
 */
export function present(
  timeOrigin: Milliseconds,
): (frame: DOMHighResTimeStamp | undefined, newest: Milliseconds | undefined) => Milliseconds {
  let offset = timeOrigin;
  let now = timeOrigin;
  return (frame, newest) => {
    if (frame === undefined) {
      now = Math.max(now, newest ?? now);
    } else {
      if (newest !== undefined) offset = Math.max(offset, newest - frame);
      now = frame + offset;
    }
    return now;
  };
}
