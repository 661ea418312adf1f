import type { FaultType } from '../protocol/command.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { firstBehind } from './chronology.ts';
import { wasInForce } from './fault-span.ts';
import { type Numbered, numbered, step } from './resumption-ids.ts';
import type { Source } from './source.ts';
import type { StreamEvent } from './stream-event.ts';

/** A page may make up as many types as it likes; and ids are known again for so many events. */
const MOST_TYPES = 32;
const MOST_IDS = 10_000;
/** Events that come closer than this came together; bursts are this far apart at least, and of so many events. */
const TOGETHER: Milliseconds = 20;
const APART: Milliseconds = 500;
export const BURST = 10;

/** Faults that make a stream silent for a while. */
export const HOLDING_BACK: readonly FaultType[] = ['silence', 'delay', 'burst', 'throttle', 'drop'];

/** What a stream showed at some place. */
export interface Seen {
  seq: number;
  time: Milliseconds;
  /** The type, or the id. */
  name: string;
}

export interface TypeCount {
  heard: number;
  unheard: number;
  last: StreamEvent;
}

/** What the events of one source tell by their ids, types and times. O(1) for each of them. */
export class StreamScan {
  /** Events of the server, and those of them without an id. */
  events = 0;
  without = 0;
  readonly types = new Map<string, TypeCount>();
  cameBack: Seen | undefined;
  wentBack: Seen | undefined;
  /** Steps of ids that count: ahead, and back. */
  ahead = 0;
  back = 0;
  /** The longest time between two events of a connection, how many there were, and the last one that stood out. */
  longest: Milliseconds = 0;
  gaps = 0;
  gap: { from: Milliseconds; to: Milliseconds } | undefined;
  /** Bursts, their events, and what came otherwise; without what each connection brought first. */
  bursts = 0;
  inBursts = 0;
  calm = 0;
  lastBurst: Milliseconds = 0;
  last: StreamEvent | undefined;
  readonly #stands: (gap: Milliseconds, longest: Milliseconds, gaps: number) => boolean;
  #events: readonly StreamEvent[] | undefined;
  #seq = Number.NEGATIVE_INFINITY;
  #ids = new Set<string>();
  #number: Numbered | undefined;
  #together = 0;
  #isFirst = true;

  constructor(stands: (gap: Milliseconds, longest: Milliseconds, gaps: number) => boolean) {
    this.#stands = stands;
  }

  /** True where the past was forgotten, and it has to be done anew. */
  isOutdated({ events }: Source): boolean {
    return this.#events !== undefined && this.#events !== events;
  }

  follow(source: Source): void {
    const { events } = source;
    this.#events = events;
    let at = firstBehind(events, this.#seq);
    for (; at < events.length; at++) {
      const event = events[at];
      if (!event) return;
      this.#seq = event.seq;
      if (!event.injected) this.#take(source, event);
    }
  }

  #take(source: Source, event: StreamEvent): void {
    const { last } = this;
    this.last = event;
    this.events += 1;
    if (event.lastEventId === '') this.without += 1;
    this.#count(event);
    if (!last || last.attempt !== event.attempt) {
      this.#ids = new Set([event.lastEventId]);
      this.#number = numbered(event.lastEventId);
      this.#together = 1;
      this.#isFirst = true;
      return;
    }
    this.#time(source, event.time - last.time, last.time, event.time);
    this.#name(source, event, last);
  }

  #count(event: StreamEvent): void {
    const known = this.types.get(event.type);
    if (!known && this.types.size === MOST_TYPES) return;
    const count = known ?? { heard: 0, unheard: 0, last: event };
    if (event.heard) count.heard += 1;
    else count.unheard += 1;
    count.last = event;
    this.types.set(event.type, count);
  }

  #time(source: Source, gap: Milliseconds, from: Milliseconds, to: Milliseconds): void {
    if (this.#stands(gap, this.longest, this.gaps) && !isForced(source, HOLDING_BACK, from, to))
      this.gap = { from, to };
    else this.longest = Math.max(this.longest, gap);
    this.gaps += 1;
    if (gap <= TOGETHER) {
      this.#together += 1;
      return;
    }
    // What a new connection brings first is what it missed.
    if (!this.#isFirst && !isForced(source, ['burst', 'throttle', 'delay', 'silence'], from, to)) {
      if (this.#together >= BURST && gap >= APART) {
        this.bursts += 1;
        this.inBursts += this.#together;
        this.lastBurst = from;
      } else this.calm += 1;
    }
    this.#together = 1;
    this.#isFirst = false;
  }

  #name(source: Source, { seq, time, lastEventId: id }: StreamEvent, last: StreamEvent): void {
    // A block without an id has that of the one before it.
    if (id === last.lastEventId || id === '') return;
    const isOurs = isForced(source, ['reorder', 'duplicate', 'drop'], last.time, time);
    if (this.#ids.has(id) && !isOurs) this.cameBack = { seq, time, name: id };
    const number = numbered(id);
    const ahead = step(this.#number, number);
    if (ahead !== undefined && ahead > 0) this.ahead += 1;
    if (ahead !== undefined && ahead < 0 && !isOurs && !this.#ids.has(id)) {
      this.back += 1;
      this.wentBack = { seq, time, name: id };
    }
    this.#number = number;
    this.#ids.add(id);
    if (this.#ids.size > MOST_IDS) this.#ids = new Set([id]);
  }
}

/** Was one of these faults of ours in force then? Then the server is not to blame. */
export function isForced(
  { faults }: Source,
  types: readonly FaultType[],
  from: Milliseconds,
  to: Milliseconds,
): boolean {
  return faults.some((one) => types.includes(one.fault) && wasInForce(one, from, to));
}
