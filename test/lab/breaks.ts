import type { Behaviour, Exchange } from './exchange.ts';
import { resumedAt } from './streams.ts';

/** Event streams that end, each in its own way, one interval after their last event. */

function ending(finish: (exchange: Exchange, lastId: number) => void): Behaviour {
  return (exchange) => {
    const count = exchange.number('count', 3, [0, 1_000_000]);
    const interval = exchange.interval;
    const first = resumedAt(exchange);
    exchange.open();
    let id = first;
    // The pause before the end lets a client read every event: a reset may overtake what is still in its buffers.
    exchange.repeat(interval, () => {
      if (id === first + count) finish(exchange, id);
      else exchange.event(++id);
    });
  };
}

export const end = ending((exchange) => exchange.end());

export const rst = ending((exchange) => exchange.reset());

/** Half an event is on its way when the socket closes; no client may dispatch it. */
export const cut = ending((exchange, lastId) => exchange.cut(`id: ${lastId + 1}\ndata: {"n": "cut he`));

/**
 * Ids 1 to `?count=`, over as many connections as it takes. Who comes back with the last id is told to stay away with
 * a 204; with `?then=end` gets an empty stream that ends, again and again.
 */
export const finite: Behaviour = (exchange) => {
  const count = exchange.number('count', 5, [0, 1_000_000]);
  const interval = exchange.interval;
  let id = resumedAt(exchange);
  if (id >= count && exchange.url.searchParams.get('then') !== 'end') return exchange.respond(204);
  exchange.open();
  exchange.repeat(interval, () => {
    if (id >= count) exchange.end();
    else exchange.event(++id);
  });
};
