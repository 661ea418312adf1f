import { type Ending, isUnload } from './attempt.ts';
import { addAt, Buckets } from './buckets.ts';
import { isOld } from './frontier.ts';
import type { OverviewGrid } from './overview-grid.ts';
import type { Source } from './source.ts';
import type { Range } from './timeline.ts';

/** What happened in each column, over all sources. */
export interface OverviewColumns {
  events: Uint32Array;
  /** Attempts that ended in an error that we did not force. */
  failures: Uint32Array;
  /** Attempts that we ended, on the user's command. */
  forced: Uint32Array;
}

/** What was counted of a source. */
interface Told {
  /** Where another list has taken its place, something was put into its middle, or it was cleared. */
  list: Source['events'] | undefined;
  events: number;
  /** seq of the first one: where the source has another, it forgot some. */
  firstEvent: number | undefined;
  attempts: number;
  /** Its number. */
  firstAttempt: number | undefined;
}

/** Counts what sources did, as long as nothing of it is forgotten. Looks at each event once. */
export class Tally {
  readonly #told = new Map<Source, Told>();
  readonly #events: Buckets;
  readonly #failures: Buckets;
  readonly #forced: Buckets;
  /** Of attempts whose end may be another one yet. */
  #unsettled: Ending[] = [];

  /** For these sources, and those that will come. */
  constructor(sources: readonly Source[]) {
    const extent = extentOf(sources);
    this.#events = new Buckets(extent);
    this.#failures = new Buckets(extent);
    this.#forced = new Buckets(extent);
  }

  /** Is everything still there that was counted? O(sources). */
  holds(sources: readonly Source[]): boolean {
    let known = 0;
    for (const source of sources) {
      const told = this.#told.get(source);
      if (!told) continue;
      known += 1;
      const { events, attempts } = source;
      if (
        told.events > 0 &&
        (told.list !== events || events[0]?.seq !== told.firstEvent || events.length < told.events)
      )
        return false;
      if (told.attempts > 0 && (attempts[0]?.number !== told.firstAttempt || attempts.length < told.attempts)) {
        return false;
      }
    }
    return known === this.#told.size;
  }

  /** Counts what is new, and `most` events of it. Returns whether there are more. O(sources + what is counted). */
  count(sources: readonly Source[], most: number): boolean {
    let left = most;
    this.#unsettled = [];
    for (const source of sources) {
      const told = this.#toldOf(source);
      // Of what only the network knows, attempts are made anew with every fact.
      if (!source.networkOnly) this.#countAttempts(source, told);
      left -= this.#countEvents(source, told, left);
      const { attempts, pending } = source;
      for (const { ended } of attempts.slice(told.attempts)) if (ended) this.#unsettled.push(ended);
      if (pending?.ended) this.#unsettled.push(pending.ended);
    }
    return left <= 0;
  }

  /** O(columns + sources). */
  columns({ range: { from }, step, columns }: OverviewGrid): OverviewColumns {
    const counts = () => new Uint32Array(columns);
    const result: OverviewColumns = { events: counts(), failures: counts(), forced: counts() };
    this.#events.addTo(result.events, from, step);
    this.#failures.addTo(result.failures, from, step);
    this.#forced.addTo(result.forced, from, step);
    for (const ending of this.#unsettled) {
      const kind = kindOf(ending);
      if (kind) addAt(result[kind], (ending.time - from) / step);
    }
    return result;
  }

  #toldOf(source: Source): Told {
    const known = this.#told.get(source);
    if (known) return known;
    const told: Told = { list: undefined, events: 0, firstEvent: undefined, attempts: 0, firstAttempt: undefined };
    this.#told.set(source, told);
    return told;
  }

  /** Returns how many were counted. */
  #countEvents({ events }: Source, told: Told, most: number): number {
    const before = told.events;
    const end = Math.min(events.length, before + most);
    for (; told.events < end; told.events++) this.#events.add(events[told.events]?.time ?? 0);
    told.list = events;
    told.firstEvent = events[0]?.seq;
    return told.events - before;
  }

  /** All but the last one: what failed in the last moments of its page did not fail; and those of which facts may come. */
  #countAttempts(source: Source, told: Told): void {
    const { attempts } = source;
    for (; told.attempts < attempts.length - 1; told.attempts++) {
      const attempt = attempts[told.attempts];
      if (!isOld(attempt, source.newest)) break;
      const ended = attempt?.ended;
      const kind = ended && kindOf(ended);
      if (kind) (kind === 'forced' ? this.#forced : this.#failures).add(ended.time);
    }
    told.firstAttempt = attempts[0]?.number;
  }
}

function kindOf(ending: Ending): 'failures' | 'forced' | undefined {
  if (ending.by === 'close' || isUnload(ending)) return undefined;
  return ending.forced ? 'forced' : 'failures';
}

/** From the first thing that is known of any of them to the newest one; undefined for none. */
function extentOf(sources: readonly Source[]): Range | undefined {
  if (sources.length === 0) return undefined;
  const from = sources.reduce(
    (time, { changes, newest }) => Math.min(time, changes[0]?.time ?? newest),
    Number.POSITIVE_INFINITY,
  );
  return { from, to: sources.reduce((time, { newest }) => Math.max(time, newest), from) };
}
