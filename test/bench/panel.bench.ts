/** What the panel does with many events: how long until they are shown, and whether it ever stands still. */
import type { Filling } from '../support/full-log.ts';
import { type Burst, BYTES, burst, burstPath, PACE, type Paced, pace } from './bursts.ts';
import { type TabBurst, tabBurst } from './event-stream-tab.ts';
import type { Frames } from './frame-meter.ts';
import { type Full, full } from './full.ts';
import { type Carrier, type Inspected, inspect } from './inspected.ts';
import { within } from './patience.ts';
import { atMost, type Bar, type Bench, median, quantile, type Report, shown, spread, type Table } from './report.ts';

const CARRIERS: Carrier[] = ['observed', 'managed'];
const BURST = 20_000;
const BURSTS = [
  { count: BURST, rounds: 5 },
  { count: 200_000, rounds: 2 },
];
const MINUTE = 60_000;
/** With their attempts and changes of state, all that a log holds. */
const FILLINGS: Filling[] = [
  { sources: 500, events: 1975, took: 60 * MINUTE, drops: 2, restarted: true, gaveUpEvery: 25 },
  { sources: 3, events: 332_000, took: 60 * MINUTE, drops: 40, restarted: true, gaveUpEvery: 1000 },
];

const method = ({ isOver }: TabBurst) => `
The real panel in the real DevTools of a headless browser, 1,400 × 900, with the extension that ships; wheel, pointer and
keys are the browser's own input, not events that a script made. **Bursts**: the page has an open stream, the server is
told to go and sends the rest as fast as it is taken; _shown_ is when the last event's row is in sight in the list, painted,
and the status bar says that there are so many. DevTools works for its Network panel meanwhile, as it does for everybody:
it is told each event of the browser's own sources (what that takes: see the path). The same stream is shown by
**Chrome's own EventStream tab** in a browser without the extension, until its last row is painted${isOver ? '' : ' (it was not over after two minutes)'}.
**From the event to its row**: from the time that the page gave the event when it was dispatched, until a frame is painted in
which its row, or that of a later event, is in sight at the end of the list; the timeline is drawn in the same frame.

A **frame** takes what the panel's thread works for it: from the first input event or animation callback until a message
arrives that was posted in that callback, which is after style, layout and paint, and with it all that was handled for an
input event before it. What the compositor and other processes do then is not in it. Of zooming, panning, scrolling and
filtering only frames count in which an input event was handled. _Longest_ is of all frames; _longest stop_ is the longest of
what the browser itself calls a long animation frame or a long task (50 ms or more; 0 is none); _longest gap_ is from the
beginning of one frame to that of the next, and feels everything else that the machine has to do.

The **full log** is given to the session's own log through its own door, as entries out of JSON, as those of the wire; all
happened within an hour until now, with reconnects, a restart of the server that all sources feel at once, and some that
gave up. The wheel zooms in from the whole hour to a tenth of a millisecond in a pixel and out again; at each of twelve
levels the pointer pans. A letter is written into the filter when all of the letter before was found: _first_ is from the
key, by the browser's time of it, until the next frame is painted; _all_ until the list has as many rows as there are events
with that text. **Bytes of an event** are what the heap of the extension's process grew by, after its garbage was
collected, without the characters of data and ids, which are one byte each; types, sources and attempts are in it.
`;

export async function bench({ executablePath, say }: Bench): Promise<Report> {
  const own = await tabBurst(executablePath, burstPath(BURST), BURST);
  say(`  Chrome's EventStream tab: ${shown(own.took)} ms, longest gap ${shown(own.gap)} ms`);
  const bursts: Burst[] = [];
  const paced: Paced[] = [];
  await inspecting(executablePath, async (inspected) => {
    bursts.push(...(await burstAll(inspected, say)));
    for (const carrier of CARRIERS) {
      const one = await within(MINUTE, pace(inspected, carrier), `events at a pace, ${carrier}`);
      paced.push(one);
      say(`  ${PACE.rate}/s, ${carrier}: ${quantiles(one.delays)}; ${frames(one)}`);
    }
  });
  const fulls: Full[] = [];
  // Another browser: what the heap has of the bursts must not go while the log's share of it is measured.
  await inspecting(executablePath, async (inspected) => {
    // The page's own document must not come back while the log is full of another one.
    await inspected.page.goto('about:blank');
    for (const filling of FILLINGS) fulls.push(await fill(inspected, filling, say));
  });
  return {
    title: 'The panel',
    how: method(own),
    bars: bars(bursts, paced, fulls),
    tables: [burstTable(bursts, own), paceTable(paced), frameTable(fulls), filterTable(fulls)],
  };
}

async function inspecting(executablePath: string, measure: (inspected: Inspected) => Promise<void>): Promise<void> {
  const inspected = await inspect(executablePath);
  try {
    await measure(inspected);
  } finally {
    await inspected.close();
  }
}

async function burstAll(inspected: Inspected, say: Bench['say']): Promise<Burst[]> {
  const all: Burst[] = [];
  // The first document of a browser pays for code that is not compiled yet, in every process on the way.
  for (const carrier of CARRIERS) await burst(inspected, carrier, 5_000);
  for (const { count, rounds } of BURSTS) {
    for (let round = 1; round <= rounds; round++) {
      for (const carrier of CARRIERS) {
        const one = await within(MINUTE, burst(inspected, carrier, count), `a burst of ${count} events, ${carrier}`);
        all.push(one);
        say(`  ${round} ${shown(count)}, ${carrier}: ${shown(one.took)} ms; ${frames(one)}`);
      }
    }
  }
  return all;
}

async function fill(inspected: Inspected, filling: Filling, say: Bench['say']): Promise<Full> {
  const one = await within(2 * MINUTE, full(inspected.panel, filling), 'the full log');
  say(`  ${shown(one.events)} events of ${filling.sources} sources: ${shown(one.overhead)} bytes each`);
  for (const [name, use] of USES) say(`  ${name}: ${quantiles(use(one).used)}; ${frames(use(one))}`);
  say(`  Keys: ${one.keystrokes.map(({ first, all }) => `${shown(first)} / ${shown(all)}`).join(', ')}`);
  return one;
}

const QUANTILES = [0.5, 0.95, 1];
const quantiles = (values: number[]) => QUANTILES.map((part) => shown(quantile(values, part))).join(' / ');
const frames = ({ longest, long, gap, why }: Frames) =>
  `longest frame ${shown(longest)}, stop ${shown(long)}, gap ${shown(gap)}${why && ` (${why})`}`;
const stop = ({ longest, long }: Frames) => Math.max(longest, long);

const USES: [name: string, use: (full: Full) => Frames][] = [
  ['zoom, by wheel', ({ zoom }) => zoom],
  ['pan, by pointer', ({ pan }) => pan],
  ['scroll, list of events', ({ scroll }) => scroll],
  ['scroll, sources', ({ lanes }) => lanes],
  ['filter', ({ filter }) => filter],
];

function bars(bursts: Burst[], paced: Paced[], fulls: Full[]): Bar[] {
  const of = (carrier: Carrier) => bursts.filter((one) => one.count === BURST && one.carrier === carrier);
  const used = fulls.flatMap(({ zoom, pan }) => [...zoom.used, ...pan.used]);
  const most = (values: number[]) => Math.max(...values);
  return [
    ...CARRIERS.map((carrier) =>
      atMost(
        `${shown(BURST)} events shown, ${carrier} (median)`,
        median(of(carrier).map(({ took }) => took)),
        1000,
        ' ms',
      ),
    ),
    atMost('Longest stop of the panel in any burst', most(bursts.map(stop)), 100, ' ms'),
    ...paced.map(({ carrier, delays }) =>
      atMost(
        `From the event to its row at ${shown(PACE.rate)} events/s, ${carrier} (p95)`,
        quantile(delays, 0.95),
        100,
        ' ms',
      ),
    ),
    atMost('Longest stop of the panel at that pace', most(paced.map(stop)), 100, ' ms'),
    atMost('Frame of zooming and panning in a full log (p95)', quantile(used, 0.95), 8, ' ms'),
    atMost(
      'From a key in the filter to the next frame, in a full log (most)',
      most(fulls.flatMap(({ keystrokes }) => keystrokes.map(({ first }) => first))),
      100,
      ' ms',
    ),
    atMost(
      'Longest stop in a full log',
      most(fulls.flatMap((one) => USES.map(([, use]) => stop(use(one))))),
      100,
      ' ms',
    ),
    atMost('Kept of an event beyond its own text', most(fulls.map(({ overhead }) => overhead)), 300, ' bytes'),
  ];
}

function burstTable(bursts: Burst[], own: TabBurst): Table {
  const rows = BURSTS.flatMap(({ count }) =>
    CARRIERS.map((carrier) => {
      const all = bursts.filter((one) => one.count === count && one.carrier === carrier);
      const of = (value: (one: Burst) => number) => spread(all.map(value));
      return [
        shown(count),
        `SSE tab, ${carrier}`,
        of(({ took }) => took),
        of(({ longest }) => longest),
        of(({ long }) => long),
        of(({ gap }) => gap),
      ];
    }),
  );
  const took = `${own.isOver ? '' : 'more than '}${shown(own.took)}`;
  rows.splice(CARRIERS.length, 0, [
    shown(BURST),
    'EventStream tab',
    took,
    shown(own.longest),
    shown(own.long),
    shown(own.gap),
  ]);
  return {
    head: [
      `burst of events of ${BYTES} bytes`,
      '',
      'until the last one is shown, ms',
      'longest frame, ms',
      'longest stop',
      'longest gap',
    ],
    rows,
  };
}

function paceTable(paced: Paced[]): Table {
  return {
    head: [
      `${PACE.seconds} s of ${shown(PACE.rate)} events/s`,
      'event to row: p50 / p95 / most, ms',
      'longest frame, ms',
      'longest stop',
      'longest gap',
    ],
    rows: paced.map((one) => [one.carrier, quantiles(one.delays), shown(one.longest), shown(one.long), shown(one.gap)]),
  };
}

const title = ({ events, attempts }: Full, index: number) =>
  `${shown(events)} events of ${FILLINGS[index]?.sources} sources, ${shown(attempts)} attempts`;

function frameTable(fulls: Full[]): Table {
  return {
    head: ['full log', '', 'frame: p50 / p95 / most, ms', 'frames', 'longest stop, ms', 'longest gap'],
    rows: fulls.flatMap((one, index) =>
      USES.map(([name, use]) => {
        const { used, long, gap } = use(one);
        return [title(one, index), name, quantiles(used), `${used.length}`, shown(long), shown(gap)];
      }),
    ),
  };
}

function filterTable(fulls: Full[]): Table {
  const times = (values: number[]) => values.map(shown).join(', ');
  return {
    head: ['full log', 'bytes of an event', 'filter, key by key: first frame, ms', 'all found, ms'],
    rows: fulls.map((one, index) => [
      title(one, index),
      shown(one.overhead),
      times(one.keystrokes.map(({ first }) => first)),
      times(one.keystrokes.map(({ all }) => all)),
    ]),
  };
}
