import type { Session } from '../../src/devtools/session.ts';
import type { Milliseconds } from '../../src/protocol/record.ts';

/** These run in the panel's document, as text: they can use nothing of this module but types. */

/** What came to the session of one stream, as it came. */
export interface Arrival {
  /** For each event, from its own time, which the page gave it, until the session had it. */
  toSession: Milliseconds[];
  /** The same until the panel's next frame was painted. Empty where it draws none, as it is not in sight. */
  toFrame: Milliseconds[];
  /** From the first batch to the last one. */
  took: Milliseconds;
  /** Events of the first batch. */
  first: number;
  /** Between the first event and the last one, by the page's clock. */
  inPage: Milliseconds;
}

/** What the session's log says when all is over. */
export interface Kept {
  /** The number of each event: its id, where its data says the same; else 0. */
  numbers: number[];
  carried: string;
  /** Whatever the log owns up to: dropped, trimmed, malformed, not recorded. */
  admitted: number;
}

declare global {
  interface Window {
    benched?: Session;
    watched?: { isDrawn(): boolean; end(): Arrival };
  }
}

/** Keeps the session when it is handed to the panel the next time. */
export function keepSession(): void {
  const { attach } = window;
  window.attach = (session, host) => {
    window.benched = session;
    attach?.(session, host);
  };
}

/** Notes when each event of the stream at `url` comes, from now on. */
export function watch(url: string, count: number): void {
  const session = window.benched;
  if (!session) throw new Error('There is no session yet.');
  const toSession = new Float64Array(count);
  const toFrame = new Float64Array(count);
  const now = () => performance.timeOrigin + performance.now();
  let [first, start, end, seen, drawn] = [0, 0, 0, 0, 0];
  let isAsked = false;
  const events = () => session.log.sources.find((source) => source.url === url)?.events ?? [];
  // A message that is sent in a frame comes when the frame has been laid out and painted.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data: until }: MessageEvent<number>) => {
    const all = events();
    const time = now();
    for (; drawn < until; drawn++) toFrame[drawn] = time - (all[drawn]?.time ?? 0);
  };
  const onFrame = () => {
    isAsked = false;
    port2.postMessage(seen);
  };
  const unsubscribe = session.subscribe(() => {
    const all = events();
    if (all.length <= seen) return;
    end = now();
    if (seen === 0) [first, start] = [all.length, end];
    for (; seen < all.length; seen++) toSession[seen] = end - (all[seen]?.time ?? 0);
    // The panel itself asks for a frame after each batch, and did before us: its callback runs before ours.
    if (!isAsked) requestAnimationFrame(onFrame);
    isAsked = true;
  });
  window.watched = {
    isDrawn: () => drawn === seen,
    end() {
      unsubscribe();
      port1.close();
      const all = events();
      return {
        toSession: [...toSession.subarray(0, seen)],
        toFrame: [...toFrame.subarray(0, drawn)],
        took: end - start,
        first,
        inPage: (all.at(-1)?.time ?? 0) - (all[0]?.time ?? 0),
      };
    },
  };
}

/**
 * Has the session all that it will get, and is it drawn if the panel is shown? The page closes its source after the last
 * event, and facts come in order.
 */
export function isOver(url: string, isShown: boolean): boolean {
  const source = window.benched?.log.sources.find((one) => one.url === url);
  return source?.state === 'closed' && (!isShown || window.watched?.isDrawn() === true);
}

export function kept(url: string): Kept {
  const log = window.benched?.log;
  const source = log?.sources.find((one) => one.url === url);
  if (!log || !source) throw new Error(`The session knows nothing of ${url}.`);
  const numbers = source.events.map(({ lastEventId, data }) =>
    data.startsWith(`{"n":${lastEventId},`) ? Number(lastEventId) : 0,
  );
  const admitted = log.dropped + log.trimmed + log.malformed + log.unrecorded;
  return { numbers, carried: source.carried, admitted };
}

/**
 * By how much the clock of this document, from which facts take their time, is ahead of the machine's: looked at in the
 * moments in which the machine's shows the next millisecond. Runs in the page, too.
 */
export function aheadOfMachine(): Milliseconds {
  const found: Milliseconds[] = [];
  for (let index = 0; index < 51; index++) {
    const before = Date.now();
    let machine = before;
    while (machine === before) machine = Date.now();
    found.push(performance.timeOrigin + performance.now() - machine);
  }
  return found.sort((a, b) => a - b)[25] ?? Number.NaN;
}
