import type { KeyInput, NodeFor } from 'puppeteer-core';
import { onVain, until } from './until.ts';

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

/** A place in the panel, in the coordinates of its {@link Mouse}; CSS pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Keys as `KeyboardEvent.key` names them. */
export interface Keyboard {
  press(key: KeyInput): Promise<void>;
  down(key: KeyInput): Promise<void>;
  up(key: KeyInput): Promise<void>;
  type(text: string): Promise<void>;
}

export interface Mouse {
  move(x: number, y: number, options?: { steps?: number }): Promise<void>;
  down(): Promise<void>;
  up(): Promise<void>;
  click(x: number, y: number, options?: { count?: number }): Promise<void>;
  wheel(by: { deltaX?: number; deltaY?: number }): Promise<void>;
}

/** A function called with these arguments, as text. */
export function called<Args extends unknown[]>(look: string | ((...args: Args) => unknown), args: Args): string {
  return typeof look === 'string' ? look : `(${look})(...${JSON.stringify(args)})`;
}

/** The toolbar's, where there is no room for all tools: its button, and what that opens. */
const MENU = '[data-testid=more]';
const OPEN_MENU = '#more:popover-open';

/** What the panel shows, and whether it can show anything else: for failures that do not come again. */
const WHAT_THERE_IS = `new Promise((done) => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const found = (drawsFrames) => done({
    drawsFrames,
    visibility: document.visibilityState,
    hasFocus: document.hasFocus(),
    size: innerWidth + ' x ' + innerHeight,
    isShown: document.body.clientWidth > 0,
    focused: document.activeElement?.dataset.testid ?? document.activeElement?.localName,
    open: all('dialog, :popover-open, [role=menu]').map((one) => one.dataset.testid ?? one.id ?? one.className),
    sources: all('[data-testid=source]').map((row) => [row.dataset.source, row.dataset.state, row.textContent]),
    status: all('[data-testid=status]').map((bar) => bar.textContent),
  });
  requestAnimationFrame(() => found(true));
  setTimeout(() => found(false), 1000);
})`;

/**
 * The SSE tab of one page's DevTools, whichever browser they are of. Waits for facts, never for a time: a fact that does
 * not come within the time allowed is an error that says what was waited for.
 */
export abstract class Panel {
  constructor() {
    onVain(async () => `The panel: ${JSON.stringify(await this.evaluate(WHAT_THERE_IS))}`);
  }

  /** Runs `look` in the panel's document; arguments and result pass as JSON. */
  abstract evaluate<Args extends unknown[], Result>(
    look: string | ((...args: Args) => Result),
    ...args: Args
  ): Promise<Awaited<Result>>;

  /** Brings DevTools to the front. [chrome, firefox] A window that is not seen draws no frames, so it shows nothing new. */
  abstract toFront(): Promise<void>;

  abstract readonly keyboard: Keyboard;
  abstract readonly mouse: Mouse;

  /** A real click in the middle of the element, as with a mouse. False, or an error, where it is not there (any more). */
  protected abstract clickOn(selector: string): Promise<boolean>;

  /** Undefined where there is no such element, or it is not shown. */
  abstract box(selector: string): Promise<Box | undefined>;

  /** A finger that is put down at the first place, moved to the others, and lifted. */
  abstract swipe(places: { x: number; y: number }[]): Promise<void>;

  /** As if the user had chosen this file. */
  abstract upload(selector: string, path: string): Promise<void>;

  /** Of DevTools' window, if they have one of their own, in which the panel is `width` CSS pixels wide. */
  abstract resize(width: number, height: number): Promise<void>;

  /** Shows another tab of DevTools; resolves when the panel is hidden. */
  abstract away(): Promise<void>;

  /** Shows the extension's tab again. */
  abstract back(): Promise<void>;

  /** What the user chose as DevTools' theme. */
  abstract chooseTheme(theme: 'light' | 'dark'): Promise<void>;

  /** Whether DevTools shows its console below the panel, as it does when it hears the Escape key. */
  abstract hasDrawer(): Promise<boolean>;

  /** Closes DevTools. */
  abstract close(): Promise<void>;

  /** What the extension's documents threw, and nobody caught, since the panel was opened. */
  abstract thrown(): Promise<string[]>;

  /** A picture of the whole DevTools window. */
  abstract screenshot(path: `${string}.png`): Promise<void>;

  async click(selector: string): Promise<void> {
    await this.toFront();
    // The panel may be about to show something else, which has such an element too.
    await until(() => this.clickOn(selector), `${selector} in the panel`);
  }

  $eval<Selector extends string, Args extends unknown[], Result>(
    selector: Selector,
    look: (element: NodeFor<Selector>, ...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>> {
    const found = `document.querySelector(${JSON.stringify(selector)})`;
    const missing = `throw new Error('There is no ' + ${JSON.stringify(selector)})`;
    return this.evaluate(
      `(() => { const found = ${found}; if (!found) ${missing}; return (${look})(found, ...${JSON.stringify(args)}); })()`,
    ) as Promise<Awaited<Result>>;
  }

  $$eval<Selector extends string, Args extends unknown[], Result>(
    selector: Selector,
    look: (elements: NodeFor<Selector>[], ...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>> {
    const found = `[...document.querySelectorAll(${JSON.stringify(selector)})]`;
    return this.evaluate(`(${look})(${found}, ...${JSON.stringify(args)})`) as Promise<Awaited<Result>>;
  }

  /** The host of the extension's own addresses. */
  host(): Promise<string> {
    return this.evaluate('location.host') as Promise<string>;
  }

  count(selector: string): Promise<number> {
    return this.evaluate((wanted) => document.querySelectorAll(wanted).length, selector);
  }

  text(selector: string): Promise<string> {
    return this.$eval(selector, ({ textContent }) => textContent ?? '');
  }

  focus(selector: string): Promise<void> {
    return this.$eval(selector, (element) => (element as HTMLElement).focus());
  }

  async type(selector: string, text: string): Promise<void> {
    await this.toFront();
    await this.focus(selector);
    await this.keyboard.type(text);
  }

  /** Chooses an option of a list, by its value. */
  choose(selector: string, value: string): Promise<void> {
    return this.$eval(
      selector,
      (list, value) => {
        (list as HTMLSelectElement).value = value;
        for (const type of ['input', 'change']) list.dispatchEvent(new Event(type, { bubbles: true }));
      },
      value,
    );
  }

  /** Two clicks in the middle of the element. */
  async doubleClick(selector: string): Promise<void> {
    const { x, y, width, height } = await until(() => this.box(selector), `${selector} in the panel`);
    await this.mouse.click(x + width / 2, y + height / 2, { count: 2 });
  }

  has(selector: string): Promise<boolean> {
    return this.evaluate((wanted) => document.querySelector(wanted) !== null, selector);
  }

  sources(): Promise<SourceRow[]> {
    return this.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[data-testid=source]')].map(({ dataset }) => {
        const { source = '', url = '', state = '', carried = '' } = dataset;
        return { source, url, state, carried };
      }),
    );
  }

  /** Shows one of the lower panes, where there is room for one only. */
  async show(tab: 'attempts' | 'events' | 'verdict' | 'headers' | 'findings'): Promise<void> {
    if (await this.has(`#tab-${tab}[aria-selected=false]`)) await this.click(`#tab-${tab}`);
  }

  async attempts(): Promise<AttemptRow[]> {
    await this.show('attempts');
    return this.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[data-testid=attempt]')].map((row) => {
        const { lastEventId = '', status = '', outcome = '', cause = '' } = row.dataset;
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
    return this.evaluate(() =>
      [...document.querySelectorAll('[data-testid=event]')].map((row) => row.getAttribute('data-id') ?? ''),
    );
  }

  /** Ids of all events of the selected source, in order: scrolls through the list from its top to its end. */
  async allEventIds(): Promise<string[]> {
    await this.toFront();
    await this.show('events');
    const found: string[] = [];
    const scroll = (to: 'top' | 'on') =>
      this.evaluate((to) => {
        let list = document.querySelector('[data-testid=event]')?.parentElement;
        while (list && !/auto|scroll/.test(getComputedStyle(list).overflowY)) list = list.parentElement;
        if (!list) return true;
        const before = list.scrollTop;
        list.scrollTop = to === 'top' ? 0 : before + list.clientHeight / 2;
        return to === 'top' ? before === 0 : list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
      }, to);
    // A list that follows its end goes there with every event, and when it comes into sight, until it has heard that it
    // was scrolled: it is at the top when it was there twice.
    let times = 0;
    await until(async () => {
      times = (await scroll('top')) ? times + 1 : 0;
      await this.drawn();
      return times >= 2;
    }, 'the top of the list');
    for (let atEnd = false; ; ) {
      await this.drawn();
      for (const id of await this.#eventIds()) if (!found.includes(id)) found.push(id);
      if (atEnd) return found;
      atEnd = await scroll('on');
    }
  }

  /** Waits until what has changed by now is drawn. */
  drawn(): Promise<unknown> {
    return this.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
    );
  }

  /** Waits until the panel says that facts can come from the page, or why they cannot. */
  async connected(connection = 'connected'): Promise<void> {
    await this.toFront();
    const status = `[data-testid=status][data-connection=${connection}]`;
    await until(() => this.has(status), `the panel to be ${connection}`);
  }

  /** Waits for a source of this path in one of these states, and gives its row. */
  async source(path: string, ...states: string[]): Promise<SourceRow> {
    await this.toFront();
    const wanted = states.length > 0 ? ` that is ${states.join(' or ')}` : '';
    return until(async () => {
      const rows = (await this.sources()).filter(({ url }) => new URL(url).pathname === path);
      // The newest, if the page made several.
      return rows.reverse().find(({ state }) => states.length === 0 || states.includes(state));
    }, `a source ${path}${wanted} in the panel`);
  }

  /** Waits for one more source of the same path: that of a document which the panel may not have heard of yet. */
  async sourceAfter(before: SourceRow, state: string): Promise<SourceRow> {
    await this.toFront();
    const { pathname } = new URL(before.url);
    return until(async () => {
      const rows = (await this.sources()).filter(({ url }) => new URL(url).pathname === pathname);
      return rows.find((row) => row.source !== before.source && row.state === state);
    }, `another source ${pathname} that is ${state} in the panel`);
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
    await this.toFront();
    await until(async () => (await this.#reach(name)) && this.clickOn(`[data-testid=${name}]`), `the tool ${name}`);
  }

  /**
   * Is the tool there? Opens the menu of the toolbar where it may be in there. Whether that is open the browser says, and
   * not the panel: one that is busy draws what came of a click later, and a second click would undo it.
   */
  async #reach(name: string): Promise<boolean> {
    const tool = `[data-testid=${name}]`;
    if (await this.has(tool)) return true;
    if (!(await this.has(OPEN_MENU)) && (await this.has(MENU))) await this.clickOn(MENU);
    return this.has(tool);
  }

  async #check(name: string, on: boolean): Promise<void> {
    await this.toFront();
    const is = () =>
      this.evaluate((wanted) => {
        const one = document.querySelector<HTMLInputElement>(wanted);
        return one?.checked ?? one?.ariaChecked === 'true';
      }, `[data-testid=${name}]`);
    await until(() => this.#reach(name), `the tool ${name}`);
    if ((await is()) !== on) {
      await this.press(name);
      await until(async () => (await is()) === on, `${name} to be ${on ? 'on' : 'off'}`);
    }
    // A window that has become wider meanwhile has all tools in its bar, and no menu.
    if (await this.has(OPEN_MENU)) await this.click(MENU);
  }

  /** What the panel tells those who cannot see the timeline, the newest first: `/counter/a · Reset · 7`. */
  async marks(): Promise<string[]> {
    await this.toFront();
    return this.evaluate(() =>
      [...document.querySelectorAll('.timeline table:has(caption) tbody tr')].map((row) =>
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
}
