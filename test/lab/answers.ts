import type { Behaviour } from './exchange.ts';
import { steady } from './streams.ts';

/** Answers that are no event stream, or not yet. */

const ATTEMPTS = [0, 1_000_000] as const;

/**
 * `/status/503`: that status, with the content type `?type=`. `?times=n`: only the first n attempts get it;
 * `?after=n`: the first n do not. Whoever does not get it gets a steady stream.
 */
export const status: Behaviour = (exchange) => {
  const code = Number(exchange.rest);
  if (!Number.isInteger(code) || code < 200 || code > 599)
    throw new RangeError('/status/ takes a code from 200 to 599.');
  const after = exchange.number('after', 0, ATTEMPTS);
  const times = exchange.number('times', Number.POSITIVE_INFINITY, ATTEMPTS);
  const { attempt } = exchange;
  if (attempt <= after || attempt > after + times) return steady(exchange);
  const empty = code === 204 || code === 205 || code === 304;
  const headers = { 'Content-Type': exchange.url.searchParams.get('type') ?? 'text/plain' };
  return exchange.respond(code, headers, empty ? '' : `data: status ${code}\n\n`);
};

/** A whole event, but not called an event stream: the login page that answers instead of the server. */
export const wrongType: Behaviour = (exchange) => {
  const type = exchange.url.searchParams.get('type') ?? 'text/html';
  exchange.respond(200, { 'Content-Type': type }, 'id: 1\ndata: never to be dispatched\n\n');
};

/** No headers for `?ms=` (default 2000), then a steady stream. */
export const slowHeaders: Behaviour = (exchange) => {
  exchange.after(exchange.number('ms', 2000, [0, 30 * 60_000]), () => void steady(exchange));
};

/** `/redirect/307?to=`: anywhere, also to the other origin. */
export const redirect: Behaviour = (exchange) => {
  const code = Number(exchange.rest);
  if (![301, 302, 303, 307, 308].includes(code)) throw new RangeError('/redirect/ takes 301, 302, 303, 307 or 308.');
  exchange.respond(code, { Location: exchange.url.searchParams.get('to') ?? '/steady' });
};
