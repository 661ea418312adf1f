import type { Milliseconds } from '../protocol/record.ts';
import { type Numbered, numbered, step } from './resumption-ids.ts';
import type { StreamEvent } from './stream-event.ts';

/** What is kept of an event: enough to find it, and to go on counting. */
export interface Glimpse {
  seq: number;
  time: Milliseconds;
  id: string;
}

/** What was known of the ids of a source when a connection of it began to bring events. */
export interface Past {
  /** The last event of the server, and the first one of all; `first` only where it is certain that it was. */
  last: Glimpse;
  first?: Glimpse;
  /** The highest number of the count that the last ones are of. */
  top?: Numbered;
  /** So many steps from one id to the next were 1, in the newest connections. */
  steps: number;
  /** Events in them that each had an id of its own. */
  distinct: number;
  /** Another step was seen in them. */
  broken: boolean;
  /** An id in them was that of several events, or ids came back with other events: they name no event. */
  reused: boolean;
  /** Not all events were alike: being alike means something. */
  varied: boolean;
  /** Events of the server for each millisecond. */
  rate: number;
}

/** How an event stands to those of earlier connections. `unsure`: what it has to be compared with is gone, or cut. */
export type Likeness = 'new' | 'same' | 'other' | 'unsure';

/** What comes after so many new events has nothing to do with where the server went on. */
const EARLY = 20;

/** What one connection brought, as far as ids tell. Events are taken in order; O(1) for each. */
export class Run {
  readonly attempt: number;
  readonly past: Past | undefined;
  /** Events that were taken, also those that the user injected. */
  taken = 0;
  /** So many more its attempt has counted, of which nothing is known: they are earlier than all others. */
  offset: number | undefined;
  /** Events are missing that came after others which are known. */
  hole = false;
  /** Of the server. */
  events = 0;
  first: Glimpse | undefined;
  last: Glimpse | undefined;
  /** The first ones had been dispatched by earlier connections. */
  repeated = 0;
  /** The first one that had not been. */
  fresh: Glimpse | undefined;
  steps = 0;
  broken = false;
  /** `broken`, near the first event that is new: so it says something about what that one is. */
  brokeEarly = false;
  reused = false;
  unsure = false;
  /** The number of the last id. */
  #number: Numbered | undefined;

  constructor(attempt: number, past: Past | undefined) {
    this.attempt = attempt;
    this.past = past;
  }

  get number(): Numbered | undefined {
    return this.#number;
  }

  /** `isTwin`: an earlier event of this run had its id. */
  take(event: StreamEvent, likeness: Likeness, isTwin: boolean): void {
    const { seq, time, lastEventId: id } = event;
    const glimpse = { seq, time, id };
    const number = numbered(id);
    const isOld = this.fresh === undefined && this.past !== undefined && !isTwin && likeness === 'same';
    if (likeness === 'unsure' && this.fresh === undefined) this.unsure = true;
    // Later on, an event of the past that comes again is no part of one repetition: nobody knows how many do.
    const isStray = likeness === 'same' && this.fresh !== undefined;
    if (likeness === 'other' || isStray || isTwin || id === '') this.reused = true;
    // Where the repetition is over, the stream jumps to where it goes on: that is no step.
    const jumps = this.fresh === undefined && !isOld && this.repeated > 0;
    if (this.events > 0 && !jumps) {
      // What comes again shows nothing that it had not shown.
      if (step(this.#number, number) === 1) this.steps += isOld ? 0 : 1;
      else this.broken = true;
      if (this.broken && this.events - this.repeated <= EARLY) this.brokeEarly = true;
    }
    if (isOld) this.repeated += 1;
    else this.fresh ??= glimpse;
    this.events += 1;
    this.first ??= glimpse;
    this.last = glimpse;
    this.#number = number;
  }

  /** So many events are counted in its attempt by now. `isFirst`: what was before it may have been forgotten. */
  compare(counted: number, isFirst: boolean): void {
    const missing = counted - this.taken;
    this.offset ??= isFirst ? missing : 0;
    if (missing > this.offset) this.hole = true;
  }
}
