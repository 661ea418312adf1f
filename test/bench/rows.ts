import type { Milliseconds } from '../../src/protocol/record.ts';

/** These run in the panel's document, as text: they can use nothing of this module but types. */

/** The newest event whose row is in sight, from a moment on. */
export interface Showing {
  /** Its number, which is its id. */
  number: number;
  /** When the frame had been painted, by the clock of this document. */
  time: Milliseconds;
}

export interface Showings {
  /** In their order. */
  all: Showing[];
  /** When the last event's row was painted, and the status bar said how many there are. Rejects if that takes too long. */
  over: Promise<Milliseconds>;
}

declare global {
  interface Window {
    showings?: Showings;
    /** Undoes {@link watchRows}. */
    unwatchRows?: () => void;
  }
}

/** Looks after each frame which is the newest event in sight in the list, until it is number `count`. */
export function watchRows(count: number): void {
  window.unwatchRows?.();
  let finish = (_: Milliseconds) => {};
  let patience: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<Milliseconds>((resolve, reject) => {
    finish = resolve;
    patience = setTimeout(() => reject(new Error(`Event ${count} was not shown in a minute.`)), 60_000);
  });
  const showings: Showings = { all: [], over };
  let scroller: Element | undefined;
  /** The list has rows beyond those in sight, too. */
  const edge = (row: Element): number => {
    if (scroller?.contains(row)) return scroller.getBoundingClientRect().bottom;
    let parent = row.parentElement;
    while (parent && !/auto|scroll/.test(getComputedStyle(parent).overflowY)) parent = parent.parentElement;
    scroller = parent ?? document.documentElement;
    return scroller.getBoundingClientRect().bottom;
  };
  const newest = (): number => {
    const rows = [...document.querySelectorAll<HTMLElement>('[data-testid=event]')];
    const [first] = rows;
    const lowest = first ? edge(first) + 1 : 0;
    const row = rows.findLast((one) => one.getBoundingClientRect().bottom <= lowest);
    return Number(row?.dataset['id'] ?? 0);
  };
  const sentence = `${count.toLocaleString('en-US')} events`;
  const isSaid = () => document.querySelector('[data-testid=status]')?.textContent?.includes(sentence) === true;
  // A message that is sent in a frame comes when the frame has been laid out and painted.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const time = performance.timeOrigin + performance.now();
    const number = newest();
    if (number !== (showings.all.at(-1)?.number ?? 0)) showings.all.push({ number, time });
    if (number === count && isSaid()) finish(time);
  };
  const onFrame = () => {
    port2.postMessage(null);
    asked = requestAnimationFrame(onFrame);
  };
  let asked = requestAnimationFrame(onFrame);
  window.showings = showings;
  window.unwatchRows = () => {
    cancelAnimationFrame(asked);
    clearTimeout(patience);
    port1.close();
    // The list that it was would be held, with all its events.
    scroller = undefined;
    delete window.unwatchRows;
  };
}

/** For each event from 1 to `count`, from its own time, which the page gave it, until it or a later one was in sight. */
export function delaysOfRows(url: string, count: number): Milliseconds[] {
  const events = window.benched?.log.sources.find((source) => source.url === url)?.events ?? [];
  const delays: Milliseconds[] = [];
  for (const { number, time } of window.showings?.all ?? []) {
    for (let next = delays.length; next < Math.min(number, count); next++)
      delays.push(time - (events[next]?.time ?? 0));
  }
  return delays;
}
