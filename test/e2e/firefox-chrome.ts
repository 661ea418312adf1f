import type { Browser } from 'puppeteer-core';

/** What WebDriver BiDi answers to `script.evaluate`. */
interface Evaluated {
  type: 'success' | 'exception';
  result?: Remote;
  exceptionDetails?: { text: string };
}

/** @see https://w3c.github.io/webdriver-bidi/#type-script-RemoteValue */
interface Remote {
  type: string;
  value?: unknown;
  sharedId?: string;
}

function plain(remote: Remote | undefined): unknown {
  if (!remote) return undefined;
  const { type, value } = remote;
  if (type === 'array') return (value as Remote[]).map(plain);
  if (type === 'object') {
    return Object.fromEntries((value as [string, Remote][]).map(([name, one]) => [name, plain(one)]));
  }
  if (type === 'null') return null;
  return type === 'number' && typeof value === 'string' ? Number(value) : value;
}

const DEVICES = {
  key: { type: 'key', id: 'keys' },
  mouse: { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' } },
  touch: { type: 'pointer', id: 'finger', parameters: { pointerType: 'touch' } },
  wheel: { type: 'wheel', id: 'wheel' },
} as const;
export type Device = keyof typeof DEVICES;

const DRAWN = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))';

/** [puppeteer] Its way to the browser, which has no word for the browser's own documents. */
interface Connected {
  connection: { send(method: string, params: object): Promise<{ result: unknown }> };
}

/** Firefox's own window ("chrome"), which can do what a user can, and see all windows and documents. */
export class FirefoxChrome {
  readonly #connection: Connected['connection'];
  readonly #window: string;

  private constructor(connection: Connected['connection'], window: string) {
    this.#connection = connection;
    this.#window = window;
  }

  static async of(browser: Browser): Promise<FirefoxChrome> {
    const { connection } = browser as unknown as Connected;
    const { result } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
    const { contexts } = result as { contexts: { context: string; url: string }[] };
    const found = contexts.find(({ url }) => url.endsWith('browser.xhtml'));
    if (!found) throw new Error('Firefox has no window.');
    return new FirefoxChrome(connection, found.context);
  }

  /** What a script's last statement gives, in a document; as WebDriver BiDi passes it on. */
  async run(script: string, context: string): Promise<unknown> {
    return plain((await this.#evaluate(script, context)).result);
  }

  /** The value of an expression in the window, or in another document; what it gives passes as JSON. */
  async evaluate(expression: string, context = this.#window): Promise<unknown> {
    const value = `(async () => JSON.stringify(await ${asValue(expression)}))()`;
    const { result } = await this.#evaluate(value, context);
    return typeof result?.value === 'string' ? JSON.parse(result.value) : undefined;
  }

  /**
   * Moves and presses of one device, in a document; each list goes on where the one before it ended. Resolves when the
   * document has drawn what came of them: [firefox] the browser only waits until they are on their way.
   */
  async act(context: string, device: Device, actions: object[]): Promise<void> {
    const { id, ...kind } = DEVICES[device];
    await this.#send('input.performActions', { context, actions: [{ ...kind, id, actions }] });
    // The document may have gone by that.
    await this.evaluate(DRAWN, context).catch(() => {});
  }

  /** The element that a mouse may be moved to, as WebDriver BiDi names it. */
  async element(selector: string, context: string): Promise<object> {
    const { result } = await this.#evaluate(`document.querySelector(${JSON.stringify(selector)})`, context);
    if (!result?.sharedId) throw new Error(`There is no ${selector}.`);
    return { sharedId: result.sharedId };
  }

  async chooseFile(selector: string, path: string, context: string): Promise<void> {
    const element = await this.element(selector, context);
    await this.#send('input.setFiles', { context, element, files: [path] });
  }

  /** A PNG of the window that the expression gives, with all that is in it. */
  async pictureOf(window: string): Promise<Buffer> {
    const text = await this.evaluate(`(async () => {
      const { currentWindowGlobal } = ${window}.browsingContext;
      const picture = await currentWindowGlobal.drawSnapshot(null, 1, 'rgb(255, 255, 255)');
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      canvas.getContext('2d').drawImage(picture, 0, 0);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    })()`);
    return Buffer.from(text as string, 'base64');
  }

  async #evaluate(expression: string, context: string): Promise<Evaluated> {
    const params = { expression, target: { context }, awaitPromise: true };
    const answer = (await this.#send('script.evaluate', params)) as Evaluated;
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails?.text);
    return answer;
  }

  async #send(method: string, params: object): Promise<unknown> {
    return (await this.#connection.send(method, params)).result;
  }
}

/** Blocks stand for what they do. */
const asValue = (code: string) => (code.trimStart().startsWith('{') ? `(() => ${code})()` : code);
