import type { Milliseconds } from '../protocol/record.ts';
import { isUnload, sentId } from './attempt.ts';
import { explained } from './explained.ts';
import type { Detail } from './level-of-detail.ts';
import { KINDS, type MarkKind, markIndex, type Track } from './mark-index.ts';
import type { Source } from './source.ts';
import { attemptOf } from './source-state.ts';
import type { Mark, Range } from './timeline.ts';
import { verdictsOf } from './verdict-list.ts';

/** Which mark of a source it is. */
export interface MarkPlace {
  time: Milliseconds;
  attempt: number;
  kind: MarkKind;
}

/** Marks of one kind that are yet to be told: from the index `at` to before `end`. */
interface Cursor {
  kind: MarkKind;
  track: Track;
  at: number;
  end: number;
}

/**
 * The marks of a source within `range`. Those of one kind that are in the same column of `least` milliseconds are one,
 * with their number; where it is 0, each is on its own. O(log marks + what is returned).
 */
export function laneMarks(source: Source, range: Range, { least, revision }: Detail): Mark[] {
  const { tracks } = markIndex(source, revision);
  const cursors = KINDS.map((kind): Cursor => {
    const { times } = tracks[kind];
    return { kind, track: tracks[kind], at: times.before(range.from), end: times.until(range.to) };
  });
  const result: Mark[] = [];
  for (let next = earliest(cursors); next !== undefined; next = earliest(cursors)) {
    const until = least > 0 ? (Math.floor(next / least) + 1) * least : next;
    const column: { place: MarkPlace; count: number; until: Milliseconds }[] = [];
    for (const cursor of cursors) {
      const { kind, track, at, end } = cursor;
      const { times } = track;
      // (The end of a column of next to no time may be rounded down to its beginning.)
      const stop = Math.min(end, Math.max(times.before(until, at), times.until(next, at)));
      const count = least > 0 ? stop - at : 1;
      for (; cursor.at < stop; cursor.at += count) {
        const place = { kind, time: times.at(cursor.at), attempt: track.attempt(cursor.at) };
        column.push({ place, count, until: times.at(cursor.at + count - 1) });
      }
    }
    for (const { place, count, until: last } of column.sort((a, b) => inOrder(a.place, b.place))) {
      const mark = markAt(source, place);
      if (mark) result.push(count > 1 ? { ...mark, crowd: { count, until: last } } : mark);
    }
  }
  return result;
}

function earliest(cursors: readonly Cursor[]): Milliseconds | undefined {
  let found: Milliseconds | undefined;
  for (const { track, at, end } of cursors) {
    if (at < end && !(track.times.at(at) >= (found ?? Number.POSITIVE_INFINITY))) found = track.times.at(at);
  }
  return found;
}

/** Which of two marks of a source comes first: negative if it is `a`. */
export function inOrder(a: MarkPlace, b: MarkPlace): number {
  return a.time - b.time || a.attempt - b.attempt || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
}

/** Of a mark: where it is among those of its source. Of several that are one: where the first one is. */
export function placeOf(mark: Mark): MarkPlace {
  const { time, attempt } = mark;
  const kind = mark.type !== 'error' ? mark.type : mark.gaveUp ? 'gaveUp' : mark.forced ? 'forced' : 'error';
  return { time, attempt, kind };
}

/** Undefined where the source has forgotten it. */
export function markAt(source: Source, { time, attempt: number, kind }: MarkPlace): Mark | undefined {
  const attempt = attemptOf(source, number);
  switch (kind) {
    case 'connect':
      return attempt && { type: 'connect', time, lastEventId: sentId(attempt), attempt: number };
    case 'queued':
      return { type: 'queued', time, attempt: number };
    case 'verdict': {
      const verdict = verdictsOf(source).findLast((one) => one.attempt === number);
      return verdict && { type: 'verdict', time, resumption: verdict.resumption, attempt: number };
    }
    case 'end': {
      const by = source.ended && isUnload(source.ended) ? 'unload' : 'close';
      return { type: 'end', time, by, attempt: number };
    }
    case 'error':
    case 'forced':
    case 'gaveUp': {
      const why = attempt && explained(attempt);
      const forced = attempt?.ended?.forced ?? false;
      return why && { type: 'error', time, forced, gaveUp: kind === 'gaveUp', why, attempt: number };
    }
  }
}
