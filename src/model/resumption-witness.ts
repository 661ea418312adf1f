import type { Milliseconds } from '../protocol/record.ts';
import { firstAt } from './chronology.ts';
import { anchors, type Difference, DOUBT, differences, isAmong, isSingle, type Sent } from './resumption-alignment.ts';
import type { StreamEvent } from './stream-event.ts';
import type { Resumption } from './verdict.ts';
import type { Witness, WitnessedEvent } from './witness.ts';

/** What the app was dispatched around a cut, all of it by the server. */
export interface Dispatched {
  /** Before the cut, the newest ones; `connection` of them by the connection that was lost. */
  before: readonly StreamEvent[];
  connection: number;
  /** After it, the first ones, and the last event ID that their connection began with. */
  after: readonly StreamEvent[];
  lastEventId: string;
  lost: Milliseconds;
  /** Until then it is known what everybody got. */
  now: Milliseconds;
  /** Faults of ours changed the order of events, or which ones came. */
  isDamaged: boolean;
}

/** As much is compared: of what came before, of what came after, and of what the witness received before and after the cut. */
export const MOST_COMPARED = { before: 500, after: 500, witness: 500 };

/** A server may begin to send to a new connection so long after it has answered. */
const SETTLING: Milliseconds = 250;
/** What comes sooner after a connection began may be said to new connections only: a greeting, a state, a history. */
const GREETING: Milliseconds = 1000;
/** Two connections get the same event within that time. */
export const LAG: Milliseconds = 1000;
/** So many events, each unlike all others, are the same ones on both connections, by no chance. */
const CERTAIN = 3;
/** They are looked for among so many. */
const MOST_CERTAIN = 20;
/** More places than these where the streams might meet: they are all alike. */
const MOST_PLACES = 50;

const UNKNOWN: Resumption = { type: 'unknown', why: 'no witness' };

/** Did it read along when the connection was lost, and when the new one brought `after`? */
export const hasSeen = ({ from, to, phase }: Witness, { lost, after }: Dispatched): boolean =>
  phase !== 'refused' && from <= lost && (to === undefined || to >= (after[0]?.time ?? lost));

/**
 * What a second connection to the same URL received, beside what the app was dispatched. Says how many events were lost
 * or came again only where no other reading of the two is possible: events may be alike, and have any ids or none.
 */
export function resumptionByWitness(dispatched: Dispatched, witness: Witness): Resumption {
  const { before, after } = dispatched;
  const middle = firstAt(witness.events, dispatched.lost);
  const begin = Math.max(0, middle - MOST_COMPARED.witness);
  const received = witness.events.slice(begin, middle + MOST_COMPARED.witness);
  if ([...before, ...after, ...received].some(({ size, data }) => size > data.length))
    return { type: 'unknown', why: 'incomplete' };
  const found = read(dispatched, witness.from, received);
  const isNamed = after.every(({ lastEventId }) => lastEventId !== '') || after.length >= CERTAIN;
  const canDiffer = (isNamed && isTold(before, received)) || tellsWhere(after, before, received);
  if (found.length > 0 || begin > 0 || !hasGreeting(dispatched, received)) return said(found, canDiffer);
  // Each connection is greeted in its own way.
  return said(read({ ...dispatched, after: after.slice(1) }, witness.from, received.slice(1)), canDiffer);
}

type Event = StreamEvent | WitnessedEvent;
const likeness = ({ type, data, lastEventId }: Event): string => JSON.stringify([type, data, lastEventId]);

/** Is each event of a stream unlike all others of it? */
const isTold = (...streams: readonly (readonly Event[])[]): boolean =>
  streams.every((stream) => new Set(stream.map(likeness)).size === stream.length);

/** Where events are alike, one that came after the cut may be an earlier or a later one: some must tell which they are. */
function tellsWhere(after: readonly Event[], before: readonly Event[], received: readonly Event[]): boolean {
  const streams = [before, received].map((stream) => stream.map(likeness));
  const isOne = (one: string) => streams.every((stream) => stream.filter((other) => other === one).length <= 1);
  return after.slice(0, MOST_CERTAIN).map(likeness).filter(isOne).length >= CERTAIN;
}

interface Reading extends Difference {
  from?: string;
  to?: string;
}

function read(dispatched: Dispatched, opened: Milliseconds, received: readonly WitnessedEvent[]): Reading[] {
  const { before, connection, after, lastEventId, isDamaged } = dispatched;
  // A page is told only of events that it listens for: what it never got says nothing.
  const types = new Set([...before, ...after].map(({ type }) => type));
  const heard = received.filter(({ type }) => types.has(type));
  const settled = after.filter(({ time }) => time < dispatched.now - LAG).length;
  const contents = new Map<string, number>();
  const stream = sent(heard, '', contents);
  const [earlier, later] = [sent(before, '', contents), sent(after, lastEventId, contents)];
  return places(dispatched, opened, earlier.slice(-connection), stream).flatMap((place) =>
    differences(earlier, stream.slice(place + 1), later, settled, !isDamaged).map((difference) => {
      const [first, last] = [difference.first, difference.last].map((at) => heard[place + 1 + (at ?? Number.NaN)]);
      if (place < 0 && first && isDoubtful(difference, stream, first, earlier, opened)) return DOUBT;
      return {
        ...difference,
        ...(first?.lastEventId && last?.lastEventId && { from: first.lastEventId, to: last.lastEventId }),
      };
    }),
  );
}

/** Where the app's stream was cut off, as places in what the witness received; -1: before all of it. */
function places(
  { before, lost }: Dispatched,
  opened: Milliseconds,
  app: readonly Sent[],
  stream: readonly Sent[],
): number[] {
  const found = anchors(app, stream);
  const certain = found.filter(({ at, run }) => isCertain(app.slice(app.length - run), app, stream, at));
  if (certain.length > 0) return certain.map(({ at }) => at);
  const possible = found.filter(({ isAll }) => isAll).map(({ at }) => at);
  const last = before.at(-1)?.time ?? lost;
  if (last < opened + SETTLING) possible.unshift(-1);
  return possible.length > MOST_PLACES ? [] : possible;
}

/** These are the same events, and not only like each other. */
function isCertain(run: readonly Sent[], app: readonly Sent[], stream: readonly Sent[], at: number): boolean {
  const single = run.slice(-MOST_CERTAIN).filter((one) => isSingle(one, app, stream));
  const last = stream[at];
  return (
    single.length >= CERTAIN ||
    (last !== undefined && last.id !== '' && single.length > 0 && namesOne(last.id, app) && namesOne(last.id, stream))
  );
}

const namesOne = (wanted: string, list: readonly Sent[]): boolean =>
  list.filter(({ id }) => id === wanted).length === 1;

/** Nothing shows where both streams met: what the witness got at its beginning may have been for new connections only. */
const isDoubtful = (
  { until }: Difference,
  stream: readonly Sent[],
  first: WitnessedEvent,
  earlier: readonly Sent[],
  opened: Milliseconds,
): boolean => first.time < opened + GREETING || stream.slice(0, until + 1).some((one) => isAmong(one, earlier));

/** Each connection begins with an event of a type of its own. */
function hasGreeting({ before, connection, after }: Dispatched, received: readonly WitnessedEvent[]): boolean {
  const [greeting] = after;
  const first = before[before.length - connection];
  return (
    greeting !== undefined &&
    greeting.type !== 'message' &&
    greeting.type === received[0]?.type &&
    greeting.type === first?.type &&
    received.slice(1).every(({ type }) => type !== greeting.type)
  );
}

/** `contents`: numbers for what is alike. An id that did not change may be left over from an earlier event. */
function sent(events: readonly (StreamEvent | WitnessedEvent)[], begun: string, contents: Map<string, number>): Sent[] {
  let before = begun;
  return events.map(({ type, data, lastEventId: id }) => {
    const text = `${type}\n${data}`;
    const content = contents.get(text) ?? contents.size;
    contents.set(text, content);
    const isOwn = id !== before;
    before = id;
    return { content, id, isOwn };
  });
}

/** All readings have to say the same. */
function said(readings: readonly Reading[], canDiffer: boolean): Resumption {
  const [first] = readings;
  if (!first) return UNKNOWN;
  const isOne = readings.every(({ lost, repeated }) => lost === first.lost && repeated === first.repeated);
  if (!isOne) return UNKNOWN;
  const { lost, repeated, from, to } = first;
  if (lost + repeated === 0) return { type: 'exact', by: 'witness' };
  if (!canDiffer) return UNKNOWN;
  if (lost > 0 && repeated > 0) return { type: 'lost and repeated', lost, repeated, by: 'witness' };
  if (repeated > 0) return { type: 'repeated', count: repeated, by: 'witness' };
  return { type: 'lost', count: lost, by: 'witness', ...(from !== undefined && to !== undefined && { from, to }) };
}
