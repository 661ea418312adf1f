import { redirect, slowHeaders, status, wrongType } from './answers.ts';
import { cut, end, finite, rst } from './breaks.ts';
import { counter } from './counter.ts';
import type { Behaviour } from './exchange.ts';
import { comments, huge, named, silence, steady } from './streams.ts';

/** What the lab does, by the beginning of the path. Anything may follow it: `/steady/prices` is `/steady`. */
export const routes = (): Record<string, { does: string; behave: Behaviour }> => ({
  '/steady': { does: 'an event every ?every= ms', behave: steady },
  '/counter': {
    does: 'the same ids for everyone, all the time; replays what a resuming client missed',
    behave: counter(),
  },
  '/named': { does: 'event types in turn, ?types=a,b', behave: named },
  '/comments': { does: 'comments, retry: and ids without data between events', behave: comments },
  '/huge': { does: 'one event of ?size= bytes', behave: huge },
  '/silence': { does: 'one event, then nothing', behave: silence },
  '/finite': { does: 'ids 1 to ?count=, then 204 (or ?then=end)', behave: finite },
  '/end': { does: '?count= events, then a clean end', behave: end },
  '/rst': { does: '?count= events, then a TCP reset', behave: rst },
  '/cut': { does: '?count= events, then half an event in half a chunk', behave: cut },
  '/status': { does: '/status/503, only ?times= or only ?after= so many attempts', behave: status },
  '/wrong-type': { does: 'an event as text/html, or ?type=', behave: wrongType },
  '/slow-headers': { does: 'no headers for ?ms=', behave: slowHeaders },
  '/redirect': { does: '/redirect/307?to=', behave: redirect },
});

/** The route that a path takes, and the rest of the path without its slash. */
export function route<T>(table: Record<string, T>, path: string): { taken: T; rest: string } | undefined {
  const [, head = '', ...rest] = path.split('/');
  const taken = table[`/${head}`];
  return taken && { taken, rest: rest.join('/') };
}
