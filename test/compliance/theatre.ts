import type { Browser, Page } from 'puppeteer-core';
import { FirefoxChrome } from '../e2e/firefox-chrome.ts';
import type { Panel } from '../e2e/panel.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import { BROWSER, browserPath, DRIVERS, here } from '../support/browser.ts';
import type { Case, Mode, Outcome } from './case.ts';
import { Staging } from './staging.ts';

type Milliseconds = number;

const driver = here(DRIVERS);

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
  const halls = new Map(), ports = new Map(), inbox = [];
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
    async enter(url) {
      if (halls.has(url)) return;
      const frame = document.createElement('iframe');
      frame.src = url;
      halls.set(url, frame);
      document.body.append(frame);
      await new Promise((loaded) => frame.addEventListener('load', loaded));
    },
    tell: (hall, message) => halls.get(hall).contentWindow.postMessage(message, '*'),
    leave(url) {
      halls.get(url)?.remove();
      halls.delete(url);
    },
    answer: (id, message) => ports.get(id)?.postMessage(JSON.stringify(message)),
    forget: (id) => ports.delete(id),
  };
</script><body>`;

/**
 * Each host has a frame of its own, in which its cases are. [firefox] What a document's answer says to the document is
 * told to frames of the same origin only, and so is that new connections are to be managed.
 */
const HALL = `<!doctype html><title>hall</title><script>
  const frames = new Map();
  addEventListener('message', ({ data: { open, close, url } }) => {
    if (open) {
      const frame = document.createElement('iframe');
      frame.src = url;
      frames.set(open, frame);
      document.body.append(frame);
    }
    frames.get(close)?.remove();
    frames.delete(close);
  });
</script><body>`;

interface Letter {
  id: string;
  ask?: string;
  serial?: number;
  word?: string;
  outcome?: Outcome;
}

export async function openTheatre(mode: Mode): Promise<Theatre> {
  const executablePath = browserPath(BROWSER);
  const lab = await startLab();
  lab.serve('/house', HOUSE);
  lab.serve('/hall', HALL);
  const browser = await driver.launch({
    executablePath,
    headless: true,
    ...(mode === 'native' ? {} : { extension: driver.extension }),
  });
  const close = async () => {
    await browser.close();
    await lab.close();
  };
  const { page, panel } = await openHouse(browser, lab, mode).catch(async (error) => {
    await close();
    throw error;
  });
  const collectGarbage = await garbageCollector(page);
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
      own?.serve('/hall', HALL);
      const staging = new Staging({ id, mode, host, lab: own ?? lab, play });
      stagings.set(id, staging);
      const hall = new URL('/hall', staging.url).href;
      const tellHall = (message: object) =>
        page.evaluate((hall, message) => (window as never as House).house.tell(hall, message), hall, message);
      let timer: NodeJS.Timeout | undefined;
      try {
        await page.evaluate((hall) => (window as never as House).house.enter(hall), hall);
        await tellHall({ open: id, url: staging.url });
        const late = new Promise<never>((_, reject) => {
          timer = setTimeout(() => reject(new Error(`${name} did not end within ${PATIENCE} ms.`)), PATIENCE);
        });
        return await Promise.race([staging.outcome, late]);
      } finally {
        clearTimeout(timer);
        stagings.delete(id);
        await tellHall({ close: id });
        await page.evaluate((id) => (window as never as House).house.forget(id), id);
        if (own) {
          await page.evaluate((hall) => (window as never as House).house.leave(hall), hall);
          await own.close();
        }
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
    enter(hall: string): Promise<void>;
    tell(hall: string, message: object): void;
    leave(hall: string): void;
    answer(id: string, message: object): void;
    forget(id: string): void;
  };
}

const HIDE_PANEL = `(async () => {
  const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
  const { gDevTools } = require('devtools/client/framework/devtools');
  await gDevTools.showToolboxForTab(gBrowser.selectedTab, { toolId: 'options' });
  return true;
})()`;

/** Has the page's process collect its garbage; resolves when what is asked of the page next comes after that. */
async function garbageCollector(page: Page): Promise<() => Promise<unknown>> {
  if (BROWSER === 'chromium') {
    const client = await page.createCDPSession();
    return () => client.send('HeapProfiler.collectGarbage');
  }
  // As about:memory does. The browser tells all its processes, and speaks to each in order.
  const chrome = await FirefoxChrome.of(page.browser());
  return () =>
    chrome.evaluate(`{ for (const part of ['gc', 'cc', 'gc'])
    Services.obs.notifyObservers(null, 'child-' + part + '-request'); }`);
}

async function openHouse(browser: Browser, lab: Lab, mode: Mode): Promise<{ page: Page; panel?: Panel }> {
  const page = await browser.newPage();
  const url = lab.origin.replace('127.0.0.1', SITE);
  await page.goto(`${url}/house`);
  if (mode === 'native') return { page };
  const panel = await driver.openPanel(page);
  if (mode === 'managed') await panel.manageNew(true);
  // [firefox] The panel would be drawn beside the page, as long as it is shown.
  if (BROWSER === 'firefox') await (await FirefoxChrome.of(browser)).evaluate(HIDE_PANEL);
  // [chrome] The timers of a page in the background are slowed down.
  await page.bringToFront();
  return { page, panel };
}
