import type { Browser, Page } from 'puppeteer-core';
import type { Milliseconds } from '../../src/protocol/record.ts';
import { down, feed } from '../lab/feed.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import { type BrowserName, DRIVERS } from '../support/browser.ts';
import { BRIDGE, pageScript } from '../support/page-script.ts';
import type { FidelityCase } from './case.ts';
import { type Life, type LiveOptions, live } from './live.ts';
import { type Trace, traceOf } from './trace.ts';

export type Kind = 'real' | 'forced';

/** One browser without the extension; pages with nothing, and pages with the script that the extension would put there. */
export interface Arena {
  /** E.g. `Chrome/156.0.1.2`. */
  version: string;
  /** As many at once as there are lanes. */
  play(one: FidelityCase, kind: Kind): Promise<Trace>;
  close(): Promise<void>;
}

export interface ArenaOptions {
  browser: BrowserName;
  executablePath: string;
  lanes: number;
}

/** After CLOSED: longer than any reconnection time of these cases. */
const STILL: Milliseconds = 900;
const PATIENCE: Milliseconds = 15_000;
/** How long a server waits until it knows that its clients are gone. */
const LEAVING: Milliseconds = 3000;

export async function openArena({ browser: name, executablePath, lanes }: ArenaOptions): Promise<Arena> {
  const script = pageScript(name);
  const counter = await startLab();
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await counter.close();
  };
  try {
    browser = await DRIVERS[name].launch({ executablePath, headless: true });
    const opened = browser;
    // [firefox] A page behind another one is slowed down: each has a window of its own.
    const pages = await Promise.all(Array.from({ length: lanes }, () => opened.newPage({ type: 'window' })));
    const version = await browser.version();
    let played = 0;
    return {
      version,
      close,
      async play(one, kind) {
        const page = pages.pop();
        if (!page) throw new Error(`There are ${lanes} lanes, and more is played at once.`);
        try {
          return await play(page, one, kind, { script, counter, path: `/failed/${++played}` });
        } finally {
          pages.push(page);
        }
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Ground {
  script: string;
  /** Where pages tell of attempts that no server sees. */
  counter: Lab;
  path: string;
}

async function play(page: Page, one: FidelityCase, kind: Kind, { script, counter, path }: Ground): Promise<Trace> {
  const document = kind === 'real' ? '' : `<script>${BRIDGE}</script><script src="/page-script.js"></script>`;
  // A server of its own for each life: its port can be closed, and its six connections are nobody else's.
  const lab = await startLab({ pages: { [`/${kind}.html`]: `<!doctype html><title>${kind}</title>${document}` } });
  try {
    lab.serve('/page-script.js', script, { 'Content-Type': 'text/javascript' });
    counter.behave(path, (exchange) => exchange.respond(204));
    const lost = kind === 'real' && one.beforehand ? 0 : 1;
    // The first error says that the connection was lost, if there was one; each that follows, that an attempt failed.
    const failed = async (attempts: number) => {
      await counter.when(
        (all) => all.filter((asked) => asked.path === path).length >= attempts + lost,
        'failed attempts',
        PATIENCE,
      );
    };
    const surroundings = { lab, failed };
    lab.behave('/feed', feed(one.feed, (kind === 'real' ? one.real : one.forced) ?? [], surroundings));
    await page.goto(`${lab.origin}/${kind}.html`);
    const downtime = kind === 'real' && one.beforehand ? await down(one.beforehand, surroundings) : undefined;
    const options: LiveOptions = {
      mode: kind === 'real' ? 'real' : one.mode,
      order: one.order,
      moment: one.moment,
      until: one.until,
      types: one.feed.types ?? [],
      url: one.elsewhere ? `${lab.twin}/feed?case=1&cors=1` : '/feed?case=1',
      byHand: one.byHand,
      failed: counter.origin + path,
      still: STILL,
      patience: PATIENCE,
    };
    const life: Life = await page.evaluate(live, options);
    await downtime?.up;
    const asked = () => lab.connectionsTo('/feed');
    await lab.when(() => asked().every(({ closed }) => closed), 'clients to leave', LEAVING).catch(() => {});
    return traceOf(life, asked(), lab.origin);
  } finally {
    await lab.close();
  }
}
