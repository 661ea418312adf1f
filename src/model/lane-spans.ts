import { changeIndex } from './change-index.ts';
import type { Detail } from './level-of-detail.ts';
import type { Source } from './source.ts';
import type { Range, Span } from './timeline.ts';

/**
 * The states of a source within `range`. What lasted less than `least` is told together with its neighbours in the same
 * column of that length, as the worst of them. O(log changes + columns), or O(changes in range) where `least` is 0.
 */
export function laneSpans(source: Source, range: Range, { least, revision }: Detail): Span[] {
  const changes = changeIndex(source, revision);
  const { times } = changes;
  const result: Span[] = [];
  // The change before the first one in range made the state that the range begins with.
  for (let from = Math.max(0, times.before(range.from) - 1); times.at(from) <= range.to; ) {
    const began = times.at(from);
    let next = from + 1;
    if (times.at(next) - began < least) {
      next = Math.max(next, times.before((Math.floor(began / least) + 1) * least, next));
      // The last one of them may last: then it stands alone.
      if (next - 1 > from && !(times.at(next) - times.at(next - 1) < least)) next -= 1;
    }
    const lasting = next >= times.length;
    const ended = lasting ? range.to : times.at(next);
    if (lasting || (ended > began && ended > range.from)) {
      const span: Span = {
        state: changes.worst(from, next),
        from: Math.max(began, range.from),
        to: Math.min(ended, range.to),
        lasting,
        began,
      };
      if (!lasting) span.ended = ended;
      if (next - from > 1) span.states = next - from;
      result.push(span);
    }
    from = next;
  }
  return result;
}
