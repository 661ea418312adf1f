/** What two connections may both have been sent: by content, and by id where it is certain that the event has one. */
export interface Sent {
  /** The same number for the same type and data. */
  content: number;
  /** What the last event ID was with it. */
  id: string;
  /** That changed with it. Else the event may have none of its own, and another connection has that of another one. */
  isOwn: boolean;
}

/** How many the server sent that the app never got, and how many it got again. */
export interface Difference {
  lost: number;
  repeated: number;
  /** Indices in `stream` of the first and the last that are lost, and of the last event that both have. */
  first?: number;
  last?: number;
  until: number;
  /** All that came is in `stream`. */
  isWhole: boolean;
  /** What came after the last event that both have certainly, could be in `stream` elsewhere too. */
  isLoose: boolean;
}

const equal = (one: Sent | undefined, other: Sent | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  one.content === other.content &&
  (one.id === other.id || (!one.isOwn && !other.isOwn));

/** How far back events that come again are looked for. */
const MOST_AGAIN = 500;

/**
 * Where in `witness` the events end that the app got before it was cut off: indices of the last one of them, each with
 * how many events in a row are the same before it; `isAll`: all that both could have.
 */
export function anchors(app: readonly Sent[], witness: readonly Sent[]): { at: number; run: number; isAll: boolean }[] {
  const found: { at: number; run: number; isAll: boolean }[] = [];
  for (let at = 0; at < witness.length; at++) {
    let run = 0;
    while (run <= at && run < app.length && equal(witness[at - run], app[app.length - 1 - run])) run += 1;
    if (run > 0) found.push({ at, run, isAll: run > at || run === app.length });
  }
  return found;
}

/** Does the content of `one` come only once? */
export const isSingle = (one: Sent | undefined, ...lists: (readonly Sent[])[]): boolean =>
  lists.every((list) => list.filter((other) => equal(one, other)).length === 1);

export const isAmong = (one: Sent | undefined, list: readonly Sent[]): boolean =>
  list.some((other) => equal(one, other));

/** A reading by which it cannot be told. */
export const DOUBT: Difference = { lost: Number.NaN, repeated: Number.NaN, until: 0, isWhole: false, isLoose: true };

/**
 * What `after` says, which the app got when it was connected again: the server went on in `stream`, what it sent since the
 * app was cut off, and may have sent a part of `before` once more. Every reading that nothing contradicts is in the
 * list. Empty where nothing fits. Of `after`, the first `settled` must be in `stream`, which may be behind with the others.
 * `isOrderly`: what came again is one piece of `before`; else it is
 * anything of it, in its order.
 */
export function differences(
  before: readonly Sent[],
  stream: readonly Sent[],
  after: readonly Sent[],
  settled: number,
  isOrderly: boolean,
): Difference[] {
  const read = (repeated: number): Difference[] => {
    // It may be that nothing of it is new.
    if (repeated === after.length) return [DOUBT];
    const difference = continued(stream, after.slice(repeated), settled - repeated);
    if (difference === 'unsure') return [DOUBT];
    return difference ? [{ ...difference, repeated }] : [];
  };
  if (isOrderly) {
    const readings = againCounts(before, after).flatMap(read);
    const exact = readings.find(({ lost, repeated, isWhole }) => isWhole && lost + repeated === 0);
    // What the app got is, event by event, what it would have got without the cut.
    if (exact) return [exact];
    if (readings.length > 0) return readings.map((reading) => (reading.isLoose ? DOUBT : reading));
  }
  const most = foundAgain(before, after);
  // Where fewer would do as well, nobody knows how many it were.
  return [most, most - 1].filter((count) => count >= 0).flatMap(read);
}

/** How many events at the beginning of `after` may be a part of `before` once more; 0 first. */
function againCounts(before: readonly Sent[], after: readonly Sent[]): number[] {
  let most = 0;
  for (let from = 0; from < before.length; from++) {
    let same = 0;
    while (same < Math.min(MOST_AGAIN, after.length) && equal(after[same], before[from + same])) same += 1;
    most = Math.max(most, same);
  }
  return Array.from({ length: most + 1 }, (_, count) => count);
}

/** How many events at the beginning of `after` are in `before`, in that order. */
function foundAgain(before: readonly Sent[], after: readonly Sent[]): number {
  let count = 0;
  for (const one of before) if (count < MOST_AGAIN && equal(one, after[count])) count += 1;
  return count;
}

/** All of `after`, up to the last one that is certain, is in `stream`, in order. What of it is not in `after`, is lost. */
function continued(
  stream: readonly Sent[],
  after: readonly Sent[],
  settled: number,
): Omit<Difference, 'repeated'> | 'unsure' | undefined {
  const last = after.findLastIndex((event) => isSingle(event, stream, after));
  if (last < 0) return 'unsure';
  const until = stream.findIndex((one) => equal(one, after[last]));
  // What follows the last certain one follows it in both.
  for (let at = 1; at < Math.max(settled - last, stream.length - until) && last + at < after.length; at++) {
    const isKnown = until + at < stream.length;
    if (isKnown ? !equal(stream[until + at], after[last + at]) : last + at < settled) return undefined;
  }
  const rest = stream.slice(until + 1);
  const isLoose = after.slice(last + 1).some((one) => rest.filter((other) => equal(one, other)).length > 1);
  const isWhole = after.length - last <= stream.length - until;
  const missing: number[] = [];
  let wanted = last;
  for (let at = until; at >= 0; at--) {
    if (wanted >= 0 && equal(stream[at], after[wanted])) wanted -= 1;
    else missing.push(at);
  }
  if (wanted >= 0) return undefined;
  const [newest, oldest] = [missing[0], missing.at(-1)];
  if (newest === undefined || oldest === undefined) return { lost: 0, until, isWhole, isLoose };
  return { lost: missing.length, first: oldest, last: newest, until, isWhole, isLoose };
}
