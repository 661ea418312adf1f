import type { Milliseconds } from '../protocol/record.ts';
import { type Attempt, sentId } from './attempt.ts';
import { firstAfter } from './chronology.ts';
import type { Source } from './source.ts';
import { attemptsOf } from './source-state.ts';
import type { StreamEvent } from './stream-event.ts';
import { idInQuery, streamKey } from './stream-key.ts';

/**
 * For each of `heads`, itself and the sources that the app made since to go on with it, in order. A new one continues a
 * stream that had lost its connection by then; of several such on one URL, the one that waits longest.
 */
export function chains(
  heads: readonly Source[],
  sources: readonly Source[],
  since: Milliseconds,
): Map<Source, Source[]> {
  const made = new Map(heads.map((head) => [head, [head]]));
  const keys = new Map(heads.map((head) => [head, streamKey(head)]));
  const later = sources
    .filter((source) => source.constructed >= since && !keys.has(source) && !source.networkOnly)
    .sort((a, b) => a.constructed - b.constructed);
  for (const source of later) {
    const key = streamKey(source);
    const candidates = [...made].flatMap(([head, chain]) => {
      const place = keys.get(head) === key ? placeFor(source, chain) : undefined;
      return place ? [{ chain, ...place }] : [];
    });
    candidates.sort((a, b) => a.rank - b.rank || a.lost - b.lost)[0]?.chain.push(source);
  }
  return made;
}

/**
 * How likely it goes on with this chain: after one that was closed, after one that retries by itself (somebody reconnects
 * twice then), or after one of which it cannot have known. Undefined where nothing was lost.
 */
function placeFor(source: Source, chain: readonly Source[]): { rank: number; lost: Milliseconds } | undefined {
  const { constructed } = source;
  const lost = lostBy(chain, constructed);
  if (lost === undefined) return undefined;
  const { ended } = chain.at(-1) ?? {};
  if (ended && ended.time <= constructed) return { rank: 0, lost: ended.time };
  return { rank: lostBy(chain.slice(-1), constructed) === undefined ? 2 : 1, lost };
}

/** When one of these lost a connection last, by `time`. */
function lostBy(sources: readonly Source[], time: Milliseconds): Milliseconds | undefined {
  const ends = sources.flatMap(({ ended, attempts }) => [ended, ...attempts.map((attempt) => attempt.ended)]);
  const times = ends.flatMap((end) => (end && end.time <= time ? end.time : []));
  return times.length > 0 ? Math.max(...times) : undefined;
}

/** Of each source: what a server sends again is among what it sent last. */
const MOST_BEFORE = 1000;

export interface Dispatched {
  source: Source;
  event: StreamEvent;
}

/**
 * What the sources of a chain were dispatched by a server since a time, and some of what came before it, in its order: they
 * are of one document.
 */
export function eventsOf(chain: readonly Source[], since: Milliseconds): Dispatched[] {
  return chain
    .flatMap((source) => {
      const from = Math.max(0, firstAfter(source.events, since) - MOST_BEFORE);
      return source.events.slice(from).map((event) => ({ source, event }));
    })
    .filter(({ event }) => !event.injected)
    .sort((a, b) => a.event.seq - b.event.seq);
}

/** The id that an attempt carried, and how; '' for none. By the network's word where that is known. */
export function sentBy(source: Source, attempt: Attempt): { id: string; way: 'header' | 'query' } {
  const header = sentId(attempt);
  if (header !== '') return { id: header, way: 'header' };
  return { id: idInQuery(source.url) ?? '', way: 'query' };
}

export interface Announced {
  source: Source;
  attempt: Attempt;
  announced: Milliseconds;
}

/** Of all attempts of a chain that were answered with a stream after `time`, the first. */
export function announcedAfter(chain: readonly Source[], time: Milliseconds): Announced | undefined {
  const found = chain.flatMap((source) =>
    attemptsOf(source).flatMap((attempt) => {
      const { announced } = attempt;
      return announced !== undefined && announced > time ? { source, attempt, announced } : [];
    }),
  );
  return found.sort((a, b) => a.announced - b.announced)[0];
}
