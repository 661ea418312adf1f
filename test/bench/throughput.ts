import type { Browser } from 'puppeteer-core';
import { PROTOCOL_VERSION } from '../../src/protocol/message.ts';
import type { Bytes } from '../../src/protocol/record.ts';
import { type ReadOptions, read, subscribe } from './in-page.ts';
import { DOCUMENTS, type Streams } from './streams.ts';

type Microseconds = number;

/** Who carries the connection, and who looks on. */
export type Way =
  /** The browser, in a document with nothing of ours in it. */
  | 'native'
  /** The same, and the page has a second listener, which does nothing: the least that it costs to look on. */
  | 'native, one more listener'
  /** The same, and the Network domain of the browser's debugging protocol is on, as it is under Chrome's DevTools. */
  | 'native, Network domain on'
  /** The browser; the page script records, and nobody asks for the records. */
  | 'observed, kept'
  /** The browser; the page script records, and sends on what it records. */
  | 'observed, sent'
  /** Ours; the page script sends on what it records. */
  | 'managed, sent';

/** Opens a new document for each reading: no garbage and no compiled code of one is left to the next. */
export async function readBy(
  way: Way,
  browser: Browser,
  { origin }: Streams,
  options: Omit<ReadOptions, 'listeners'>,
  /** [firefox] does not tell processor times. */
  meter = renderers,
) {
  const page = await browser.newPage();
  try {
    const bare = way.startsWith('native');
    await page.goto(origin + (bare ? DOCUMENTS.bare : DOCUMENTS.hooked));
    if (way.endsWith('sent')) await page.evaluate(subscribe, PROTOCOL_VERSION);
    if (way.startsWith('managed')) await page.evaluate(() => window.say({ type: 'manage', on: true }));
    if (way.endsWith('Network domain on')) await (await page.createCDPSession()).send('Network.enable');
    const before = await meter(browser);
    const listeners = way.endsWith('more listener') ? 2 : 1;
    const reading = await page.evaluate(read, { ...options, listeners });
    const after = await meter(browser);
    // The page's is the one that worked; another one may have been started meanwhile, for the next page.
    const busy = Math.max(...[...after].map(([id, time]) => time - (before.get(id) ?? time)));
    return { ...reading, busy };
  } finally {
    await page.close();
  }
}

/**
 * Processor time that each process with pages has used, all threads. Asked of the system: the page's own meters
 * (`Performance.enable`) look at the clock around each call of a listener, which costs more than the listener.
 */
async function renderers(browser: Browser): Promise<Map<number, Microseconds>> {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return new Map(processInfo.filter(({ type }) => type === 'renderer').map(({ id, cpuTime }) => [id, cpuTime * 1e6]));
}

export interface Cost {
  /** Events in a second, by the page's clock. */
  throughput: number;
  /** Processor time of the page's process for each event. */
  cost: Microseconds;
}

export interface Rounds {
  rounds: number;
  /** Events of each way's stream. */
  events: (way: Way) => number;
  bytes: Bytes;
  each(round: number, way: Way, cost: Cost): void;
}

/** Reads the same stream by each way in turn, round after round, the first way last in the next round. */
export async function alternate(
  ways: readonly Way[],
  browser: Browser,
  streams: Streams,
  { rounds, events, bytes, each }: Rounds,
): Promise<Map<Way, Cost[]>> {
  const costs = new Map<Way, Cost[]>(ways.map((way) => [way, []]));
  for (let round = 0; round < rounds; round++) {
    for (let index = 0; index < ways.length; index++) {
      const way = ways[(index + round) % ways.length];
      if (way === undefined) continue;
      const count = events(way);
      const from = Math.ceil(count / 10);
      const url = `/events?count=${count}&bytes=${bytes}`;
      const { time, busy, characters } = await readBy(way, browser, streams, { url, count, from, closely: false });
      // Fails where a stream was not read as it was sent.
      if (characters < (bytes - 40) * count || characters > bytes * count) throw new Error(`${way} read wrong data.`);
      const cost = { throughput: ((count - from) / time) * 1000, cost: busy / count };
      costs.get(way)?.push(cost);
      each(round, way, cost);
    }
  }
  return costs;
}
