import { describe, expect, test } from 'vitest';
import type { Log } from '../../../src/model/log.ts';
import { Overview } from '../../../src/model/overview.ts';
import { overviewGrid } from '../../../src/model/overview-grid.ts';
import type { Range } from '../../../src/model/timeline.ts';
import {
  drawOverview,
  OVERVIEW_HEIGHT,
  OVERVIEW_PITCH,
  type OverviewScene,
} from '../../../src/panel/canvas/draw-overview.ts';
import { position } from '../../../src/panel/canvas/scene.ts';
import { readTheme } from '../../../src/panel/canvas/theme.ts';
import { logOf, story } from '../../support/story.ts';

const COLUMNS = 200;
const style = { getPropertyValue: (token: string) => ` ${token}`, fontFamily: 'Test' } as CSSStyleDeclaration;

function scene(log: Log, window?: Range): OverviewScene {
  const grid = overviewGrid({ from: 0, to: 9000 }, COLUMNS);
  const overview = new Overview();
  overview.update(log.sources, Number.POSITIVE_INFINITY);
  return {
    width: COLUMNS * OVERVIEW_PITCH,
    range: grid.range,
    counts: overview.columns(grid),
    marks: log.marks,
    now: 9000,
    window: window ?? grid.range,
    theme: readTheme(style),
    text: { tick: (time) => `${time}` },
    measure: (text) => text.length * 6,
  };
}

/** Every rectangle, with the colour that it is filled with. */
function rectangles(view: OverviewScene): { colour: string; x: number; y: number; width: number; height: number }[] {
  const found: ReturnType<typeof rectangles> = [];
  let colour = '';
  const add = (x: number, y: number, width: number, height: number) => found.push({ colour, x, y, width, height });
  const context = new Proxy({} as CanvasRenderingContext2D, {
    get: (_, name) => (name === 'fillRect' || name === 'rect' ? add : () => undefined),
    set: (_, name, value) => {
      if (name === 'fillStyle') colour = String(value);
      return true;
    },
  });
  drawOverview(context, view);
  return found;
}
const of = (view: OverviewScene, colour: string) => rectangles(view).filter((one) => one.colour === colour);

describe('the overview', () => {
  const log = logOf(`construct / · connect · announce · dispatch 1 @1000 ${'· dispatch 2 @2000'.repeat(4)}
    reestablish network @5000 · connect @6000 · reestablish forced @7000 · connect @8000`);

  test('has a column for events, higher for more, where they were', () => {
    const view = scene(log);
    const [one, four, ...more] = of(view, '--open-solid');
    expect(more).toEqual([]);
    for (const [column, time] of [
      [one, 1000],
      [four, 2000],
    ] as const) {
      const x = position(view, time);
      expect(x - (column?.x ?? 0)).toBeGreaterThanOrEqual(0);
      expect(x - (column?.x ?? 0)).toBeLessThan(OVERVIEW_PITCH);
    }
    expect(four?.height).toBeGreaterThan(one?.height ?? 0);
  });

  test('marks what failed below the base, and what we forced above it', () => {
    const view = scene(log);
    const [failed, ...failures] = of(view, '--fail-solid');
    const [forced, ...others] = of(view, '--forced-solid');
    expect([failures, others]).toEqual([[], []]);
    expect(Math.abs((failed?.x ?? 0) - position(view, 5000))).toBeLessThan(OVERVIEW_PITCH);
    expect(Math.abs((forced?.x ?? 0) - position(view, 7000))).toBeLessThan(OVERVIEW_PITCH);
    expect(failed?.y).toBeGreaterThan(of(view, '--open-solid')[0]?.y ?? 0);
    expect(forced?.y).toBe(0);
  });

  test('veils what is not to be seen on the timeline', () => {
    const [before, after] = of(scene(log, { from: 2000, to: 4000 }), '--veil');
    const view = scene(log);
    expect(before).toMatchObject({ x: 0, width: position(view, 2000), height: OVERVIEW_HEIGHT });
    expect(after).toMatchObject({ x: position(view, 4000), width: view.width - position(view, 4000) });
  });

  test('has no colour that is not a token', () => {
    const busy = logOf(
      story('construct / · connect · announce · dispatch 1 · bye @3000'),
      story('', { id: 'B', started: 4000 }),
    );
    for (const { colour } of [...rectangles(scene(log)), ...rectangles(scene(busy))]) expect(colour).toMatch(/^--/);
  });
});
