import type { KeyInput } from 'puppeteer-core';
import type { FirefoxChrome } from './firefox-chrome.ts';
import type { Keyboard, Mouse } from './panel.ts';

/** @see https://w3c.github.io/webdriver/#keyboard-actions */
const KEYS: Partial<Record<KeyInput, string>> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  Space: ' ',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
  Meta: '\uE03D',
};

const down = (value: string) => ({ type: 'keyDown', value });
const up = (value: string) => ({ type: 'keyUp', value });

/** Keys pressed in a document that WebDriver BiDi knows. */
export class FirefoxKeyboard implements Keyboard {
  readonly #act: (actions: object[]) => Promise<void>;

  constructor(chrome: FirefoxChrome, context: string) {
    this.#act = (actions) => chrome.act(context, 'key', actions);
  }

  press(key: KeyInput): Promise<void> {
    // WebDriver has no name for this key; [firefox] these two do the same.
    if (key === 'ContextMenu') return this.#act([down('\uE008'), down('\uE03A'), up('\uE03A'), up('\uE008')]);
    return this.type([KEYS[key] ?? key]);
  }

  down(key: KeyInput): Promise<void> {
    return this.#act([down(KEYS[key] ?? key)]);
  }

  up(key: KeyInput): Promise<void> {
    return this.#act([up(KEYS[key] ?? key)]);
  }

  type(text: Iterable<string>): Promise<void> {
    return this.#act([...text].flatMap((key) => [down(key), up(key)]));
  }
}

const DOWN = { type: 'pointerDown', button: 0 };
const UP = { type: 'pointerUp', button: 0 };

/** A mouse in a document that WebDriver BiDi knows; coordinates are the document's. */
export class FirefoxMouse implements Mouse {
  readonly #chrome: FirefoxChrome;
  readonly #context: string;
  #x = 0;
  #y = 0;

  constructor(chrome: FirefoxChrome, context: string) {
    this.#chrome = chrome;
    this.#context = context;
  }

  async move(x: number, y: number, { steps = 1 } = {}): Promise<void> {
    const [fromX, fromY] = [this.#x, this.#y];
    const places = Array.from({ length: steps }, (_, index) => (index + 1) / steps);
    [this.#x, this.#y] = [x, y];
    await this.#act(
      places.map((part) => ({
        type: 'pointerMove',
        x: Math.round(fromX + (x - fromX) * part),
        y: Math.round(fromY + (y - fromY) * part),
      })),
    );
  }

  down(): Promise<void> {
    return this.#act([DOWN]);
  }

  up(): Promise<void> {
    return this.#act([UP]);
  }

  async click(x: number, y: number, { count = 1 } = {}): Promise<void> {
    await this.move(x, y);
    await this.#act(Array.from({ length: count }, () => [DOWN, UP]).flat());
  }

  /** A click in the middle of an element, wherever it is by then. */
  async clickOn(selector: string): Promise<void> {
    const element = await this.#chrome.element(selector, this.#context);
    await this.#chrome.evaluate(
      `{ document.querySelector(${JSON.stringify(selector)})?.scrollIntoView({ block: 'nearest', behavior: 'instant' }); }`,
      this.#context,
    );
    await this.#act([{ type: 'pointerMove', x: 0, y: 0, origin: { type: 'element', element } }, DOWN, UP]);
  }

  wheel({ deltaX = 0, deltaY = 0 }: { deltaX?: number; deltaY?: number }): Promise<void> {
    const place = { x: Math.round(this.#x), y: Math.round(this.#y) };
    return this.#chrome.act(this.#context, 'wheel', [{ type: 'scroll', ...place, deltaX, deltaY }]);
  }

  /** A finger that is put down, moved to these places one after the other, and lifted. */
  swipe(places: { x: number; y: number }[]): Promise<void> {
    const [start, ...rest] = places.map(({ x, y }) => ({ type: 'pointerMove', x: Math.round(x), y: Math.round(y) }));
    return this.#chrome.act(this.#context, 'touch', [start ?? {}, DOWN, ...rest, UP]);
  }

  #act(actions: object[]): Promise<void> {
    return this.#chrome.act(this.#context, 'mouse', actions);
  }
}
