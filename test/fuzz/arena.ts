import type { Browser, Page } from 'puppeteer-core';
import type { Milliseconds } from '../../src/protocol/record.ts';
import { type BrowserName, DRIVERS } from '../support/browser.ts';
import type { Traces } from './differences.ts';
import { typesOf } from './differences.ts';
import { type CaseServer, KINDS, LAST_EVENT, SEEN, startCaseServer } from './server.ts';
import type { Case } from './stream.ts';
import { type Witnessed, witness } from './witness.ts';

/** Which connections are compared with the browser's own: its own under our eyes, or ours. */
export type Mode = 'observed' | 'managed';

/** One browser without the extension, and pages with the script that the extension would put there. */
export interface Arena {
  /** What both kinds of source lived through in each of these cases. One call at a time. */
  play(cases: readonly Case[], pace?: Pace): Promise<Traces[]>;
  close(): Promise<void>;
}

export interface ArenaOptions {
  browser: BrowserName;
  executablePath: string;
  mode: Mode;
  /** How many host names, and with them pages, work side by side. */
  hosts: number;
}

export interface Pace {
  /** How many cases live side by side in a page. */
  width: number;
  /** After which a source has nothing more to say. */
  patience: Milliseconds;
}

/** Two sources for each case, and six connections to each host. */
const PACE: Pace = { width: 3, patience: 15_000 };

export async function openArena({ browser: name, executablePath, mode, hosts }: ArenaOptions): Promise<Arena> {
  const server = await startCaseServer(name);
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await server.close();
  };
  try {
    browser = await DRIVERS[name].launch({ executablePath, headless: true });
    const opened = browser;
    const pages = await Promise.all(
      Array.from({ length: hosts }, (_, host) => openPage(opened, server.origin(host), mode)),
    );
    return { play: (cases, pace = PACE) => play(pages, server, cases, pace), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openPage(browser: Browser, origin: string, mode: Mode): Promise<Page> {
  // [firefox] A page behind another one is slowed down: each has a window of its own.
  const page = await browser.newPage({ type: 'window' });
  await page.goto(origin);
  const carried = await page.evaluate(async (manage: boolean) => {
    if (window.NativeEventSource === EventSource) return 'not seen by the page script';
    if (manage) window.say({ type: 'manage', on: true });
    const hello = window.heard('hello');
    window.say({ type: 'greet' });
    // Says this after it did what was asked before.
    await hello;
    const es = new EventSource('/probe');
    const { isTrusted } = await new Promise<Event>((resolve) => es.addEventListener('error', resolve));
    es.close();
    // The browser alone makes trusted events.
    return isTrusted ? 'observed' : 'managed';
  }, mode === 'managed');
  if (carried !== mode) throw new Error(`A source of this page must be ${mode}, and is ${carried}.`);
  return page;
}

async function play(pages: Page[], server: CaseServer, cases: readonly Case[], pace: Pace): Promise<Traces[]> {
  const first = server.serve(cases);
  const share = Math.ceil(cases.length / pages.length);
  const shares = await Promise.all(
    pages.map(async (page, index) => {
      const mine = cases.slice(index * share, (index + 1) * share).map((each, offset) => ({
        id: first + index * share + offset,
        types: typesOf(each),
        closeAt: each.closeAt,
      }));
      return JSON.parse(await page.evaluate(witness, mine, { ...pace, last: LAST_EVENT, report: SEEN })) as Witnessed;
    }),
  );
  return shares.flat().map((seen, index) => {
    const [native, ours] = KINDS.map((kind) => ({ ...seen[kind], asked: server.asked(first + index, kind) }));
    if (!native || !ours) throw new Error('A case has no trace.');
    return { native, ours };
  });
}
