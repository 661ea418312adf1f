import { beforeAll, describe, expect, test, vi } from 'vitest';
import { detailOf } from '../../../src/model/level-of-detail.ts';
import type { Log } from '../../../src/model/log.ts';
import { type Range, timeline } from '../../../src/model/timeline.ts';
import { boxes } from '../../../src/panel/canvas/bar.ts';
import { drawRuler } from '../../../src/panel/canvas/draw-ruler.ts';
import { drawTimeline } from '../../../src/panel/canvas/draw-timeline.ts';
import { eventShapes } from '../../../src/panel/canvas/event-shapes.ts';
import { hitTest } from '../../../src/panel/canvas/hit-test.ts';
import { labels } from '../../../src/panel/canvas/labels.ts';
import type { Scene } from '../../../src/panel/canvas/scene.ts';
import { readTheme } from '../../../src/panel/canvas/theme.ts';
import { logOf } from '../../support/story.ts';

const style = { getPropertyValue: (token: string) => ` ${token}`, fontFamily: 'Test' } as CSSStyleDeclaration;

/** 10 s on 1000 px: 10 ms are 1 px. */
function scene(log: Log, range: Range = { from: 0, to: 10_000 }): Scene {
  const detail = detailOf(range.to - range.from, 1000);
  return {
    width: 1000,
    laneHeight: 34,
    level: detail.level,
    lanes: timeline(log.sources, range, 333, detail),
    range,
    now: 9000,
    marks: log.marks,
    theme: readTheme(style),
    text: {
      mark: (mark) => (mark.type === 'connect' ? mark.lastEventId : mark.type),
      faults: ({ faults }) => faults.join(),
      count: (marks) => `${marks}`,
      session: ({ type }) => type,
      wait: (duration) => `${duration} ms`,
      tick: (time) => `${time}`,
      moment: (time) => `${time}`,
      now: 'now',
    },
    measure: (text) => text.length * 6,
  };
}

/** Takes every call and every property, and counts the calls. */
function paper(): { context: CanvasRenderingContext2D; calls: string[] } {
  const calls: string[] = [];
  const context = new Proxy({} as CanvasRenderingContext2D, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        calls.push([String(name), ...args].join(' ')),
    set: (_, name, value) => calls.push(`${String(name)} = ${value}`) > 0,
  });
  return { context, calls };
}

const ticks = (view: Scene) =>
  view.lanes.flatMap((lane) => eventShapes(view, lane, boxes(view, lane.spans)).flatMap((shape) => shape.ticks));

beforeAll(() => {
  vi.stubGlobal('Path2D', class {});
});

const STORM = `construct / · connect · announce${Array.from(
  { length: 10_000 },
  (_, i) => `· reestablish network @${1000 + i * 0.5} · connect @${1000.2 + i * 0.5} · announce`,
).join('')}`;

describe('a storm of 10,000 reconnects', () => {
  const log = logOf(STORM);

  test('costs no more drawing than the picture is wide', () => {
    const { context, calls } = paper();
    drawTimeline(context, scene(log));
    expect(calls.length).toBeLessThan(12_000);
  });

  test('is one label for all errors', () => {
    const [lane] = scene(log).lanes;
    if (lane === undefined) throw new Error('no lane');
    expect(labels(scene(log), lane).map(({ text }) => text)).toContain('10000');
  });
});

describe('the picture', () => {
  test('has no colour that is not a token', () => {
    const { context, calls } = paper();
    drawTimeline(context, {
      ...scene(logOf('construct / · connect · announce · dispatch 1 · fail forced')),
      hover: { time: 500, words: '7' },
    });
    drawRuler(context, { ...scene(logOf()), hover: { time: 500 } });
    const colours = calls.filter((call) => /^(fill|stroke)Style =/.test(call));
    expect(colours.length).toBeGreaterThan(10);
    for (const colour of colours) expect(colour).toMatch(/= --[a-z0-9-]+$/);
  });

  test('of an empty log, or of no range at all, is drawn', () => {
    drawTimeline(paper().context, scene(logOf()));
    const { context } = paper();
    drawTimeline(context, scene(logOf('construct / · connect'), { from: 5, to: 5 }));
    drawRuler(context, scene(logOf(), { from: 5, to: 5 }));
  });

  test('draws short states 3 px wide and over long ones', () => {
    const view = scene(logOf('construct / @0 · connect @0 · announce @10 · reestablish @5000 · connect @5010'));
    const shape = boxes(view, view.lanes[0]?.spans ?? []).map(({ span, left, right }) => [span.state, left, right]);
    expect(shape).toEqual([
      ['open', 1, 500],
      ['connecting', 501, 900],
      ['connecting', 0, 3],
      ['waiting', 500, 503],
    ]);
  });

  test('shows single events as ticks of 7 px, and crowds by the root of their number', () => {
    const few = scene(logOf('construct / @0 · connect · announce · dispatch 1 @1000 · dispatch 2 @2000'));
    const many = scene(
      logOf(`construct / @0 · connect · announce ${'· dispatch 1 @1000'.repeat(9)} · dispatch 2 @2000`),
    );
    const heights = (view: Scene) => {
      const wide = { ...view, level: 'dense' } as const;
      return ticks(wide).map(({ height }) => height);
    };
    expect(heights(few)).toEqual([7, 7]);
    const [crowd = 0, single = 0] = heights(many);
    expect(crowd / single).toBeCloseTo(3);
  });

  test('has one label for a reconnect that fails at once, and none for an ordinary first connect', () => {
    const view = scene(logOf('construct / · connect · announce · reestablish @2000 · connect @5000 · fail @5000'));
    expect(view.lanes.flatMap((lane) => labels(view, lane)).map(({ glyphs, text }) => `${glyphs} ${text}`)).toEqual([
      'error error',
      'error error',
    ]);
  });
});

describe('events', () => {
  const told = `construct / @0 · connect · announce @1 · dispatch 1 a @1 · ${Array.from({ length: 40 }, (_, index) => `dispatch ${index} ${'abcd'[index % 4]} @${(index * 3) ** 2 / 2 + 10}`).join(' · ')} · comment hi · retry 10 · id 7 · reestablish @9000`;

  test.each([
    ['many seconds', 10_000],
    ['a second', 1000],
    ['a few milliseconds', 60],
  ])('are each in one tick inside of the bar while %s are in sight', (_, span) => {
    const view = scene(logOf(told), { from: 0, to: span });
    const [lane] = view.lanes;
    if (lane === undefined) throw new Error('no lane');
    const drawn = ticks(view);
    // What is in one column is one tick; of types that are told apart, one for each.
    const rows = lane.rows && lane.rows.length > 0 ? lane.rows.map(({ density }) => density) : [lane.density];
    const filled = [...rows, ...Object.values(lane.lines ?? {})].map((counts) => counts.filter(Boolean).length);
    expect(drawn).toHaveLength(filled.reduce((sum, count) => sum + count, 0));
    for (const { top, height } of drawn) {
      expect(top).toBeGreaterThanOrEqual(1);
      expect(top + height).toBeLessThanOrEqual(13);
    }
  });

  test('that come with the connection are not drawn before it', () => {
    const view = scene(logOf('construct / @0 · connect · announce @104 · dispatch 1 @104'), { from: 0, to: 10_000 });
    const open = view.lanes.flatMap((lane) => boxes(view, lane.spans)).find(({ span }) => span.state === 'open');
    expect(ticks(view)[0]?.x).toBeGreaterThan(open?.left ?? Number.NaN);
  });
});

describe('lanes that are low', () => {
  const low = { ...scene(logOf('construct / · connect · announce · reestablish network @2000')), laneHeight: 20 };

  test('have their glyphs on the bar, behind the cap, without words', () => {
    expect(
      low.lanes.flatMap((lane) => labels(low, lane)).map(({ glyphs, text, left }) => [...glyphs, text, left]),
    ).toEqual([['error', '', 204]]);
  });
});

describe('a fault that lasts', () => {
  const told = 'construct / @0 · connect managed @1 · announce @2 · fault begin delay @1000';
  const bolts = (view: Scene) =>
    view.lanes.flatMap((lane) => labels(view, lane).filter(({ glyphs }) => glyphs.includes('bolt')));
  const rails = (view: Scene) => {
    const { context, calls } = paper();
    drawTimeline(context, view);
    const violet = calls.filter(
      (call, index) => call.startsWith('fillRect') && calls[index - 1]?.includes('--forced-solid'),
    );
    return violet.map((call) => call.split(' ').slice(1).map(Number));
  };

  test('is a rail of 2 px on the upper edge of the bar until now, with a bolt and its name', () => {
    const view = scene(logOf(told));
    // The bar is 14 px high, 3 px above the lower edge of a lane of 34 px.
    expect(rails(view)).toEqual([[100, 17, 800, 2]]);
    expect(bolts(view)).toMatchObject([{ text: 'delay', left: 100, ink: 'forcedInk' }]);
  });

  test('that began before what is in sight has its bolt at the left edge', () => {
    const view = scene(logOf(told), { from: 5000, to: 15_000 });
    expect(bolts(view)).toMatchObject([{ text: 'delay', left: 2 }]);
    expect(rails(view)).toEqual([[-4, 17, 404, 2]]);
  });

  test('has its bolt where lanes are low, and where it is too short to be seen', () => {
    expect(bolts({ ...scene(logOf(told)), laneHeight: 20 })).toHaveLength(1);
    const short = scene(logOf(`${told} · fault end delay @1001`));
    expect(rails(short)).toEqual([[100, 17, 3, 2]]);
    expect(bolts(short)).toHaveLength(1);
  });

  test('has bolts beside it in a storm of faults, too', () => {
    const storm = Array.from(
      { length: 200 },
      (_, i) => `fault begin hang order=${i} @${1000 + i * 31} · fault end hang order=${i} @${1010 + i * 31}`,
    );
    const view = scene(logOf(`construct / @0 · connect managed @1 · announce @2 · ${storm.join(' · ')}`));
    expect(rails(view).length).toBeGreaterThan(0);
    expect(bolts(view).length).toBeGreaterThan(0);
  });

  test('that begins with a reset has one bolt with it', () => {
    const view = scene(
      logOf('construct / @0 · connect @1 · announce @2 · reestablish forced @1000 · fault begin delay @1000'),
    );
    expect(bolts(view).map(({ text }) => text)).toEqual(['error · delay']);
  });

  test('is hit at its rail and at its name', () => {
    const view = scene(logOf(told));
    const rail = { faults: ['delay'], began: 1000 };
    expect(hitTest(view, 600, 18)).toMatchObject({ rail });
    expect(hitTest(view, 120, 8)).toMatchObject({ rail });
    expect(hitTest(view, 600, 28)).toEqual({ lane: 'A:1' });
    expect(hitTest(view, 50, 18)).toEqual({ lane: 'A:1' });
  });
});

describe('a hit', () => {
  const view = scene(
    logOf('construct /a · connect · announce · reestablish @2000 · #2 construct /b @100 · connect · close @3000'),
  );

  test('is in a lane, with the nearest mark within 8 px', () => {
    expect(hitTest(view, 207, 25)).toMatchObject({ lane: 'A:1', mark: { type: 'error', time: 2000 } });
    expect(hitTest(view, 209, 25)).toEqual({ lane: 'A:1' });
    expect(hitTest(view, 302, 34 + 25)).toMatchObject({ lane: 'A:2', mark: { type: 'end' } });
  });

  test('on the text of a label is on its mark', () => {
    expect(hitTest(view, 230, 8)).toMatchObject({ mark: { type: 'error', time: 2000 } });
  });

  test('on a tick is on its event, where events are told apart', () => {
    const near = scene(
      logOf('construct / @0 · connect · announce · dispatch 1 @300 · dispatch 2 @500 · dispatch 3 @500'),
      {
        from: 200,
        to: 1200,
      },
    );
    expect(hitTest(near, 101, 25)).toEqual({ lane: 'A:1', events: { first: 0, count: 1, column: 33 } });
    expect(hitTest(near, 301, 25)).toEqual({ lane: 'A:1', events: { first: 1, count: 2, column: 99 } });
    expect(hitTest(near, 301, 5)).toEqual({ lane: 'A:1' });
    expect(hitTest(near, 330, 25)).toEqual({ lane: 'A:1' });
  });

  test('outside of all lanes is none', () => {
    for (const [x, y] of [
      [-1, 5],
      [1001, 5],
      [50, -1],
      [50, 68],
    ] as const)
      expect(hitTest(view, x, y)).toBeUndefined();
  });
});

test('the theme reads its tokens from the style, without blanks', () => {
  expect(readTheme(style)).toMatchObject({ openFill: '--open-fill', past: 1, fontFamily: 'Test' });
});
