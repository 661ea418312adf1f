import type { Milliseconds } from '../../src/protocol/record.ts';
import type { Behaviour } from './exchange.ts';

/** How far back a resuming client is served, in events. */
const HISTORY = 10_000;

/**
 * A server with a memory. Events have consecutive integer ids and happen every `?every=` ms whether or not anyone
 * listens: the id is a function of the clock, so clients that come and go all see one and the same sequence.
 *
 * A client that names the last id it saw gets at once what it missed. A client that names none (or one that this
 * server never gave) starts at now, and has lost whatever happened while it was away.
 */
export function counter(): Behaviour {
  const started: Milliseconds = performance.now();

  return async (exchange) => {
    const every = exchange.number('every', 250, [1, 60_000]);
    const { count, connection } = exchange;
    const newest = () => Math.floor((performance.now() - started) / every);
    const session = await exchange.session();

    let given = resumed(exchange.lastEventId, newest()) ?? newest();
    const catchUp = () => {
      for (const until = newest(); given < until; ) {
        if (connection.sent >= count) return;
        given++;
        session.push({ n: given }, 'message', String(given));
      }
      exchange.after(started + (given + 1) * every - performance.now(), catchUp);
    };
    exchange.after(0, catchUp);
  };
}

/** The id to continue after, or undefined if this server never gave such an id. */
function resumed(lastEventId: string, newest: number): number | undefined {
  if (!/^\d+$/.test(lastEventId)) return undefined;
  const id = Number(lastEventId);
  return id <= newest ? Math.max(id, newest - HISTORY) : undefined;
}
