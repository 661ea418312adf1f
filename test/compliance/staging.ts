import type { Connection, Exchange, Lab } from '../lab/lab.ts';
import { BROWSER } from '../support/browser.ts';
import type { Case, Mode, Outcome, Scene, SeenRequest } from './case.ts';
import { kit, type Setup } from './kit.ts';

type Milliseconds = number;

/** For one wait of a case, in the page or on the server. */
const PATIENCE: Milliseconds = 10_000;

/** One run of a case: its documents and behaviours on the lab, and the answers to what its page asks. */
export class Staging {
  readonly url: string;
  readonly outcome: Promise<Outcome>;
  readonly #lab: Lab;
  readonly #folder: string;
  /** What names the origins in traces: they differ from run to run. */
  readonly #names: [string, string][];
  readonly #told = new Set<string>();
  #heard: (() => void)[] = [];
  #settle: (outcome: Outcome) => void = () => {};

  constructor({ id, mode, host, lab, play }: { id: string; mode: Mode; host: string; lab: Lab; play: Case }) {
    this.#lab = lab;
    this.#folder = `/${id}/`;
    const origin = lab.origin.replace('127.0.0.1', host);
    const twin = lab.twin.replace('127.0.0.1', host);
    this.#names = [
      [origin, '{origin}'],
      [twin, '{twin}'],
      [lab.twin, '{stranger}'],
      [new URL(origin).host, '{host}'],
      [new URL(twin).host, '{twin host}'],
      [new URL(lab.twin).host, '{stranger host}'],
      [host, '{host name}'],
      [this.#folder, '/{folder}/'],
    ];
    this.url = `${origin}${this.#folder}document`;
    this.outcome = new Promise((resolve) => {
      this.#settle = resolve;
    });
    const setup = {
      id,
      mode,
      browser: BROWSER,
      origin,
      twin,
      stranger: lab.twin,
      folder: this.#folder,
      patience: PATIENCE,
    };
    this.#serve(play, setup);
  }

  #serve({ serve = {}, pages = {}, head = '', headers = {}, run, args = [] }: Case, setup: Setup): void {
    const lab = this.#lab;
    const folder = this.#folder;
    const scene: Scene = { lab, folder, told: (word) => this.#until(word) };
    for (const [path, behaviour] of Object.entries(serve)) {
      const behave = async (exchange: Exchange) => behaviour(exchange, scene);
      lab.behave(folder + path, behave);
    }
    for (const [path, body] of Object.entries(pages)) {
      const type = path.endsWith('.js') ? { 'Content-Type': 'text/javascript' } : {};
      lab.serve(folder + path, this.#filled(body, setup), type);
    }
    lab.serve(`${folder}ping`, 'pong');
    const script = `(${kit})(${JSON.stringify(setup)}, ${asExpression(run)}, ${JSON.stringify(args)})`;
    const filled: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) filled[name] = this.#filled(value, setup);
    // In a function, so that the case leaves no global names, and as the last that is parsed.
    const html = `<!doctype html><meta charset="utf-8">${this.#filled(head, setup)}<body><script>${script.replaceAll('</', '<\\/')}</script>`;
    lab.serve(`${folder}document`, html, filled);
  }

  #filled(text: string, { origin, twin, stranger, folder }: Setup): string {
    return text
      .replaceAll('{origin}', origin)
      .replaceAll('{twin}', twin)
      .replaceAll('{stranger}', stranger)
      .replaceAll('{folder}', folder);
  }

  end({ trace, failures }: Outcome): void {
    const neutral = (line: string) => this.#neutral(line);
    this.#settle({ trace: trace.map(neutral), failures: failures.map(neutral) });
  }

  #neutral(text: string): string {
    return this.#names.reduce((line, [place, name]) => line.replaceAll(place, name), text);
  }

  /** @throws a sentence, if it does not come. */
  async answer(letter: { ask?: string; path?: string; count?: number; nth?: number; word?: string }): Promise<unknown> {
    const { ask, path = '', count = 1, nth = 1, word = '' } = letter;
    if (ask === 'tell') return this.#tell(word);
    const wanted = this.#folder + path;
    const look = () => this.#lab.connections.filter((connection) => connection.path === wanted);
    if (ask === 'requests') {
      const what = `${count} requests for ${path}`;
      const found = await this.#lab.when(() => look().length >= count && look(), what, PATIENCE);
      return found.map((connection) => this.#seen(connection));
    }
    const ended = () => {
      const connection = look()[nth - 1];
      return connection?.closed && connection;
    };
    return this.#seen(await this.#lab.when(ended, `the end of request ${nth} for ${path}`, PATIENCE));
  }

  #seen({ method, url, lastEventId, headers, time, closed }: Connection): SeenRequest {
    const lines = Object.entries(headers).map(([name, value]) => [name, this.#neutral(`${value}`)]);
    return {
      method,
      url: this.#neutral(url),
      lastEventId: lastEventId ?? null,
      headers: Object.fromEntries(lines),
      time,
      closed: closed ?? null,
    };
  }

  async #tell(word: string): Promise<void> {
    if (word === 'down') await this.#lab.down();
    if (word === 'up') await this.#lab.up();
    this.#told.add(word);
    const heard = this.#heard;
    this.#heard = [];
    for (const look of heard) look();
  }

  async #until(word: string): Promise<void> {
    while (!this.#told.has(word)) await new Promise<void>((resolve) => this.#heard.push(resolve));
  }
}

/** A method's text is no expression by itself. */
function asExpression(run: Case['run']): string {
  const text = String(run);
  return /^(async\s+)?(function\b|\(|\w+\s*=>)/.test(text) ? `(${text})` : `({ ${text} }).run`;
}
