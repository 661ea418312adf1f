import type { Milliseconds, StreamRecord } from '../protocol/record.ts';
import type { Attempt } from './attempt.ts';
import { firstOf } from './attempt-items.ts';
import { SKEW } from './fit.ts';
import type { Source } from './source.ts';
import type { StreamEvent } from './stream-event.ts';

type Dispatch = Extract<StreamRecord, { type: 'dispatch' }>;

/** What both tell of an event, and by which it is known again. */
type Told = Pick<Dispatch, 'data' | 'size' | 'lastEventId'> & { type: string };

/** Events of one attempt that nothing tells from each other: they are counted. */
interface Alike {
  /** The tap told them, and the page did not: they are listed as unheard. Undefined where one was not kept. */
  unheard: (StreamEvent | undefined)[];
  /** The tap told them, and the page, which listens, will: they are not listed. */
  awaited: number;
  /** The page told them, and the tap will. */
  ahead: number;
  /** Of them, the page told one, and it is not certain that it was not a later one: so many later ones are listed. */
  taken: number;
}

/** Of so many events it is known who told them, for each attempt. Of earlier ones, one may be listed twice. */
const MOST = 100_000;
/** Of more types than a page could mean, it is not known whether the page listens: then its events tell. */
const MOST_TYPES = 1000;

/** The page tells these whether it listens or not. A block may have the names of the connection's own events. */
const ALWAYS = new Set(['message', 'open', 'error']);

/**
 * Of one attempt: which events the tap in the network told, and which the page, in whatever order that reaches us. In the
 * end there are as many alike as the tap told, and as many of them are heard as the page told.
 */
class Ledger {
  readonly #alike = new Map<string, Alike>();

  /** Is it to be listed as unheard? `expected`: the page listens, and will tell it if it has not. */
  seen(key: string, expected: boolean): Alike | undefined {
    const alike = this.#of(key);
    if (alike.ahead > 0) {
      alike.ahead -= 1;
      // What the page told may have been one that it listens for, while this one fired nothing.
      if (!expected) alike.taken += 1;
      this.#drop(key, alike);
      return undefined;
    }
    if (!expected) return alike;
    if (alike.taken > 0) {
      alike.taken -= 1;
      return alike;
    }
    alike.awaited += 1;
    return undefined;
  }

  /**
   * The page told it. Is it listed already? Then as which event; 'gone' where that was not kept. `isTapped`: what is not
   * known yet, the tap will tell.
   */
  told(key: string, isTapped: boolean): StreamEvent | 'gone' | undefined {
    const alike = isTapped ? this.#of(key) : this.#alike.get(key);
    if (!alike) return undefined;
    if (alike.awaited > 0) {
      alike.awaited -= 1;
      this.#drop(key, alike);
      return undefined;
    }
    if (alike.unheard.length > 0) {
      alike.taken += 1;
      // Those before it fired nothing.
      return alike.unheard.pop() ?? 'gone';
    }
    if (isTapped) alike.ahead += 1;
    return undefined;
  }

  #of(key: string): Alike {
    const known = this.#alike.get(key);
    if (known) return known;
    const alike: Alike = { unheard: [], awaited: 0, ahead: 0, taken: 0 };
    this.#alike.set(key, alike);
    if (this.#alike.size > MOST) this.#forgetOldest();
    return alike;
  }

  #forgetOldest(): void {
    for (const key of this.#alike.keys()) {
      this.#alike.delete(key);
      return;
    }
  }

  #drop(key: string, { unheard, awaited, ahead, taken }: Alike): void {
    if (unheard.length + awaited + ahead + taken === 0) this.#alike.delete(key);
  }
}

const ledgers = new WeakMap<Attempt, Ledger>();
/** Of each source, since when its page listens for a type. */
const listening = new WeakMap<Source, Map<string, Milliseconds>>();
const revisions = new WeakMap<Source, number>();

/** How often an event that is listed became another one: it was heard after all. */
export const revisionOf = (source: Source): number => revisions.get(source) ?? 0;

/** The page adds its first listener for this type. */
export function noteListener(source: Source, type: string, time: Milliseconds): void {
  const types = listening.get(source) ?? new Map<string, Milliseconds>();
  listening.set(source, types);
  if (types.size < MOST_TYPES && !types.has(type)) types.set(type, time);
}

/**
 * The tap saw this event at `time`. Is it to be listed as unheard? Then as what `list` gives; undefined where nothing is
 * kept of it. Amortized O(size).
 */
export function isUnheard(source: Source, attempt: Attempt, event: Told, time: Milliseconds): Alike | undefined {
  const ledger = ledgers.get(attempt) ?? open(source, attempt);
  // Page and network have clocks of their own: in doubt it is listed, and the page will tell it if it heard it.
  const expected = ALWAYS.has(event.type) || (listening.get(source)?.get(event.type) ?? time) + SKEW < time;
  return ledger.seen(keyOf(event), expected);
}

/** The page dispatched this event. True if it is listed already, by the tap's word: it is marked as heard then. */
export function isListed(source: Source, attempt: Attempt, event: Told): boolean {
  if (event.type === 'message') return false;
  const twin = ledgers.get(attempt)?.told(keyOf(event), attempt.request?.tapped === true);
  if (twin === undefined) return false;
  if (twin !== 'gone') twin.heard = true;
  revisions.set(source, revisionOf(source) + 1);
  return true;
}

/** Nothing more is told of it. */
export const closeLedger = (attempt: Attempt): boolean => ledgers.delete(attempt);

/** The page may have told of this attempt before the tap does: its events are known to be ahead. */
function open({ events }: Source, attempt: Attempt): Ledger {
  const ledger = new Ledger();
  ledgers.set(attempt, ledger);
  for (let index = firstOf(events, attempt.number); events[index]?.attempt === attempt.number; index++) {
    const event = events[index];
    if (event && event.type !== 'message' && !event.injected) ledger.told(keyOf(event), true);
  }
  return ledger;
}

const SHORT = 200;

/** The same for events that are alike, and (as good as) never for others. Long data would be held twice. */
function keyOf({ type, data, size, lastEventId }: Told): string {
  return [type, lastEventId, data].map((text) => (text.length > SHORT ? digest(text) : text)).join(`\n${size}\n`);
}

/** 64 bits in which texts differ that anybody may have made, as far as that takes no malice. */
function digest(text: string): string {
  let [one, other] = [0x811c9dc5, text.length];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x01000193);
    other = Math.imul(other + unit, 0x5bd1e995) ^ (other >>> 13);
  }
  return `${one >>> 0} ${other >>> 0}`;
}
