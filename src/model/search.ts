import { admits, type Filter, looksBack, narrows } from './filter.ts';
import { revisionOf } from './ledger.ts';
import { repeats } from './repeats.ts';
import { Sift } from './sift.ts';
import type { Source } from './source.ts';
import type { StreamEvent, StreamLine } from './stream-event.ts';
import { groupsOf, type Stretch } from './stretch.ts';

/** What one call looks at, all sources together: about a millisecond. Each has its turn, from its end backwards. */
const AT_ONCE = 4096;

interface Found {
  /** Of the source, when it was begun with. */
  revision: number;
  events: Sift<StreamEvent>;
  lines: Sift<StreamLine>;
}

/** What a filter admits of sources, found piece by piece: their newest first. Of what only grows, nothing is looked at twice. */
export class Search {
  readonly #filter: Filter;
  readonly #found = new WeakMap<Source, Found>();
  /** What was found while less of the filter was written. */
  readonly #wider: WeakMap<Source, Found> | undefined;

  /** `before`: the search that this one replaces, which must not go on. */
  constructor(filter: Filter, before?: Search) {
    this.#filter = filter;
    if (before && narrows(filter, before.#filter)) this.#wider = before.#found;
  }

  /** Looks at a little more of what `sources` brought. Returns whether there is more. */
  advance(sources: readonly Source[], withLines: boolean): boolean {
    let isMore = false;
    const turn = Math.ceil(AT_ONCE / sources.length);
    for (const source of sources) {
      const { events, lines } = this.#of(source);
      if (events.follow(source.events)) events.advance(source.events, turn);
      if (withLines && lines.follow(source.lines)) lines.advance(source.lines, turn);
      isMore ||= events.follow(source.events) || (withLines && lines.follow(source.lines));
    }
    return isMore;
  }

  /** What was found so far. Nothing that the sources forgot is among it. */
  stretches(sources: readonly Source[], withLines: boolean): Stretch[] {
    const groups = groupsOf(sources);
    return sources.flatMap((source, lane) => {
      const group = groups[lane] ?? lane;
      const { events, lines } = this.#of(source);
      events.follow(source.events);
      const found: Stretch[] = [stretchOf(events, lane, group)];
      if (withLines) {
        lines.follow(source.lines);
        found.push(stretchOf(lines, lane, group));
      }
      return found;
    });
  }

  /** How much was looked at, from 0 to 1. */
  progress(sources: readonly Source[], withLines: boolean): number {
    let [all, seen] = [0, 0];
    for (const source of sources) {
      const { events, lines } = this.#of(source);
      all += source.events.length + (withLines ? source.lines.length : 0);
      seen += events.seen + (withLines ? lines.seen : 0);
    }
    return all === 0 ? 1 : seen / all;
  }

  #of(source: Source): Found {
    const known = this.#found.get(source);
    const revision = revisionOf(source);
    if (known?.revision === revision) return known;
    const filter = this.#filter;
    const forward = looksBack(filter);
    const old = this.#wider?.get(source);
    const wider = old?.revision === revision ? old : undefined;
    const found: Found = {
      revision,
      events: new Sift(
        () => {
          const isRepeat = forward ? repeats() : () => false;
          return (event) => admits(filter, event, isRepeat(event));
        },
        { forward, wider: wider?.events },
      ),
      lines: new Sift(() => (line) => admits(filter, line, false), { wider: wider?.lines }),
    };
    this.#found.set(source, found);
    this.#wider?.delete(source);
    return found;
  }
}

function stretchOf(sift: Sift<StreamEvent> | Sift<StreamLine>, lane: number, group: number): Stretch {
  const { items, from } = sift.admitted;
  return { items, from, to: items.length, lane, group };
}
