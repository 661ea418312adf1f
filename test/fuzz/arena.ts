import type { Browser, Page } from 'puppeteer-core';
import { launch } from '../e2e/driver-chromium.ts';
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
  play(cases: readonly Case[]): Promise<Traces[]>;
  close(): Promise<void>;
}

export interface ArenaOptions {
  executablePath: string;
  mode: Mode;
  /** How many host names, and with them pages, work side by side. */
  hosts: number;
}

/** Two sources for each case, and six connections to each host. */
const WIDTH = 3;

export async function openArena({ executablePath, mode, hosts }: ArenaOptions): Promise<Arena> {
  const server = await startCaseServer();
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await server.close();
  };
  try {
    browser = await launch({ executablePath, headless: true });
    const opened = browser;
    const pages = await Promise.all(
      Array.from({ length: hosts }, (_, host) => openPage(opened, server.origin(host), mode)),
    );
    return { play: (cases) => play(pages, server, cases), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openPage(browser: Browser, origin: string, mode: Mode): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(origin);
  const is = await page.evaluate(async (manage: boolean) => {
    if (window.NativeEventSource === EventSource) return 'not patched';
    if (manage) window.say({ type: 'manage', on: true } as never);
    const hello = window.heard('hello');
    window.say({ type: 'greet' });
    // What it answers after the greeting, it says after it did what was asked before.
    await hello;
    return 'ready';
  }, mode === 'managed');
  if (is !== 'ready') throw new Error(`The page script of dist/chrome did not start in the page: ${is}.`);
  return page;
}

async function play(pages: Page[], server: CaseServer, cases: readonly Case[]): Promise<Traces[]> {
  const first = server.serve(cases);
  const share = Math.ceil(cases.length / pages.length);
  const shares = await Promise.all(
    pages.map(async (page, index) => {
      const mine = cases.slice(index * share, (index + 1) * share).map((each, offset) => ({
        id: first + index * share + offset,
        types: typesOf(each),
        closeAt: each.closeAt,
      }));
      return JSON.parse(
        await page.evaluate(witness, mine, { width: WIDTH, last: LAST_EVENT, report: SEEN }),
      ) as Witnessed;
    }),
  );
  return shares.flat().map((seen, index) => {
    const [native, ours] = KINDS.map((kind) => ({ seen: seen[kind], asked: server.asked(first + index, kind) }));
    if (!native || !ours) throw new Error('A case has no trace.');
    return { native, ours };
  });
}
