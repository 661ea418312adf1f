import type { Milliseconds } from '../../src/protocol/record.ts';

/** This runs in the panel's document, as text: it can use nothing of this module but types. */

/** What one keystroke in the filter field took, from the time that the browser gave the key. */
export interface Keystroke {
  /** Until the next frame was painted. */
  first: Milliseconds;
  /** Until all events were looked at: the list's own number of rows was right, and painted. */
  all: Milliseconds;
}

declare global {
  interface Window {
    keystroke?: Promise<Keystroke>;
  }
}

/**
 * Waits for the next key in the filter field, after which it contains `text`. How many rows the list must have in the end
 * is counted here, in the events of `source`, not taken from the panel.
 */
export function watchKeystroke(source: string, text: string): void {
  const events = window.benched?.log.source(source)?.events ?? [];
  const rows = events.filter(({ data, type, lastEventId }) =>
    [data, type, lastEventId].some((part) => part.toLowerCase().includes(text)),
  ).length;
  const counted = () => {
    const grid = document.querySelector('[data-testid=event]')?.closest('[aria-rowcount]');
    // The head is a row, too.
    return grid ? Number(grid.getAttribute('aria-rowcount')) - 1 : 0;
  };
  const { port1, port2 } = new MessageChannel();
  window.keystroke = new Promise((resolve, reject) => {
    let first = 0;
    let pressed = 0;
    let asked = 0;
    const rest = () => {
      port1.close();
      cancelAnimationFrame(asked);
      removeEventListener('keydown', onKey, true);
      removeEventListener('input', onInput, true);
    };
    setTimeout(() => {
      rest();
      reject(new Error(`The list has ${counted()} rows for "${text}", and must have ${rows}.`));
    }, 15_000);
    port1.onmessage = () => {
      const time = performance.now() - pressed;
      first ||= time;
      if (counted() !== rows) return;
      rest();
      resolve({ first, all: time });
    };
    const onKey = ({ timeStamp }: KeyboardEvent) => {
      pressed = timeStamp;
    };
    const onFrame = () => {
      port2.postMessage(null);
      asked = requestAnimationFrame(onFrame);
    };
    const onInput = () => {
      asked = requestAnimationFrame(onFrame);
    };
    addEventListener('keydown', onKey, true);
    addEventListener('input', onInput, { capture: true, once: true });
  });
}
