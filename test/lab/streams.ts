import type { Behaviour, Exchange } from './exchange.ts';

/** Event streams that keep the rules. */

/** Integer ids go on where the client says it stopped, without any memory on this side. */
export const resumedAt = (exchange: Exchange): number =>
  /^\d{1,15}$/.test(exchange.lastEventId) ? Number(exchange.lastEventId) : 0;

/** An event every `?every=` ms; after `?count=` of them, silence. */
export const steady: Behaviour = async (exchange) => {
  const { interval, count, connection } = exchange;
  const session = await exchange.session();
  let id = resumedAt(exchange);
  exchange.repeat(interval, () => {
    if (connection.sent >= count) return;
    id++;
    session.push({ n: id }, 'message', String(id));
  });
};

/** The same with several event types in turn: `?types=`, a comma-separated list. */
export const named: Behaviour = async (exchange) => {
  const { interval, count, connection } = exchange;
  const types = (exchange.url.searchParams.get('types') ?? 'message,tick,price,notice').split(',');
  const session = await exchange.session();
  let id = resumedAt(exchange);
  exchange.repeat(interval, () => {
    if (connection.sent >= count) return;
    session.push({ n: id + 1 }, types[id % types.length], String(id + 1));
    id++;
  });
};

/** All that fires no event, between events: a comment, a `retry:`, an id without data. */
export const comments: Behaviour = (exchange) => {
  const { interval, count, connection } = exchange;
  const retry = exchange.number('retry', 2500, [0, 3_600_000]);
  exchange.open();
  let id = resumedAt(exchange);
  exchange.repeat(interval, () => {
    if (connection.sent >= count) return;
    exchange.write(`: comment before ${id + 2}\n\nretry: ${retry}\n\nid: ${id + 1}\n\n`);
    id += 2;
    exchange.event(id);
  });
};

/** One event of `?size=` bytes of data (default 1 MiB), then silence. */
export const huge: Behaviour = (exchange) => {
  const size = exchange.number('size', 1024 * 1024, [0, 256 * 1024 * 1024]);
  exchange.open();
  exchange.event(resumedAt(exchange) + 1, 'x'.repeat(size));
};

/** One event, then nothing: a half-open connection as the page sees it. */
export const silence: Behaviour = (exchange) => {
  exchange.open();
  exchange.event(resumedAt(exchange) + 1);
};
