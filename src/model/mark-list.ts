import { partition } from './chronology.ts';
import { inOrder, type MarkPlace } from './lane-marks.ts';
import { KINDS, type MarkIndex, markIndex } from './mark-index.ts';
import type { Source } from './source.ts';
import type { Range } from './timeline.ts';

/** A mark, and whose it is. */
export interface ListedMark {
  source: Source;
  place: MarkPlace;
}

/** How many marks of `sources` are within `range`. O(sources · log marks). */
export function countMarks(sources: readonly Source[], range: Range): number {
  let count = 0;
  for (const source of sources) {
    const { tracks } = markIndex(source);
    for (const kind of KINDS) count += tracks[kind].times.until(range.to) - tracks[kind].times.before(range.from);
  }
  return count;
}

/** The newest `most` marks within `range`, the newest first. O(sources · (most + log marks)). */
export function newestMarks(sources: readonly Source[], range: Range, most: number): ListedMark[] {
  const after = { time: range.to, attempt: Number.POSITIVE_INFINITY, kind: 'end' } as const;
  const heads = sources.map((source) => {
    const index = markIndex(source);
    return { source, index, place: beside(index, after, -1) };
  });
  const result: ListedMark[] = [];
  while (result.length < most) {
    let newest: (typeof heads)[number] | undefined;
    for (const head of heads) {
      if (
        head.place &&
        head.place.time >= range.from &&
        !(head.place.time <= (newest?.place?.time ?? Number.NEGATIVE_INFINITY))
      ) {
        newest = head;
      }
    }
    if (!newest?.place) break;
    result.push({ source: newest.source, place: newest.place });
    newest.place = beside(newest.index, newest.place, -1);
  }
  return result;
}

/** The mark of `source` that comes after `place` (`step` is 1) or before it (-1); undefined if there is none. O(log marks). */
export function markBeside(source: Source, place: MarkPlace, step: 1 | -1): MarkPlace | undefined {
  return beside(markIndex(source), place, step);
}

function beside({ tracks }: MarkIndex, place: MarkPlace, step: 1 | -1): MarkPlace | undefined {
  let found: MarkPlace | undefined;
  for (const kind of KINDS) {
    const track = tracks[kind];
    const at = (index: number): MarkPlace => ({ kind, time: track.times.at(index), attempt: track.attempt(index) });
    const index =
      step > 0
        ? partition(0, track.times.length, (one) => inOrder(at(one), place) <= 0)
        : partition(0, track.times.length, (one) => inOrder(at(one), place) < 0) - 1;
    if (index < 0 || index >= track.times.length) continue;
    const candidate = at(index);
    if (!found || inOrder(candidate, found) * step < 0) found = candidate;
  }
  return found;
}
