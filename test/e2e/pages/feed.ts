import type { Behaviour } from '../../lab/exchange.ts';

/** Time between two events, in milliseconds. */
const EVERY = 50;

/**
 * A stream of what `render` makes of each number, for clients that want HTML and not JSON. Like the lab's counter: ids
 * are the numbers, which go on whether or not anyone listens, and who names the last one gets what it missed. So a
 * client that shows all numbers from its first to its last, each once, has lost nothing and repeated nothing.
 */
export function feed(render: (number: number) => string): Behaviour {
  const started = performance.now();
  const newest = () => Math.floor((performance.now() - started) / EVERY);
  return (exchange) => {
    const { lastEventId } = exchange;
    let given = /^\d+$/.test(lastEventId) ? Number(lastEventId) : newest();
    exchange.open();
    exchange.repeat(EVERY, () => {
      while (given < newest()) exchange.event(++given, render(given));
    });
  };
}
