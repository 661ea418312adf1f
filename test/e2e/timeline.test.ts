import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { awayAndBack } from './devtools-view.ts';
import type { Panel } from './panel.ts';
import { type Stage, setStage } from './stage.ts';
import { until } from './until.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

interface Picture {
  /** What is visible, and where it is in the window of DevTools. */
  from: number;
  to: number;
  left: number;
  top: number;
  width: number;
}

/** What the timeline shows, by its own word. */
async function picture(panel: Panel): Promise<Picture> {
  const box = await until(() => panel.box('.paper'), 'the timeline');
  const range = await panel.$eval('.paper', (element) => ({
    from: Number(element.getAttribute('data-from')),
    to: Number(element.getAttribute('data-to')),
  }));
  return { ...range, left: box.x, top: box.y, width: box.width };
}

const span = ({ from, to }: Picture) => to - from;
/** The moment at so many pixels from the left edge. */
const at = (seen: Picture, x: number) => seen.from + (x / seen.width) * span(seen);

/** A source that was dropped by the server once, and came back; and another one below it. */
async function reconnected(path: string): Promise<{ panel: Panel; lastEventId: string }> {
  const { panel, visit } = await stage.inspect({ undocked: true });
  const { lab } = stage;
  await visit(`<script>
    new EventSource('${path}?every=50&retry=300');
    new EventSource('/steady/other?every=50');
  </script>`);
  await panel.source('/steady/other', 'open');
  await lab.when(() => (lab.connectionsTo(path)[0]?.sent ?? 0) >= 5, 'some events');
  lab.kick(path, 'reset');
  await lab.when(() => (lab.connectionsTo(path)[1]?.sent ?? 0) >= 5, 'events after the reconnect');
  await panel.select(await panel.source(path, 'open'));
  await until(async () => (await panel.attempts()).length === 2, 'the second attempt');
  return { panel, lastEventId: `${lab.connectionsTo(path)[1]?.lastEventId}` };
}

/** So that the picture stands still, with the beginning of the session: it does not follow the present any more. */
async function holdStill(panel: Panel): Promise<Picture> {
  await panel.focus('.paper');
  await panel.keyboard.press('Home');
  await until(() => panel.has('.zoom-controls button:first-child[aria-pressed=false]'), 'the picture to stand still');
  return picture(panel);
}

const status = (panel: Panel) => panel.$eval('[data-testid=mark-status]', (element) => element.textContent ?? '');
const selectedAttempt = (panel: Panel) =>
  panel.$$eval('[data-testid=attempt]', (rows) =>
    rows.findIndex((row) => row.getAttribute('aria-selected') === 'true'),
  );

/** Goes back to the newest mark of the lane by key, and gives the middle of the ring round it. */
async function newestMark(panel: Panel): Promise<{ x: number; y: number }> {
  await panel.focus('.paper');
  await panel.keyboard.press(',');
  await until(() => panel.has('[data-testid=mark-ring]'), 'the ring round the mark');
  // It comes a little larger, and shrinks.
  await panel.$eval('[data-testid=mark-ring]', async (element) => {
    await Promise.all(element.getAnimations({ subtree: true }).map((one) => one.finished));
  });
  const box = await panel.box('[data-testid=mark-ring] span');
  if (!box) throw new Error('The ring has no place.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

describe('the timeline', () => {
  test('is zoomed by the wheel at the pointer, dragged, and fitted by a double click', async () => {
    const { panel } = await reconnected('/counter/zoomed');
    const { mouse } = panel;
    const before = await holdStill(panel);
    const x = 400;
    await mouse.move(before.left + x, before.top + 20);
    await mouse.wheel({ deltaY: -300 });
    const zoomed = await until(async () => {
      const now = await picture(panel);
      return span(now) < span(before) * 0.9 && now;
    }, 'the picture to be zoomed');
    const pixel = span(zoomed) / zoomed.width;
    expect(Math.abs(at(zoomed, x) - at(before, x))).toBeLessThan(pixel * 2);

    await mouse.down();
    await mouse.move(before.left + x + 100, before.top + 20, { steps: 5 });
    await mouse.up();
    const panned = await until(async () => {
      const now = await picture(panel);
      return now.from !== zoomed.from && now;
    }, 'the picture to be dragged');
    expect(Math.abs(at(panned, x + 100) - at(zoomed, x))).toBeLessThan(pixel * 2);
    expect(span(panned)).toBeCloseTo(span(zoomed));

    await mouse.click(before.left + x, before.top + 20, { count: 2 });
    await until(() => panel.has('.zoom-controls button:nth-child(4)[aria-pressed=true]'), 'all to be fitted');
    expect(span(await picture(panel))).toBeGreaterThan(span(panned));
  });

  test('goes where the keys say', async () => {
    const { panel } = await reconnected('/counter/keys');
    const { keyboard } = panel;
    const press = async (key: string) => {
      const before = await picture(panel);
      await keyboard.press(key as 'Enter');
      return until(async () => {
        const now = await picture(panel);
        return (now.from !== before.from || now.to !== before.to) && { before, now };
      }, `the picture to move by ${key}`);
    };
    await holdStill(panel);
    const closer = await press('+');
    expect(span(closer.now)).toBeLessThan(span(closer.before));
    const further = await press('-');
    expect(span(further.now)).toBeGreaterThan(span(further.before));
    const left = await press('ArrowLeft');
    expect(left.now.from).toBeLessThan(left.before.from);
    const start = await press('Home');
    const first = stage.lab.connectionsTo('/counter/keys')[0]?.time ?? 0;
    expect(start.now.from).toBeLessThan(first);
    expect(start.now.to).toBeGreaterThan(first);
    await press('f');
    await until(() => panel.has('.zoom-controls button:nth-child(1)[aria-pressed=true]'), 'it to follow');
  });

  test('steps from mark to mark, says which it is, and shows it in the table', async () => {
    const { panel, lastEventId } = await reconnected('/counter/marks');
    await holdStill(panel);
    // What became of the reconnect is told after it.
    await newestMark(panel);
    expect(await status(panel)).toContain('/counter/marks');
    await panel.keyboard.press(',');
    // What the server received, not what we think that was sent.
    expect(Number(lastEventId)).toBeGreaterThan(0);
    await until(async () => (await status(panel)).includes(` ${lastEventId} · /counter/marks · `), 'the reconnect');
    await until(async () => (await selectedAttempt(panel)) === 1, 'the second attempt to be selected');
    await panel.keyboard.press(',');
    await until(async () => (await selectedAttempt(panel)) === 0, 'the first attempt to be selected');
    expect(await status(panel)).toContain('/counter/marks');
    expect(await status(panel)).not.toContain(` ${lastEventId} · `);
    await panel.keyboard.press('.');
    await until(async () => (await status(panel)).includes(` ${lastEventId} · `), 'the reconnect to be selected again');
    await panel.keyboard.press('Enter');
    await until(() => panel.has('.grid-attempts:focus'), 'the table to have the keys');
  });

  test('selects the attempt whose mark is clicked', async () => {
    const { panel } = await reconnected('/counter/clicked');
    await holdStill(panel);
    const mark = await newestMark(panel);
    await panel.click('[data-testid=attempt]');
    await until(async () => (await selectedAttempt(panel)) === 0, 'the first attempt to be selected');
    await panel.mouse.click(mark.x, mark.y);
    await until(async () => (await selectedAttempt(panel)) === 1, 'the second attempt to be selected');
    await until(() => panel.has('[data-testid=mark-ring]'), 'the ring to be there again');
  });

  test('selects a single event that is clicked, where single events are to be seen', async () => {
    const { panel } = await reconnected('/counter/single');
    await holdStill(panel);
    const mark = await newestMark(panel);
    const { mouse } = panel;
    await mouse.move(mark.x, mark.y);
    for (let notches = 0; notches < 5; notches++) await mouse.wheel({ deltaY: -400 });
    await until(async () => span(await picture(panel)) < 2000, 'single events');
    const seen = await picture(panel);
    // What the lane's bar shows: the first tick of an event right of the reconnect.
    const x = await until(() => firstTick(panel, mark.x - seen.left + 20), 'an event right of the reconnect');
    await mouse.click(seen.left + x, seen.top + 25);
    await until(() => panel.has('[data-testid=event][aria-selected=true]'), 'an event to be selected');
    const time = await panel.text('[data-testid=event][aria-selected=true] td');
    const clicked = new Date(at(seen, x)).toLocaleTimeString('en-US', {
      hour12: false,
      minute: '2-digit',
      second: '2-digit',
    });
    expect(time).toContain(clicked.slice(-5));
  });

  test('says in a card what is under the pointer, and never over the lane that it speaks of', async () => {
    const { panel, lastEventId } = await reconnected('/counter/hovered');
    await holdStill(panel);
    const mark = await newestMark(panel);
    const { top } = await picture(panel);
    for (const [row, dy] of [0, 34].entries()) {
      await panel.mouse.move(mark.x, mark.y + dy);
      const card = await until(async () => {
        const box = await panel.box('[data-testid=hover-card]');
        const facts = await panel.$$eval('[data-testid=hover-card] dd', (cells) =>
          cells.map((cell) => cell.textContent),
        );
        return box && facts.includes(lastEventId) === (row === 0) && { box, facts };
      }, 'the card');
      expect(card.facts.length).toBeLessThanOrEqual(4);
      const [laneTop, laneBottom] = [top + row * 34, top + (row + 1) * 34];
      expect(card.box.y >= laneBottom || card.box.y + card.box.height <= laneTop).toBe(true);
    }
    await panel.keyboard.press('Escape');
    await until(async () => !(await panel.has('[data-testid=hover-card]')), 'the card to be closed');
  });

  test('shows every error at any zoom', async () => {
    const { panel } = await reconnected('/counter/errors');
    await holdStill(panel);
    for (let zoom = 0; zoom < 10; zoom++) {
      await until(async () => (await failedPixels(panel)) > 0, `the error, zoomed out ${zoom} times`);
      const before = await picture(panel);
      await panel.keyboard.press('-');
      await until(async () => span(await picture(panel)) > span(before), 'the picture to be zoomed');
    }
  });

  test('draws nothing while another tab of DevTools is shown, and has all that came meanwhile', async () => {
    const { panel } = await reconnected('/counter/hidden');
    const { lab } = stage;
    await panel.evaluate(`{
      window.drawn = 0;
      const { clearRect } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.clearRect = function (...args) {
        window.drawn += 1;
        return clearRect.apply(this, args);
      };
    }`);
    const drawn = () => panel.evaluate('drawn') as Promise<number>;
    await until(async () => (await drawn()) > 0, 'the timeline to be drawn');
    await panel.away();
    const before = await drawn();
    lab.kick('/counter/hidden', 'reset');
    await lab.when(() => (lab.connectionsTo('/counter/hidden')[2]?.sent ?? 0) >= 30, 'a reconnect while it is hidden');
    expect(await drawn()).toBe(before);
    await awayAndBack(panel);
    await until(async () => (await drawn()) > before, 'the timeline to be drawn again');
    await until(async () => (await panel.attempts()).length === 3, 'the attempt that was made meanwhile');
    const id = `${lab.connectionsTo('/counter/hidden')[2]?.lastEventId}`;
    await until(async () => (await panel.marks()).some((mark) => mark.endsWith(` · ${id}`)), 'its mark');
  });

  test('is saved as a picture', async () => {
    const { panel } = await reconnected('/counter/picture');
    const folder = await mkdtemp(join(tmpdir(), 'sse-lifeline-'));
    try {
      await stage.saveTo(folder);
      const { width } = await picture(panel);
      await panel.click('.zoom-controls button:last-child');
      const file = await until(
        async () => (await readdir(folder)).find((name) => /^sse-lifeline-timeline-[\d-]+T[\d-]+\.png$/.test(name)),
        'the file',
      );
      const bytes = await until(async () => {
        const found = await readFile(join(folder, file));
        return found.length > 0 && found;
      }, 'the picture in the file');
      // [spec] PNG: eight bytes of signature, then the header with width and height.
      expect([...bytes.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
      const lanes = 2 * 34;
      expect(bytes.readUInt32BE(16)).toBe(2 * (220 + Math.floor(width)));
      expect(bytes.readUInt32BE(20)).toBe(2 * (21 + lanes + 26));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** Where the first event's tick right of `x` is, in the bar of the first lane. */
function firstTick(panel: Panel, x: number): Promise<number | undefined> {
  return panel.$eval('[data-testid=lanes]', scan, x, '--open-solid').then((found) => found[0]);
}

/** How many pixels of the first lane's bar have the colour of errors. */
async function failedPixels(panel: Panel): Promise<number> {
  return (await panel.$eval('[data-testid=lanes]', scan, 0, '--fail-solid')).length;
}

/** The pixels right of `x` that have the colour of a token, on the base of the first lane's bar. Runs in the panel. */
function scan(element: Element, x: number, token: string): number[] {
  const canvas = element as HTMLCanvasElement;
  const probe = document.createElement('canvas').getContext('2d');
  const context = canvas.getContext('2d');
  if (!probe || !context) throw new Error('There is no canvas.');
  probe.fillStyle = getComputedStyle(document.body).getPropertyValue(token).trim();
  probe.fillRect(0, 0, 1, 1);
  const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
  const ratio = devicePixelRatio;
  const { data, width } = context.getImageData(0, Math.round(27 * ratio), canvas.width, 1);
  const found: number[] = [];
  for (let at = Math.round(x * ratio); at < width; at++) {
    if (data[at * 4] === red && data[at * 4 + 1] === green && data[at * 4 + 2] === blue) found.push(at / ratio);
  }
  return found;
}
