/** What the page script costs the page. */
import { gzipSync } from 'node:zlib';
import type { Browser } from 'puppeteer-core';
import { launch } from '../e2e/driver-chromium.ts';
import { BRIDGE, pageScript } from '../support/page-script.ts';
import { bigData } from './big-data.ts';
import { install } from './in-page.ts';
import { atLeast, atMost, type Bench, median, type Report, shown, spread } from './report.ts';
import { DOCUMENTS, type Streams, startStreams } from './streams.ts';
import { alternate, type Cost, type Way } from './throughput.ts';

const ROUNDS = 5;
const BYTES = 130;
const EVENTS = 200_000;
/** Of the way that is too slow for as many. */
const FEWER_EVENTS = 50_000;
const INSTALLS = 100;

const WAYS: Way[] = [
  'native',
  'native, one more listener',
  'observed, kept',
  'observed, sent',
  'managed, sent',
  'native, Network domain on',
];

const HOW = `
Each number is a ratio within one run, or a median of its rounds: machines and their load differ, the ratio between two
ways that take turns differs less. The page is a real one in a headless browser, with the very script that ships; the
test plays the bridge. The server is a process of its own that writes buffers made before. Each reading has a new
document, and begins after a tenth of the stream; the page's listener adds up the length of \`data\`. **Cost** is the
processor time of the page's process for each event; **throughput** is by the page's clock, and feels everything else
that the machine has to do. *Kept*: recorded in the journal, and nobody asks for it. *Sent*: as under DevTools, in batches
over the bridge, which makes JSON of them as the way to the background does.
`;

export async function bench({ executablePath, say }: Bench): Promise<Report> {
  const streams = await startStreams();
  const browser = await launch({ executablePath, headless: true });
  try {
    say(`${ROUNDS} rounds of ${WAYS.length} ways …`);
    const costs = await alternate(WAYS, browser, streams, {
      rounds: ROUNDS,
      bytes: BYTES,
      events: (way) => (way === 'native, Network domain on' ? FEWER_EVENTS : EVENTS),
      each: (round, way, { throughput, cost }) =>
        say(`  ${round + 1} ${way}: ${shown(throughput)} events/s, ${shown(cost)} µs`),
    });
    say('Installing …');
    const installs = await installTimes(browser, streams);
    say('Big data …');
    const big = await bigData(browser, streams, say);
    return {
      title: 'The page script',
      how: HOW,
      bars: [...costBars(costs), ...scriptBars(installs)],
      tables: [costTable(costs), big],
    };
  } finally {
    await browser.close();
    streams.close();
  }
}

type Costs = Map<Way, Cost[]>;

/** Round by round against native in the same round, and of that the median. */
function ratio(costs: Costs, way: Way, of: keyof Cost): number {
  const native = costs.get('native') ?? [];
  return median((costs.get(way) ?? []).map((cost, round) => cost[of] / (native[round]?.[of] ?? Number.NaN)));
}

/** How much longer an event takes than natively, by the page's clock, in microseconds. */
function overhead(costs: Costs, way: Way): number {
  const native = costs.get('native') ?? [];
  const time = (cost: Cost | undefined) => 1e6 / (cost?.throughput ?? Number.NaN);
  return median((costs.get(way) ?? []).map((cost, round) => time(cost) - time(native[round])));
}

function costBars(costs: Costs) {
  const network = overhead(costs, 'native, Network domain on');
  return [
    atMost('Cost of an event, observed and kept : native', ratio(costs, 'observed, kept', 'cost'), 1.3, ' ×'),
    atMost('Cost of an event, observed and sent : native', ratio(costs, 'observed, sent', 'cost'), 1.3, ' ×'),
    atLeast('Throughput, managed and sent : native', ratio(costs, 'managed, sent', 'throughput'), 1, ' ×'),
    atLeast(
      "Time that Chrome's Network domain adds to an event : that we add, observed and sent",
      network / overhead(costs, 'observed, sent'),
      5,
      ' ×',
    ),
  ];
}

function scriptBars(installs: number[]) {
  return [
    atMost('Page script, compressed', gzipSync(pageScript()).length / 1000, 12, ' kB'),
    atMost('Page script, compiled and run in a new document (median)', median(installs), 0.5, ' ms'),
  ];
}

function costTable(costs: Costs) {
  return {
    head: [`${shown(EVENTS)} events of ${BYTES} bytes`, 'events/s', 'µs of processor time for each', 'cost : native'],
    rows: [...costs].map(([way, each]) => [
      way,
      spread(each.map(({ throughput }) => throughput)),
      spread(each.map(({ cost }) => cost)),
      shown(ratio(costs, way, 'cost')),
    ]),
  };
}

async function installTimes(browser: Browser, { origin }: Streams): Promise<number[]> {
  const page = await browser.newPage();
  const times: number[] = [];
  const script = pageScript();
  for (let index = 0; index < INSTALLS; index++) {
    await page.goto(origin + DOCUMENTS.bare);
    times.push(await page.evaluate(install, BRIDGE, script));
  }
  await page.close();
  return times;
}
