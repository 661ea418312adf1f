import { resolve } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { find } from '../../scripts/browsers.mjs';
import { type ChromiumPanel, launch, openPanel } from '../e2e/driver-chromium.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import type { Case, Mode, Outcome } from './case.ts';
import { Staging } from './staging.ts';

type Milliseconds = number;

/** For a whole case: a wait within it gives up earlier, and says what it waited for. */
const PATIENCE: Milliseconds = 25_000;

/** One browser in one mode, with one page in whose frames the cases run. */
export interface Theatre {
  run(name: string, play: Case): Promise<Outcome>;
  /** What the extension threw in its own documents, and nobody caught. */
  thrown(): Promise<string[]>;
  close(): Promise<void>;
}

/**
 * The frames' hosts are subdomains of the page's, so all is one site: cookies are first-party, and one process serves
 * all. Each has connections of its own, of which a browser opens six to a host.
 */
const SITE = 'case.localhost';

const HOUSE = `<!doctype html><title>compliance</title><script>
  const frames = new Map(), ports = new Map(), inbox = [];
  let waiting;
  const put = (message) => {
    inbox.push(message);
    waiting?.();
  };
  addEventListener('message', ({ data, ports: [port] }) => {
    if (!data.compliance || !port) return;
    ports.set(data.compliance, port);
    port.onmessage = (event) => put({ id: data.compliance, ...JSON.parse(event.data) });
  });
  window.house = {
    async next() {
      if (inbox.length === 0) await new Promise((resolve) => (waiting = resolve));
      return inbox.splice(0);
    },
    open(id, url) {
      const frame = document.createElement('iframe');
      frame.src = url;
      frames.set(id, frame);
      document.body.append(frame);
    },
    answer: (id, message) => ports.get(id)?.postMessage(JSON.stringify(message)),
    close(id) {
      frames.get(id)?.remove();
      frames.delete(id);
      ports.delete(id);
    },
  };
</script><body>`;

interface Letter {
  id: string;
  ask?: string;
  serial?: number;
  word?: string;
  outcome?: Outcome;
}

export async function openTheatre(mode: Mode): Promise<Theatre> {
  const executablePath = find('chromium');
  if (!executablePath) throw new Error('There is no Chromium here; `npm test -- compliance` finds or installs one.');
  const lab = await startLab();
  lab.serve('/house', HOUSE);
  const browser = await launch({
    executablePath,
    headless: true,
    ...(mode === 'native' ? {} : { extension: resolve('dist/chrome') }),
  });
  const close = async () => {
    await browser.close();
    await lab.close();
  };
  const { page, panel } = await openHouse(browser, lab, mode).catch(async (error) => {
    await close();
    throw error;
  });
  const client = await page.createCDPSession();
  const collectGarbage = () => client.send('HeapProfiler.collectGarbage');
  const stagings = new Map<string, Staging>();
  let hosts: string[] = [];
  let opened = 0;
  let count = 0;

  const tell = (id: string, message: object) =>
    page.evaluate((id, message) => (window as never as House).house.answer(id, message), id, message);

  async function deliver(letter: Letter): Promise<void> {
    const staging = stagings.get(letter.id);
    if (letter.outcome) staging?.end(letter.outcome);
    else if (letter.ask && staging) {
      try {
        // Told to the browser and not to the server; the frames are of one process.
        if (letter.ask === 'tell' && letter.word === 'gc') await collectGarbage();
        await tell(letter.id, { serial: letter.serial, answer: await staging.answer(letter) });
      } catch (error) {
        await tell(letter.id, { serial: letter.serial, refusal: `${error}` });
      }
    }
  }

  async function readLetters(): Promise<void> {
    for (;;) {
      const letters: Letter[] = await page.evaluate(() => (window as never as House).house.next());
      for (const letter of letters) deliver(letter).catch(() => {});
    }
  }
  // Ends with the page.
  readLetters().catch(() => {});

  return {
    async run(name, play) {
      const id = `${++count}`;
      const host = hosts.pop() ?? `slot-${++opened}.${SITE}`;
      const own = play.ownLab ? await startLab() : undefined;
      const staging = new Staging({ id, mode, host, lab: own ?? lab, play });
      stagings.set(id, staging);
      let timer: NodeJS.Timeout | undefined;
      try {
        await page.evaluate((id, url) => (window as never as House).house.open(id, url), id, staging.url);
        const late = new Promise<never>((_, reject) => {
          timer = setTimeout(() => reject(new Error(`${name} did not end within ${PATIENCE} ms.`)), PATIENCE);
        });
        return await Promise.race([staging.outcome, late]);
      } finally {
        clearTimeout(timer);
        stagings.delete(id);
        await page.evaluate((id) => (window as never as House).house.close(id), id);
        await own?.close();
        hosts = [...hosts, host];
      }
    },
    thrown: async () => (await panel?.thrown()) ?? [],
    close,
  };
}

interface House {
  house: {
    next(): Promise<Letter[]>;
    open(id: string, url: string): void;
    answer(id: string, message: object): void;
    close(id: string): void;
  };
}

async function openHouse(browser: Browser, lab: Lab, mode: Mode): Promise<{ page: Page; panel?: ChromiumPanel }> {
  const page = await browser.newPage();
  const url = lab.origin.replace('127.0.0.1', SITE);
  await page.goto(`${url}/house`);
  if (mode === 'native') return { page };
  const panel = await openPanel(page);
  if (mode === 'managed') await panel.manageNew(true);
  // [chrome] The timers of a page in the background are slowed down.
  await page.bringToFront();
  return { page, panel };
}
