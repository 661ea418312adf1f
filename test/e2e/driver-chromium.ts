/**
 * Drives the extension's panel in the real DevTools of a real Chromium, headless or not. Used by the e2e tests and by
 * `npm start`. Waits for facts, never for a time: a fact that does not come within the time allowed is an error that
 * says what was waited for.
 */
import puppeteer, { type Browser, type Frame, type Page } from 'puppeteer-core';

type Milliseconds = number;
const PATIENCE: Milliseconds = 20_000;
const LOOK_EVERY: Milliseconds = 50;

export interface LaunchOptions {
  executablePath: string;
  /** Folder of the unpacked extension; none for a browser as others have it. */
  extension?: string;
  headless: boolean;
  /** Width and height of the window, in CSS pixels. */
  size?: { width: number; height: number };
  theme?: 'light' | 'dark';
  /** A BCP 47 tag: the language of the browser, and so of the extension. */
  language?: string;
}

export function launch({
  executablePath,
  extension,
  headless,
  size = { width: 1400, height: 900 },
  theme = 'light',
  language = 'en-US',
}: LaunchOptions): Promise<Browser> {
  const args = [
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    `--lang=${language}`,
    `--window-size=${size.width},${size.height}`,
  ];
  if (theme === 'dark') args.push('--force-dark-mode');
  // [chrome] The sandbox refuses to start as root, which is what a container usually is.
  if (process.getuid?.() === 0) args.push('--no-sandbox');
  return puppeteer.launch({
    executablePath,
    headless,
    pipe: true,
    // Whoever launched it decides what Ctrl+C means; a browser whose pipe is closed ends by itself.
    handleSIGINT: false,
    ...(extension === undefined ? {} : { enableExtensions: [extension] }),
    // puppeteer's own network events make a fast stream ten times slower.
    networkEnabled: false,
    defaultViewport: headless ? size : null,
    args,
    env: { ...process.env, LANGUAGE: language.replace('-', '_') },
  });
}

/** Looks again and again until `look` gives something; what it throws meanwhile is told when patience ends. */
export async function until<T>(look: () => Promise<T | undefined | null | false>, what: string): Promise<T> {
  const end = performance.now() + PATIENCE;
  let last: unknown;
  while (performance.now() < end) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  throw new Error(`Waited in vain for ${what}.${last ? ` The last error was: ${last}` : ''}`);
}

export interface SourceRow {
  source: string;
  url: string;
  state: string;
  carried: string;
}

export interface AttemptRow {
  lastEventId: string;
  status: string;
  outcome: string;
  /** Why it ended; '' while it lasts. */
  cause: string;
  /** What the row says, cell by cell; '' in columns that there is no room for. */
  cells: string[];
}

/** The SSE tab of one page's DevTools. */
export class Panel {
  readonly devtools: Page;
  readonly frame: Frame;
  /** Documents of the extension in DevTools: its DevTools page and its panel. */
  readonly #documents: readonly Frame[];

  constructor(devtools: Page, frame: Frame, documents: readonly Frame[]) {
    this.devtools = devtools;
    this.frame = frame;
    this.#documents = documents;
  }

  /** What the extension's documents in DevTools threw, and nobody caught, since the panel was opened. */
  async thrown(): Promise<string[]> {
    const lists = await Promise.all(this.#documents.map((frame) => frame.evaluate('thrown') as Promise<string[]>));
    return lists.flat();
  }

  sources(): Promise<SourceRow[]> {
    return this.frame.$$eval('[data-testid=source]', (rows) =>
      rows.map((row) => {
        const { source = '', url = '', state = '', carried = '' } = (row as HTMLElement).dataset;
        return { source, url, state, carried };
      }),
    );
  }

  /** Shows one of the lower panes, where there is room for one only. */
  async show(tab: 'attempts' | 'events' | 'headers'): Promise<void> {
    if (await this.frame.$(`#tab-${tab}[aria-selected=false]`)) await this.click(`#tab-${tab}`);
  }

  async attempts(): Promise<AttemptRow[]> {
    await this.show('attempts');
    return this.frame.$$eval('[data-testid=attempt]', (rows) =>
      rows.map((row) => {
        const { lastEventId = '', status = '', outcome = '', cause = '' } = (row as HTMLElement).dataset;
        const cells = [...row.querySelectorAll('td')];
        const count = Number(row.closest('table')?.getAttribute('aria-colcount'));
        const said = Array.from({ length: count }, (_, index) => {
          const cell = cells.find((one) => one.getAttribute('aria-colindex') === `${index + 1}`);
          return cell?.textContent?.trim() ?? '';
        });
        return { lastEventId, status, outcome, cause, cells: said };
      }),
    );
  }

  /** Ids of the events in sight: the list is virtual. */
  #eventIds(): Promise<string[]> {
    return this.frame.$$eval('[data-testid=event]', (rows) => rows.map((row) => row.getAttribute('data-id') ?? ''));
  }

  /** Ids of all events of the selected source, in order: scrolls through the list from its top to its end. */
  async allEventIds(): Promise<string[]> {
    await this.devtools.bringToFront();
    await this.show('events');
    const found: string[] = [];
    const scroll = (to: 'top' | 'on') =>
      this.frame.$eval(
        '[data-testid=event]',
        (row, to) => {
          let list = row.parentElement;
          while (list && !/auto|scroll/.test(getComputedStyle(list).overflowY)) list = list.parentElement;
          if (!list) return true;
          const before = list.scrollTop;
          list.scrollTop = to === 'top' ? 0 : before + list.clientHeight / 2;
          return to === 'top' ? before === 0 : list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
        },
        to,
      );
    const rendered = () =>
      this.frame.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    // A list that follows its end goes there with every event, and when it comes into sight, until it has heard that it
    // was scrolled: it is at the top when it was there twice.
    let times = 0;
    await until(async () => {
      times = (await scroll('top')) ? times + 1 : 0;
      await rendered();
      return times >= 2;
    }, 'the top of the list');
    for (let atEnd = false; ; ) {
      await rendered();
      for (const id of await this.#eventIds()) if (!found.includes(id)) found.push(id);
      if (atEnd) return found;
      atEnd = await scroll('on');
    }
  }

  /** Waits until the panel says that facts can come from the page, or why they cannot. */
  async connected(connection = 'connected'): Promise<void> {
    await this.devtools.bringToFront();
    const status = `[data-testid=status][data-connection=${connection}]`;
    await until(() => this.frame.$(status), `the panel to be ${connection}`);
  }

  /** Waits for a source of this path in one of these states, and gives its row. */
  async source(path: string, ...states: string[]): Promise<SourceRow> {
    await this.devtools.bringToFront();
    const wanted = states.length > 0 ? ` that is ${states.join(' or ')}` : '';
    return until(async () => {
      const rows = (await this.sources()).filter(({ url }) => new URL(url).pathname === path);
      // The newest, if the page made several.
      return rows.reverse().find(({ state }) => states.length === 0 || states.includes(state));
    }, `a source ${path}${wanted} in the panel`);
  }

  /** A real click in the middle of the element, as with a mouse. */
  async click(selector: string): Promise<void> {
    // [chrome] A tab in the background draws no frames, so its panel would show nothing new.
    await this.devtools.bringToFront();
    const element = await until(() => this.frame.$(selector), `${selector} in the panel`);
    await element.click();
  }

  /** Switches *Manage new connections*; resolves when it is in force. */
  manageNew(on: boolean): Promise<void> {
    return this.#check('manage-new', on);
  }

  preserveLog(on: boolean): Promise<void> {
    return this.#check('preserve-log', on);
  }

  /** Presses a tool of the toolbar, or of its menu where there is no room for it. */
  async press(name: string): Promise<void> {
    await this.#reach(name);
    await this.click(`[data-testid=${name}]`);
  }

  /** Opens the menu of the toolbar if the tool is in there. Says whether it is. */
  async #reach(name: string): Promise<boolean> {
    await this.devtools.bringToFront();
    const tool = `[data-testid=${name}]`;
    await until(() => this.frame.$(`${tool}, [data-testid=more]`), `the tool ${name}`);
    if (await this.frame.$(tool)) return false;
    await until(async () => {
      // A panel that was just opened may still become narrower, and the button be elsewhere than where the click is.
      if (await this.frame.$('[data-testid=more][aria-expanded=false]')) await this.click('[data-testid=more]');
      return this.frame.$(tool);
    }, `the tool ${name}`);
    return true;
  }

  async #check(name: string, on: boolean): Promise<void> {
    const isInMenu = await this.#reach(name);
    const box = `[data-testid=${name}]`;
    const is = () => this.frame.$eval(box, (one) => (one as HTMLInputElement).checked ?? one.ariaChecked === 'true');
    if ((await is()) !== on) {
      await this.click(box);
      await until(async () => (await is()) === on, `${name} to be ${on ? 'on' : 'off'}`);
    }
    if (isInMenu) await this.click('[data-testid=more]');
  }

  /** What the panel tells those who cannot see the timeline, the newest first: `/counter/a · Reset · 7`. */
  async marks(): Promise<string[]> {
    await this.devtools.bringToFront();
    return this.frame.$$eval('.timeline table:has(caption) tbody tr', (rows) =>
      rows.map((row) =>
        [...row.querySelectorAll('td')]
          .slice(1)
          .map((cell) => cell.textContent)
          .filter(Boolean)
          .join(' · '),
      ),
    );
  }

  async select(row: SourceRow): Promise<void> {
    await this.click(`[data-testid=source][data-source="${row.source}"]`);
  }

  async reset(row: SourceRow): Promise<void> {
    await this.click(`[data-testid=source][data-source="${row.source}"] [data-testid=reset]`);
  }

  /** A picture of the whole DevTools window. */
  async screenshot(path: `${string}.png`): Promise<void> {
    await this.devtools.screenshot({ path });
  }
}

/**
 * Shows the extension's tab, and gives its id once it is there. As text, because build tools would rewrite `import()`
 * in a function to something that DevTools does not have.
 */
export const SHOW_TAB = `(async () => {
  const { ViewManager } = await import('./ui/legacy/legacy.js');
  const manager = ViewManager.ViewManager.instance();
  const id = [...manager.views.keys()].find((key) => key.startsWith('chrome-extension://'));
  if (id) await manager.showView(id);
  return id;
})()`;

/** puppeteer does not tell of errors in frames of DevTools. */
const NOTE_ERRORS = `
  globalThis.thrown = [];
  addEventListener('error', ({ message }) => thrown.push(message));
  addEventListener('unhandledrejection', ({ reason }) => thrown.push(String(reason)));
`;

/** Without a window, DevTools would keep a place for the page beside itself, and leave it empty. */
const UNDOCK = `(async () => {
  const { DockController } = await import('./ui/legacy/legacy.js');
  DockController.DockController.instance().setDockSide('undocked');
})()`;

/** Opens DevTools for a page on the SSE tab, in a window of its own if `undocked`; waits for this connection to it. */
export async function openPanel(page: Page, { undocked = false, connection = 'connected' } = {}): Promise<Panel> {
  const devtools = await page.openDevTools();
  const find = (part: string) =>
    devtools.frames().find((frame) => frame.url().startsWith('chrome-extension://') && frame.url().includes(part));
  // DevTools' own modules answer only once it has started: the extension's page in it is the sign.
  await until(async () => find('devtools.html'), "the extension's DevTools page");
  // [chrome] Before the tab is shown: it is taken out of the document and put back, and if that happens while the panel
  // loads, DevTools never says that it is shown.
  if (undocked) await devtools.evaluate(UNDOCK);
  await until(() => devtools.evaluate(SHOW_TAB), 'the SSE tab');
  const frame = await until(async () => find('panel.html'), "the panel's document");
  const documents = [await until(async () => find('devtools.html'), "the extension's DevTools page"), frame];
  for (const document of documents) await document.evaluate(NOTE_ERRORS);
  const panel = new Panel(devtools, frame, documents);
  await panel.connected(connection);
  return panel;
}
