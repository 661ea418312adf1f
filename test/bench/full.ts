import type { Bytes, Milliseconds } from '../../src/protocol/record.ts';
import type { ChromiumPanel } from '../e2e/driver-chromium.ts';
import { until } from '../e2e/until.ts';
import { type Filled, type Filling, fillLog } from '../support/full-log.ts';
import { type Keystroke, watchKeystroke } from './filter-watch.ts';
import { type Frames, framesSoFar, meterFrames } from './frame-meter.ts';

/** What the panel does with a log that is as full as it can be. */
export interface Full extends Filled {
  /** What the heap keeps of an event beyond the characters of its data and id. */
  overhead: Bytes;
  zoom: Frames;
  pan: Frames;
  /** Through the list of events. */
  scroll: Frames;
  /** Through the sources. */
  lanes: Frames;
  keystrokes: Keystroke[];
  /** While the filter is written. */
  filter: Frames;
}

/** Notches of a wheel between two levels, and levels: from all of an hour to a tenth of a millisecond in a pixel. */
const NOTCHES = 5;
const LEVELS = 12;
const DRAGS = 24;
const STEP = 9;
/** Found in one event of nine; its first letters in more. */
const WORD = 'brisbane';

export async function full(panel: ChromiumPanel, filling: Filling): Promise<Full> {
  const { frame } = panel;
  // What the panel had on its screen would be held until it draws something else.
  await frame.evaluate(empty);
  await until(async () => (await panel.sources()).length === 0, 'an empty panel');
  const before = await heap(panel);
  const filled = (await frame.evaluate(`(${fillLog})(window.benched, ${JSON.stringify(filling)})`)) as Filled;
  await until(async () => (await panel.sources()).length > 0, 'the sources in the panel');
  const overhead = ((await heap(panel)) - before - filled.payload) / filled.events;
  const { zoom, pan } = await zoomAndPan(panel);
  const lanes = await scrollBy(panel, '[data-testid=source]', 120);
  const scroll = await scrollBy(panel, '[data-testid=event]', -700);
  const { keystrokes, frames: filter } = await writeFilter(panel);
  return { ...filled, overhead, zoom, pan, scroll, lanes, keystrokes, filter };
}

/** Ends the document that the session shows, and forgets it. */
function empty(): void {
  const session = window.benched;
  const id = session?.log.page?.id;
  if (id !== undefined) session?.log.bye(id, performance.timeOrigin + performance.now());
  session?.clear();
}

/** What is in use of the heap of the extension's process after its garbage was collected, with buffers outside of it. */
async function heap({ devtools, frame }: ChromiumPanel): Promise<Bytes> {
  const target = devtools
    .browser()
    .targets()
    .find((one) => one.url() === frame.url());
  if (!target) throw new Error("The panel's document is no target of its own.");
  const client = await target.createCDPSession();
  for (let time = 0; time < 3; time++) await client.send('HeapProfiler.collectGarbage');
  const usage = await client.send('Runtime.getHeapUsage');
  await client.detach();
  return usage.usedSize + ('backingStorageSize' in usage ? Number(usage.backingStorageSize) : 0);
}

async function middle(panel: ChromiumPanel, selector: string): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = await until(() => panel.box(selector), `${selector} in the panel`);
  return { x: x + width / 2, y: y + height / 2 };
}

/** From the whole session to single events and back, and to and fro at each level: a wheel's notch or a move is a frame. */
async function zoomAndPan(panel: ChromiumPanel): Promise<{ zoom: Frames; pan: Frames }> {
  const { mouse } = panel;
  const { x, y } = await middle(panel, '[data-testid=timeline] [role=application]');
  const zooms: Frames[] = [];
  const pans: Frames[] = [];
  const wheel = async (deltaY: number) => {
    for (let notch = 0; notch < NOTCHES; notch++) await mouse.wheel({ deltaY });
  };
  await mouse.click(x, y, { count: 2 });
  await mouse.move(x, y);
  for (let level = 0; level < LEVELS; level++) {
    zooms.push(await metered(panel, () => wheel(-100)));
    pans.push(
      await metered(panel, async () => {
        await mouse.down();
        for (let move = 1; move <= DRAGS; move++) await mouse.move(x + STEP * Math.min(move, DRAGS - move), y);
        await mouse.up();
      }),
    );
  }
  for (let level = 0; level < LEVELS; level++) zooms.push(await metered(panel, () => wheel(100)));
  return { zoom: together(zooms), pan: together(pans) };
}

/** By a wheel, and back. */
async function scrollBy(panel: ChromiumPanel, row: string, deltaY: number): Promise<Frames> {
  const { mouse } = panel;
  // The list, in which a row may be out of sight.
  const { x, y } = await middle(panel, `[aria-rowcount]:has(${row})`);
  await mouse.move(x, y);
  return metered(panel, async () => {
    for (const direction of [1, -1])
      for (let turn = 0; turn < 40; turn++) await mouse.wheel({ deltaY: direction * deltaY });
  });
}

/** Writes a word into the filter; the next letter when all events were looked at. */
async function writeFilter(panel: ChromiumPanel): Promise<{ keystrokes: Keystroke[]; frames: Frames }> {
  const { keyboard } = panel;
  const { frame } = panel;
  const source =
    (await frame.$eval('[data-testid=source][aria-selected=true]', (row) => row.getAttribute('data-source'))) ?? '';
  await panel.click('[data-testid=filter]');
  const keystrokes: Keystroke[] = [];
  const frames: Frames[] = [];
  for (const [index, letter] of [...WORD].entries()) {
    await frame.evaluate(watchKeystroke, source, WORD.slice(0, index + 1));
    frames.push(
      await metered(panel, async () => {
        await keyboard.press(letter as 'b');
        const keystroke = await frame.evaluate(() => window.keystroke);
        if (keystroke) keystrokes.push(keystroke);
      }),
    );
  }
  await panel.click('[data-testid=filter]');
  await keyboard.press('Escape');
  return { keystrokes, frames: together(frames) };
}

async function metered(panel: ChromiumPanel, use: () => Promise<void>): Promise<Frames> {
  await panel.evaluate(meterFrames);
  await use();
  return panel.evaluate(framesSoFar);
}

function together(all: readonly Frames[]): Frames {
  const most = (of: (frames: Frames) => Milliseconds) => Math.max(...all.map(of));
  const longest = all.toSorted((a, b) => b.long - a.long)[0];
  return {
    used: all.flatMap(({ used }) => used),
    longest: most(({ longest }) => longest),
    gap: most(({ gap }) => gap),
    long: most(({ long }) => long),
    why: longest?.why ?? '',
  };
}
