/** What comes in order, and is not all taken at once. */
export interface Turns<T> {
  add(item: T): void;
  /** Takes all that waits now. */
  flush(): void;
}

/**
 * Hands each item to `take`, in their order: at once as long as the items of this turn are no larger together than `most`,
 * else in a later turn of the event loop. Between two turns the browser can draw a frame; a burst that is taken as it
 * comes would keep it from that, as messages that have come are handled before the frame that was asked for after them.
 */
export function inTurns<T>(take: (item: T) => void, sizeOf: (item: T) => number, most: number): Turns<T> {
  const waiting: T[] = [];
  let taken = 0;
  // A timer would wait for four milliseconds after some turns.
  const { port1, port2 } = new MessageChannel();
  const turn = () => port2.postMessage(undefined);
  const takeOne = (item: T) => {
    // The next turn comes when all that has come before this one is done.
    if (taken === 0) turn();
    taken += Math.max(1, sizeOf(item));
    take(item);
  };
  port1.onmessage = () => {
    taken = 0;
    while (taken < most) {
      const item = waiting.shift();
      if (item === undefined) return;
      takeOne(item);
    }
  };
  return {
    add(item) {
      if (waiting.length > 0 || taken >= most) waiting.push(item);
      else takeOne(item);
    },
    flush() {
      for (const item of waiting.splice(0)) take(item);
    },
  };
}
