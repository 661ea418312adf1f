import type { Milliseconds } from '../protocol/record.ts';
import { eventIndex } from './event-index.ts';
import type { Detail } from './level-of-detail.ts';
import type { Source } from './source.ts';
import type { Density, EventRow, Lane, Range } from './timeline.ts';
import type { Times } from './times.ts';

/** Types that have a row of their own; all others share one. */
const ROWS = 2;

/** The events of a lane, counted for each of the equal columns that `range` is divided into. */
export function laneEvents(
  { events, lines }: Source,
  range: Range,
  columns: number,
  { level }: Detail,
): Pick<Lane, 'density' | 'first' | 'rows' | 'lines'> {
  const index = eventIndex(events);
  const density = counted(index.all, range, columns);
  const result = { density, first: index.all.before(range.from) };
  if (level !== 'types' && level !== 'single') return result;
  const rows = rowsOf(index, density, range, columns);
  if (level === 'types') return { ...result, rows };
  const lineIndex = eventIndex(lines);
  const of = (type: string) => counted(lineIndex.of(type), range, columns);
  return { ...result, rows, lines: { comment: of('comment'), retry: of('retry'), id: of('id') } };
}

/** None where there is nothing to tell apart. Each event is in one row. */
function rowsOf(index: ReturnType<typeof eventIndex>, all: Density, range: Range, columns: number): EventRow[] {
  const { types, frequent, hasMore } = index;
  if (types.length < 2) return [];
  const named = frequent.slice(0, ROWS);
  const rows: EventRow[] = named.map((type) => ({ type, density: counted(index.of(type), range, columns) }));
  const others = all.map((count, column) => rows.reduce((rest, row) => rest - (row.density[column] ?? 0), count));
  const unnamed = types.filter((type) => !named.includes(type));
  const [only] = unnamed;
  if (unnamed.length === 1 && only !== undefined && !hasMore) rows.push({ type: only, density: others });
  else if (unnamed.length > 0 || hasMore) rows.push({ density: others });
  return rows;
}

/** The last column has what is at the end of the range, too. O(columns · log of what is in one). */
export function counted(times: Times | undefined, range: Range, columns: number): Density {
  const result = new Uint32Array(columns);
  if (!times) return result;
  const width = (range.to - range.from) / columns;
  const end = times.until(range.to);
  let start = times.before(range.from);
  for (let column = 0; column < columns && start < end; column++) {
    const edge: Milliseconds = range.from + (column + 1) * width;
    const next = column === columns - 1 ? end : Math.min(end, times.before(edge, start));
    result[column] = next - start;
    start = next;
  }
  return result;
}
