import type { Browser } from 'puppeteer-core';
import type { Reading } from './in-page.ts';
import { median, spread, type Table } from './report.ts';
import type { Streams } from './streams.ts';
import { readBy, type Way } from './throughput.ts';

export interface BigStream {
  name: string;
  url: string;
  /** How many events it has. */
  count: number;
  rounds: number;
}

const MEGABYTES = 100;
export const BIG_STREAMS: BigStream[] = [
  { name: `One event of ${MEGABYTES} MB`, url: `/one?bytes=${MEGABYTES * 1e6}`, count: 1, rounds: 5 },
  { name: 'One event of 10 MB in 10,000 chunks', url: '/chunks?bytes=10000000&count=10000', count: 1, rounds: 5 },
  { name: 'A million tiny events, each in a write', url: '/tiny?count=1000000', count: 1_000_000, rounds: 1 },
  { name: 'A million tiny events in one write', url: '/burst?count=1000000', count: 1_000_000, rounds: 1 },
];

const WAYS: Way[] = ['native', 'observed, sent', 'managed, sent'];

/** @throws where what arrived is not what the browser itself delivers. */
export async function bigData(browser: Browser, streams: Streams, say: (step: string) => void): Promise<Table> {
  const rows: string[][] = [];
  for (const { name, url, count, rounds } of BIG_STREAMS) {
    const readings = new Map<Way, Reading[]>(WAYS.map((way) => [way, []]));
    for (let round = 0; round < rounds; round++) {
      for (const way of WAYS) {
        const reading = await readBy(way, browser, streams, { url, count, from: 0, closely: true });
        readings.get(way)?.push(reading);
        const native = readings.get('native')?.[0];
        if (native?.hash !== reading.hash) throw new Error(`${name}: ${way} delivered other data than native.`);
      }
    }
    for (const [way, each] of readings) {
      const times = each.map(({ time }) => time);
      const gaps = each.map(({ longestGap }) => longestGap);
      rows.push([name, way, spread(times), spread(gaps)]);
      say(`  ${name}, ${way}: ${median(times).toFixed(0)} ms, longest task ${median(gaps).toFixed(0)} ms`);
    }
  }
  return { head: ['', '', 'until it is read, ms', 'longest gap in the page, ms'], rows };
}
