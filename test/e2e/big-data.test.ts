import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { find } from '../../scripts/browsers.mjs';
import { BIG_STREAMS } from '../bench/big-data.ts';
import { type Streams, startStreams } from '../bench/streams.ts';
import { readBy } from '../bench/throughput.ts';
import { BROWSER } from '../support/browser.ts';
import { launch } from './stage.ts';

let browser: Browser;
let streams: Streams;
beforeAll(async () => {
  streams = await startStreams();
  browser = await launch({ executablePath: find(BROWSER) ?? '', headless: true });
});
afterAll(async () => {
  await browser?.close();
  streams?.close();
});

/** A million writes take a busy machine a while. */
const PATIENCE = 300_000;

describe('a managed source delivers what a native one does, all of it and in order:', () => {
  test.each(BIG_STREAMS)(
    '$name',
    async ({ url, count }) => {
      const options = { url, count, from: 0, closely: true };
      const unmetered = async () => new Map<number, number>();
      const native = await readBy('native', browser, streams, options, unmetered);
      const managed = await readBy('managed, sent', browser, streams, options, unmetered);
      const delivered = ({ characters, hash }: typeof native) => ({ characters, hash });
      expect(delivered(managed)).toEqual(delivered(native));
    },
    PATIENCE,
  );
});
