import type { OrderId } from '../protocol/command.ts';
import type { Milliseconds } from '../protocol/record.ts';
import type { Log } from './log.ts';
import type { Source } from './source.ts';

/**
 * What is left of a fault that is in force. `times`: for how many attempts or connections, of the stream that has the least
 * left and of the one that has the most; `until`: when its time is over.
 */
export type FaultLeft = { type: 'times'; least: number; most: number } | { type: 'until'; until: Milliseconds };

/**
 * What the documents of `sources`, which live, have told of orders that were given as one; undefined as long as that is nothing: it waits for its
 * streams, or is in force until it is removed. `times`: as it was ordered. O(faults).
 */
export function faultLeft(
  { orders, times }: { orders: readonly OrderId[]; times?: number },
  sources: readonly Source[],
): FaultLeft | undefined {
  /** Sources of one stream use it up together. */
  const used = new Map<string, number>();
  let until: Milliseconds | undefined;
  for (const source of sources) {
    for (const span of source.faults) {
      if (!orders.includes(span.order)) continue;
      const stream = `${span.order} ${streamOf(source)}`;
      used.set(stream, Math.max(span.used ?? 0, used.get(stream) ?? 0));
      if (span.to === undefined && span.until !== undefined) until = Math.max(span.until, until ?? span.until);
    }
  }
  if (until !== undefined) return { type: 'until', until };
  const most = Math.max(0, ...used.values());
  if (times === undefined || most === 0) return undefined;
  const left = (count: number) => Math.max(0, times - count);
  return { type: 'times', least: left(most), most: left(Math.min(...used.values())) };
}

/** As orders do: origin and path, of one document. */
const streamOf = ({ document, url }: Source): string => `${document.id} ${url.split(/[?#]/, 1)[0]}`;

/** Those of the documents that are there now: what was in force in others is over. */
export function sourcesOfLiving(log: Pick<Log, 'sources' | 'living'>): Source[] {
  const living = new Set(log.living().map(({ id }) => id));
  return log.sources.filter(({ document }) => living.has(document.id));
}
