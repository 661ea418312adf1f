import { useEffect, useMemo, useState } from 'preact/hooks';
import { Overview } from '../model/overview.ts';
import { type OverviewGrid, overviewGrid } from '../model/overview-grid.ts';
import type { OverviewColumns } from '../model/tally.ts';
import { useStore } from './store.ts';

/** Events that are counted in one frame: less than ten milliseconds. */
const AT_ONCE = 100_000;

/** So many columns of the whole session, and what happened in each of them as far as it was counted. */
export function useOverview(columns: number): { grid: OverviewGrid; counts: OverviewColumns } {
  const { session, lanes, navigation, now, revision } = useStore();
  const [, goOn] = useState(0);
  const overview = useMemo(() => new Overview(), [session]);
  revision.value;
  const isMore = overview.update(lanes.value, AT_ONCE);
  useEffect(() => {
    if (!isMore) return;
    const frame = requestAnimationFrame(() => goOn((count) => count + 1));
    return () => cancelAnimationFrame(frame);
  });
  const whole = { from: navigation.session.value?.from ?? now.value, to: now.value };
  const grid = overviewGrid(whole, columns);
  return { grid, counts: overview.columns(grid) };
}
