import { firstOf } from './attempt-items.ts';
import { firstBehind, partition } from './chronology.ts';
import { type Numbered, step } from './resumption-ids.ts';
import { type Glimpse, type Likeness, type Past, Run } from './resumption-run.ts';
import type { Source } from './source.ts';
import { attemptOf } from './source-state.ts';
import type { StreamEvent } from './stream-event.ts';

/** An event that comes again is one of so many, or it is not known again. */
const MOST_IDS = 20_000;
/** Connections before a cut that say how its ids are made; and so many steps are enough. */
const MOST_RUNS = 20;
const MOST_STEPS = 20;

/** The ids of one source, connection by connection. Follows its events as they come: O(1) for each (amortized). */
export class IdHistory {
  readonly #runs = new Map<number, Run>();
  #order: Run[] = [];
  #events: readonly StreamEvent[] | undefined;
  /** Number of the newest event that was taken. */
  #seq = Number.NEGATIVE_INFINITY;
  /** Of each id, the newest event that had it; only from the second connection on. */
  readonly #ids = new Map<string, number>();
  #first: Glimpse | undefined;
  #last: Glimpse | undefined;
  #top: Numbered | undefined;
  #sample: StreamEvent | undefined;
  #isVaried = false;
  /** Events of the server. */
  #count = 0;

  run(attempt: number): Run | undefined {
    return this.#runs.get(attempt);
  }

  /** Had the app been dispatched an event with this id? Of the newest ones, and as far as more than one connection is known. */
  knows(id: string): boolean {
    return this.#ids.has(id);
  }

  follow(source: Source): void {
    const { events } = source;
    if (events !== this.#events) this.#reset(events);
    let index = firstBehind(events, this.#seq);
    if (this.#order.length === 0) index = this.#begin(source, Math.max(index, events.length - MOST_IDS));
    const from = this.#order.at(-1)?.attempt ?? 0;
    for (; index < events.length; index++) {
      const event = events[index];
      if (event) this.#take(source, event, index);
    }
    for (let at = this.#order.length - 1; at >= 0; at--) {
      const run = this.#order[at];
      if (!run || run.attempt < from) break;
      const attempt = attemptOf(source, run.attempt);
      if (attempt) run.compare(attempt.events, at === 0);
    }
  }

  /** Of a long past, only its very first event and its newest ones are looked at. Returns `from`. */
  #begin(source: Source, from: number): number {
    const [event] = source.events;
    if (!event || event.injected || source.incomplete || source.attempts[0]?.number !== 1) return from;
    const { seq, time, attempt, lastEventId: id } = event;
    if (!attemptBegins(source, attempt)) return from;
    this.#first = { seq, time, id };
    return from;
  }

  /** The past was forgotten, or what came late stands in the midst of it. */
  #reset(events: readonly StreamEvent[]): void {
    this.#events = events;
    this.#runs.clear();
    this.#order = [];
    this.#ids.clear();
    this.#seq = Number.NEGATIVE_INFINITY;
    this.#first = undefined;
    this.#last = undefined;
    this.#top = undefined;
    this.#sample = undefined;
    this.#isVaried = false;
    this.#count = 0;
  }

  #take(source: Source, event: StreamEvent, index: number): void {
    this.#seq = event.seq;
    const run = this.#runOf(source, event, index);
    run.taken += 1;
    // The user made it: it says nothing about the server.
    if (event.injected) return;
    const id = event.lastEventId;
    const earlier = this.#ids.get(id);
    const isTwin =
      run.last?.id === id || (earlier !== undefined && run.first !== undefined && earlier >= run.first.seq);
    run.take(event, isTwin ? 'new' : this.#likeness(source.events, earlier, event), isTwin);
    if (this.#order.length > 1) this.#remember(id, event.seq);
    this.#last = run.last;
    this.#count += 1;
    const number = run.number;
    const ahead = step(this.#top, number);
    if (ahead === undefined || ahead > 0) this.#top = number;
    this.#sample ??= event;
    if (event.type !== this.#sample.type || event.data !== this.#sample.data) this.#isVaried = true;
  }

  #runOf(source: Source, { attempt }: StreamEvent, index: number): Run {
    const known = this.#runs.get(attempt);
    if (known) return known;
    if (this.#order.length === 1) this.#recall(source.events, index);
    const run = new Run(attempt, this.#past());
    this.#runs.set(attempt, run);
    this.#order.push(run);
    return run;
  }

  /** Until there is a second connection, nobody needs to know which ids there were. */
  #recall(events: readonly StreamEvent[], until: number): void {
    const [run] = this.#order;
    this.#ids.clear();
    if (this.#first) this.#remember(this.#first.id, this.#first.seq);
    for (let index = Math.max(0, until - MOST_IDS); index < until; index++) {
      const event = events[index];
      if (!event || event.injected) continue;
      const known = this.#ids.get(event.lastEventId);
      if (known !== undefined && known !== event.seq && run) run.reused = true;
      this.#remember(event.lastEventId, event.seq);
    }
  }

  #remember(id: string, seq: number): void {
    this.#ids.delete(id);
    this.#ids.set(id, seq);
    if (this.#ids.size <= MOST_IDS) return;
    for (const oldest of this.#ids.keys()) {
      this.#ids.delete(oldest);
      return;
    }
  }

  #likeness(events: readonly StreamEvent[], seq: number | undefined, event: StreamEvent): Likeness {
    if (seq === undefined) return 'new';
    const at = partition(0, events.length, (index) => (events[index]?.seq ?? 0) < seq);
    const old = events[at];
    if (old?.seq !== seq) return 'unsure';
    if (old.type !== event.type || old.size !== event.size || old.data !== event.data) return 'other';
    // Of long data only the beginning is known.
    return event.size > event.data.length ? 'unsure' : 'same';
  }

  #past(): Past | undefined {
    const last = this.#last;
    const sample = this.#sample;
    if (!last || !sample) return undefined;
    const past: Past = {
      last,
      steps: 0,
      distinct: 0,
      broken: false,
      reused: false,
      varied: this.#isVaried,
      rate: this.#count / Math.max(1, last.time - sample.time),
    };
    if (this.#first) past.first = this.#first;
    if (this.#top) past.top = this.#top;
    for (const run of this.#order.slice(-MOST_RUNS).reverse()) {
      past.steps += run.steps;
      past.distinct += run.events - run.repeated;
      past.broken ||= run.broken;
      past.reused ||= run.reused;
      if (past.steps >= MOST_STEPS) break;
    }
    return past;
  }
}

/** Is the first event that is known of an attempt the first that it brought? */
function attemptBegins(source: Source, attempt: number): boolean {
  let held = 0;
  for (let index = firstOf(source.events, attempt); source.events[index]?.attempt === attempt; index++) held += 1;
  return held === attemptOf(source, attempt)?.events;
}
