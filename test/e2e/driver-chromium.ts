/**
 * Drives the extension's panel in the real DevTools of a real Chromium, headless or not. Used by the e2e tests and by
 * `npm start`.
 */
import puppeteer, { type Browser, type ElementHandle, type Frame, type Page } from 'puppeteer-core';
import { type Box, called, type Keyboard, type Mouse, Panel } from './panel.ts';
import { onVain, until } from './until.ts';

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

export async function saveTo(browser: Browser, folder: string): Promise<void> {
  const session = await browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
}

/** For what only Chromium's DevTools can be told by a test. */
export function chromium(panel: Panel): ChromiumPanel {
  if (panel instanceof ChromiumPanel) return panel;
  throw new Error("This test needs Chromium's DevTools.");
}

/** The SSE tab in Chromium's DevTools, whose documents are pages and frames like all others. */
export class ChromiumPanel extends Panel {
  readonly devtools: Page;
  readonly frame: Frame;
  /** Documents of the extension in DevTools: its DevTools page and its panel. */
  readonly #documents: readonly Frame[];

  constructor(devtools: Page, frame: Frame, documents: readonly Frame[]) {
    super();
    this.devtools = devtools;
    this.frame = frame;
    this.#documents = documents;
  }

  evaluate<Args extends unknown[], Result>(look: string | ((...args: Args) => Result), ...args: Args) {
    return this.frame.evaluate(called(look, args)) as Promise<Awaited<Result>>;
  }

  toFront(): Promise<void> {
    return this.devtools.bringToFront();
  }

  get keyboard(): Keyboard {
    return this.devtools.keyboard;
  }

  get mouse(): Mouse {
    return this.devtools.mouse;
  }

  protected async clickOn(selector: string): Promise<boolean> {
    const element = await this.frame.$(selector);
    await element?.click();
    return element !== null;
  }

  async box(selector: string): Promise<Box | undefined> {
    const element = await this.frame.$(selector);
    return (await element?.boundingBox()) ?? undefined;
  }

  async swipe([start, ...rest]: { x: number; y: number }[]): Promise<void> {
    if (!start) return;
    const touch = await this.devtools.touchscreen.touchStart(start.x, start.y);
    for (const { x, y } of rest) await touch.move(x, y);
    await touch.end();
  }

  async upload(selector: string, path: string): Promise<void> {
    const input = (await this.frame.$(selector)) as ElementHandle<HTMLInputElement> | null;
    await input?.uploadFile(path);
  }

  resize(width: number, height: number): Promise<void> {
    return this.devtools.setViewport({ width, height });
  }

  async away(): Promise<void> {
    await this.devtools.evaluate(SHOW_OTHER_TAB);
    await until(() => this.evaluate('document.body.clientWidth === 0'), 'the panel to be hidden');
  }

  async back(): Promise<void> {
    await this.devtools.evaluate(SHOW_TAB);
  }

  async chooseTheme(theme: 'light' | 'dark'): Promise<void> {
    // As text: see SHOW_TAB.
    await this.devtools.evaluate(`(async () => {
      const { Settings } = await import('./core/common/common.js');
      Settings.Settings.instance().moduleSetting('ui-theme').set('${theme === 'light' ? 'default' : theme}');
    })()`);
  }

  hasDrawer(): Promise<boolean> {
    // As text: see SHOW_TAB.
    return this.devtools.evaluate(`import('./ui/legacy/legacy.js')
      .then(({ InspectorView }) => InspectorView.InspectorView.instance().drawerVisible())`) as Promise<boolean>;
  }

  close(): Promise<void> {
    return this.devtools.close();
  }

  async thrown(): Promise<string[]> {
    const lists = await Promise.all(this.#documents.map((frame) => frame.evaluate('thrown') as Promise<string[]>));
    return lists.flat();
  }

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

/** All that DevTools can show of the extension's. */
const TABS = `(async () => {
  const { ViewManager } = await import('./ui/legacy/legacy.js');
  const { views } = ViewManager.ViewManager.instance();
  return [...views.keys()].filter((key) => key.startsWith('chrome-extension://'));
})()`;

const SHOW_OTHER_TAB = `(async () => {
  const { ViewManager } = await import('./ui/legacy/legacy.js');
  await ViewManager.ViewManager.instance().showView('console');
})()`;

/** puppeteer does not tell of errors in frames of DevTools. */
const NOTE_ERRORS = `
  globalThis.thrown = [];
  addEventListener('error', ({ message }) => thrown.push(message));
  addEventListener('unhandledrejection', ({ reason }) => thrown.push(String(reason)));
`;

/** What the extension's DevTools page has of the API that DevTools gives it. */
const API = `({
  document: document.readyState,
  devtools: Object.keys(globalThis.chrome?.devtools ?? {}),
  tab: globalThis.chrome?.devtools?.inspectedWindow?.tabId,
  loaded: performance.getEntriesByType('resource').map(({ name, responseStatus }) => [name, responseStatus]),
})`;

/** Without a window, DevTools would keep a place for the page beside itself, and leave it empty. */
const UNDOCK = `(async () => {
  const { DockController } = await import('./ui/legacy/legacy.js');
  DockController.DockController.instance().setDockSide('undocked');
})()`;

/** Opens DevTools for a page on the SSE tab, in a window of its own if `undocked`; waits for this connection to it. */
export async function openPanel(
  page: Page,
  { undocked = false, connection = 'connected' } = {},
): Promise<ChromiumPanel> {
  const devtools = await page.openDevTools();
  const find = (part: string) =>
    devtools.frames().find((frame) => frame.url().startsWith('chrome-extension://') && frame.url().includes(part));
  onVain(async () => {
    const frames = devtools.frames().map((frame) => frame.url());
    const extension = await find('devtools.html')?.evaluate(API);
    return `DevTools: ${JSON.stringify({ frames, tabs: await devtools.evaluate(TABS), extension })}`;
  });
  // DevTools' own modules answer only once it has started: the extension's page in it is the sign.
  await until(async () => find('devtools.html'), "the extension's DevTools page");
  // [chrome] When there is a tab, and before it is shown: documents are taken out and put back. If that happens while the
  // extension's page makes the tab, it never comes; while the panel loads, DevTools never says that it is shown.
  if (undocked) {
    await until(async () => ((await devtools.evaluate(TABS)) as string[]).length > 0, 'a tab of the extension');
    await devtools.evaluate(UNDOCK);
  }
  await until(() => devtools.evaluate(SHOW_TAB), 'the SSE tab');
  const frame = await until(async () => find('panel.html'), "the panel's document");
  const documents = [await until(async () => find('devtools.html'), "the extension's DevTools page"), frame];
  for (const document of documents) await document.evaluate(NOTE_ERRORS);
  const panel = new ChromiumPanel(devtools, frame, documents);
  await panel.connected(connection);
  return panel;
}
