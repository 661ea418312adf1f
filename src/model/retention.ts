import type { Bytes, Milliseconds } from '../protocol/record.ts';
import { forgetRequests } from './attempt.ts';
import { firstAfter } from './chronology.ts';
import type { Source } from './source.ts';
import { attemptsOf } from './source-state.ts';
import type { StreamEvent, StreamLine } from './stream-event.ts';
import { isEvent, type StreamItem } from './stream-item.ts';
import { forget, type WitnessedEvent } from './witness.ts';

/** How much a log may hold. */
export interface Limits {
  /** Events (of witnesses too), lines, attempts, changes of state, faults and witnesses together. */
  entries: number;
  size: Bytes;
}

export const LIMITS: Limits = { entries: 1_000_000, size: 512 * 1024 * 1024 };

/** What an entry costs beyond its text: an estimate for the objects that are kept of it. */
const OVERHEAD: Bytes = 160;

/** How much is held of `source`: see {@link Limits}. O(events). */
export function held(source: Source): Limits {
  const entries = count(source);
  let size = entries * OVERHEAD;
  for (const event of source.events) size += sizeOfEvent(event);
  for (const line of source.lines) size += sizeOfLine(line);
  for (const witness of source.witnesses) for (const event of witness.events) size += sizeOfEvent(event);
  return { entries, size };
}

/** How much more is held of `source` when `apply` was called, which may add one event or line. O(1). */
export function gained(source: Source, apply: () => void): Limits {
  const before = countLists(source);
  const [events, lines, witness] = [source.events.length, source.lines.length, source.witnesses.at(-1)];
  const witnessed = witness?.events.length ?? 0;
  apply();
  const newest = source.witnesses.at(-1);
  const more = (newest?.events.length ?? 0) - (newest === witness ? witnessed : 0);
  const entries = countLists(source) - before + more;
  const size = sizeOfEvent(source.events[events]) + sizeOfLine(source.lines[lines]);
  return { entries, size: entries * OVERHEAD + size + (more > 0 ? sizeOfEvent(newest?.events.at(-1)) : 0) };
}

/** How much an event or a line takes. */
export const sizeOf = (item: StreamItem): Bytes => OVERHEAD + (isEvent(item) ? sizeOfEvent(item) : sizeOfLine(item));

/** What was forgotten: how many events, and the sources that ended, of which nothing is left to show. */
export interface Forgotten {
  events: number;
  sources: Set<Source>;
}

/**
 * Forgets the oldest things that `sources` did, whichever source they are of: a part of what can be forgotten, or more
 * where several happened at one moment. Undefined if nothing can go: what lives stays, with the attempt and the state
 * that it is in. O(sources · log² + what is forgotten).
 */
export function forgetOldest(sources: readonly Source[], part: number): Forgotten | undefined {
  const total = forgettable(sources, Number.POSITIVE_INFINITY);
  if (total === 0) return undefined;
  const moment = momentOf(sources, Math.ceil(total * part));
  const forgotten: Forgotten = { events: 0, sources: new Set() };
  for (const source of sources) {
    const before = countEvents(source);
    if (hasEnded(source, moment)) {
      forgotten.sources.add(source);
      // What went away with its document may come back with it, and go on from there.
      clearSource(source);
      if (source.ended?.by !== 'unload') forgetRequests(attemptsOf(source));
    } else forgetUntil(source, moment);
    forgotten.events += before - countEvents(source);
  }
  return forgotten;
}

/**
 * Forgets the past: events, and all attempts but the last. What stays is what the next entries (or
 * {@link reviveSource}) build upon; the last attempt's own counts stay true.
 */
export function clearSource(source: Source): void {
  source.events = [];
  source.lines = [];
  source.faults = source.faults.filter(({ to }) => to === undefined);
  source.witnesses = source.witnesses.filter(({ to }) => to === undefined);
  for (const witness of source.witnesses) {
    forget(witness, witness.events.length);
    witness.events = [];
  }
  forgetRequests(source.attempts.slice(0, -1));
  source.attempts = source.attempts.slice(-1);
  source.changes = source.changes.slice(source.ended === undefined ? -1 : -2);
}

const countLists = ({ events, lines, attempts, changes, faults, witnesses }: Source) =>
  events.length + lines.length + attempts.length + changes.length + faults.length + witnesses.length;

const countWitnessed = ({ witnesses }: Source) => witnesses.reduce((sum, { events }) => sum + events.length, 0);

const countEvents = (source: Source) => source.events.length + countWitnessed(source);

const count = (source: Source) => countLists(source) + countWitnessed(source);

const sizeOfEvent = (event: StreamEvent | WitnessedEvent | undefined): Bytes =>
  event ? 2 * (event.data.length + event.lastEventId.length) : 0;

const sizeOfLine = (line: StreamLine | undefined): Bytes => 2 * (line?.value.length ?? 0);

/** How many entries can go if everything up to `time` goes. */
function forgettable(sources: readonly Source[], time: Milliseconds): number {
  return sources.reduce((sum, source) => {
    if (hasEnded(source, time)) return sum + count(source);
    const { events, lines, attempts, changes, faults, witnesses } = source;
    const past = (list: readonly { time: Milliseconds }[]) => Math.max(0, firstAfter(list, time) - 1);
    const over = [...faults, ...witnesses].filter((one) => isOver(one, time)).length;
    const witnessed = witnesses.reduce((all, witness) => all + firstAfter(witness.events, time), 0);
    return sum + firstAfter(events, time) + firstAfter(lines, time) + past(attempts) + past(changes) + over + witnessed;
  }, 0);
}

function forgetUntil(source: Source, time: Milliseconds): void {
  const { events, lines, attempts, changes } = source;
  source.faults = source.faults.filter((span) => !isOver(span, time));
  source.witnesses = source.witnesses.filter((witness) => !isOver(witness, time));
  for (const witness of source.witnesses)
    forget(witness, witness.events.splice(0, firstAfter(witness.events, time)).length);
  forgetRequests(attempts.splice(0, Math.max(0, firstAfter(attempts, time) - 1)));
  changes.splice(0, Math.max(0, firstAfter(changes, time) - 1));
  events.splice(0, firstAfter(events, time));
  lines.splice(0, firstAfter(lines, time));
}

const isOver = ({ to }: { to?: Milliseconds }, time: Milliseconds) => to !== undefined && to <= time;

const hasEnded = ({ ended }: Source, time: Milliseconds) => ended !== undefined && ended.time <= time;

/** The earliest moment up to which `wanted` entries can go. */
function momentOf(sources: readonly Source[], wanted: number): Milliseconds {
  let low = 0;
  let high = sources.reduce((time, { changes, events, lines, attempts, faults, witnesses }) => {
    const lists = [changes, events, lines, attempts, witnesses.at(-1)?.events ?? []];
    const last = lists.map((list) => list.at(-1)?.time ?? 0);
    return [...faults, ...witnesses].reduce((latest, { to = 0 }) => Math.max(latest, to), Math.max(time, ...last));
  }, 0);
  // Halves until no number lies between. A clock that a page made up costs some steps more, and does no other harm.
  for (;;) {
    const middle = low + (high - low) / 2;
    if (!(low < middle && middle < high)) return high;
    if (forgettable(sources, middle) < wanted) low = middle;
    else high = middle;
  }
}
