import { Pipe } from '../../src/background/pipe.ts';
import { fromRuntimePort } from '../../src/protocol/port.ts';
import { task } from './gate.ts';
import { PlayedTab, type TabSurroundings } from './played-tab.ts';
import { type RuntimeEnd, type RuntimePorts, runtimePorts } from './runtime-ports.ts';

/** The service worker from one start to the next stop, and the ports that it has. */
interface Background {
  pipe: Pipe;
  ports: Set<RuntimePorts>;
}

/**
 * A browser with tabs, documents and the extension in it. The whole path from page to session is real, and runs over
 * real MessageChannels; only the browser around it is played, and the hook in the page: records are made by hand.
 */
export class PlayedBrowser {
  /** Whether new documents get our scripts. */
  registered = false;

  readonly #tabs = new Map<number, PlayedTab>();
  readonly #surroundings: TabSurroundings;
  #background: Background;
  /** Changes when the extension is reloaded. */
  #extension = 1;
  #numbers = 0;
  /** What the extension asks of the browser is done in this order, as in background/inject.ts. */
  #last: Promise<unknown> = Promise.resolve();

  constructor() {
    this.#background = this.#start();
    const browser = this;
    this.#surroundings = {
      get registered() {
        return browser.registered;
      },
      number: () => ++this.#numbers,
      connector: () => {
        const extension = this.#extension;
        const connect = (accept: (pipe: Pipe, end: RuntimeEnd) => Promise<void>) => {
          if (extension !== this.#extension) return undefined;
          const { pipe, ports } = this.#background;
          const made = runtimePorts();
          ports.add(made);
          void accept(pipe, made.ends[1]);
          return made.ends[0];
        };
        return {
          bridge: (tab, sender) => connect((pipe, end) => pipe.connectBridge(tab, sender, fromRuntimePort(end))),
          isGone: () => extension !== this.#extension,
          network: (fact, tab) => {
            if (extension === this.#extension) this.#background.pipe.network(fact, tab);
          },
          devtools: (tab) => connect((pipe, end) => pipe.connectDevtools(tab, fromRuntimePort(end))),
        };
      },
    };
  }

  newTab(path = '/'): PlayedTab {
    const tab = new PlayedTab(this.#tabs.size + 1, this.#surroundings, path);
    this.#tabs.set(tab.id, tab);
    return tab;
  }

  /** The service worker is stopped: its memory is gone, what is under way is lost. Whoever connects starts it again. */
  killBackground(): void {
    const { ports } = this.#background;
    this.#background = this.#start();
    for (const dead of ports) dead.kill();
  }

  /** What ran of the extension so far stays where it is, and reaches nobody any more. */
  reloadExtension(): void {
    this.#extension++;
    this.registered = false;
    this.killBackground();
  }

  close(): void {
    for (const tab of this.#tabs.values()) tab.close();
    this.#extension++;
    this.killBackground();
  }

  #start(): Background {
    const background: Background = { ports: new Set(), pipe: new Pipe(this.#ground(() => background)) };
    return background;
  }

  /** Of a background that was stopped, nothing is done any more, and nothing that it waits for ever comes. */
  #ground(owner: () => Background): ConstructorParameters<typeof Pipe>[0] {
    const ask = async <T>(answer: () => T | Promise<T>): Promise<T> => {
      await task();
      if (owner() !== this.#background) return new Promise(() => {});
      return answer();
    };
    const inTurn = (step: () => void) => {
      const done = this.#last.then(() => ask(step));
      // A step of a stopped background ends too: nobody else must wait for it.
      this.#last = this.#last.then(task);
      return done;
    };
    return {
      register: () =>
        inTurn(() => {
          this.registered = true;
        }),
      unregister: () =>
        inTurn(() => {
          this.registered = false;
        }),
      inject: (tab) =>
        ask(async () => {
          const documents = () => this.#tabs.get(tab)?.page.tree.filter(({ runs }) => runs) ?? [];
          for (const document of documents()) document.runBridge();
          const without = await ask(() => documents().filter(({ hasPageScript }) => !hasPageScript));
          await ask(() => {
            for (const document of without) if (document.runs) document.runPageScript(true);
          });
          return true;
        }),
      isInspected: (tab) => ask(() => this.#tabs.get(tab)?.isInspected === true),
      left: () => ask(() => {}),
    };
  }
}
