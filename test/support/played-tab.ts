import { createSession, type Session } from '../../src/devtools/session.ts';
import type { Limits } from '../../src/page/journal.ts';
import type { Delivery, DownMessage } from '../../src/protocol/message.ts';
import type { NetworkFact } from '../../src/protocol/network.ts';
import { fromRuntimePort } from '../../src/protocol/port.ts';
import type { DocumentId, Milliseconds, NavigationType } from '../../src/protocol/record.ts';
import type { Sender } from '../../src/protocol/sender.ts';
import { Gate } from './gate.ts';
import { PlayedDocument, type Surroundings, TOP } from './played-document.ts';
import type { PlayedScript } from './played-script.ts';
import type { RuntimeEnd } from './runtime-ports.ts';

/** What a tab needs of the browser around it. */
export interface TabSurroundings {
  readonly registered: boolean;
  number(): number;
  /** Gives `runtime.connect()` of the extension as it is now; that opens nothing once this extension has gone. */
  connector(): {
    bridge(tab: number, sender: Sender): RuntimeEnd | undefined;
    devtools(tab: number): RuntimeEnd | undefined;
    /** What the network did, and what a tap saw there, is told by whichever background there is then. */
    network(fact: NetworkFact, tab: number): void;
    /** This extension was reloaded since. */
    isGone(): boolean;
  };
}

/** What becomes of the page that is left: `cached` may come back, `lingers` is there until it is unloaded by hand. */
type Left = 'unloaded' | 'cached' | 'lingers';

/** DevTools, open on a tab. */
interface Devtools {
  /** Closed while its process is busy. */
  gate: Gate;
  /** What it was told last of each document, and at which time that was said. */
  told: Record<'hello' | 'bye', Map<DocumentId, Milliseconds>>;
  end: RuntimeEnd | undefined;
}

export class PlayedTab {
  readonly id: number;
  page: PlayedDocument;
  /** All documents that there ever were in it, frames too, oldest first. */
  readonly documents: PlayedDocument[] = [];

  readonly #browser: TabSurroundings;
  readonly #surroundings: Surroundings;
  /** In the back/forward cache, the one to which it goes back last. */
  readonly #cached: PlayedDocument[] = [];
  #devtools: Devtools | undefined;

  constructor(id: number, browser: TabSurroundings, path: string) {
    this.id = id;
    this.#browser = browser;
    this.#surroundings = {
      isRegistered: () => browser.registered,
      number: browser.number,
      created: (document) => void this.documents.push(document),
      connector() {
        const { bridge, isGone } = browser.connector();
        return { open: (sender) => bridge(id, sender), isGone };
      },
    };
    this.page = this.#load(path, 'navigate');
  }

  get isInspected(): boolean {
    return this.#devtools !== undefined;
  }

  /** Whether DevTools, as it is open now, was told hello of the document of this script. */
  wasToldOf({ info: { id } }: PlayedScript): boolean {
    return this.#devtools?.told.hello.has(id) === true;
  }

  /** Whether it was told the last words of the document, which went away. */
  wasToldTheEndOf({ info: { id }, left }: PlayedScript): boolean {
    return left !== undefined && this.#devtools?.told.bye.get(id) === left;
  }

  navigate(path: string, old: Left = 'unloaded', limits?: Limits): PlayedDocument {
    this.#leave(old);
    return this.#load(path, 'navigate', limits);
  }

  reload(): PlayedDocument {
    this.#leave('unloaded');
    return this.#load(this.page.path, 'reload');
  }

  /** Back to the page that went into the back/forward cache last; undefined where there is none. */
  back(old: Left = 'unloaded'): PlayedDocument | undefined {
    const next = this.#cached.pop();
    if (!next) return undefined;
    this.#leave(old);
    this.page = next;
    next.thaw();
    return next;
  }

  /** Opens DevTools. */
  inspect(): Session {
    const connect = this.#browser.connector().devtools;
    const told = { hello: new Map<DocumentId, Milliseconds>(), bye: new Map<DocumentId, Milliseconds>() };
    const devtools: Devtools = { gate: new Gate(), told, end: undefined };
    this.#devtools = devtools;
    return createSession({
      open: () => {
        devtools.end = connect(this.id);
        if (!devtools.end) return undefined;
        const port = devtools.gate.behind(fromRuntimePort<DownMessage, Delivery>(devtools.end));
        port.onMessage((delivery) => note(told, delivery));
        return port;
      },
      manageNew: async () => true,
      resetRequest: async () => false,
      reloadPage: () => void this.reload(),
    });
  }

  /** What the network does for the page, and a tap sees there: the background tells it, and no page. */
  network(...facts: NetworkFact[]): void {
    for (const fact of facts) this.#browser.connector().network(fact, this.id);
  }

  closeDevtools(): void {
    this.#devtools?.gate.remove();
    this.#devtools?.end?.disconnect();
    this.#devtools = undefined;
  }

  /** Whether the process of DevTools is busy: what reaches it waits. */
  set devtoolsAreBusy(busy: boolean) {
    if (busy) this.#devtools?.gate.close();
    else this.#devtools?.gate.open();
  }

  close(): void {
    this.closeDevtools();
    for (const document of this.documents) document.unload();
  }

  #load(path: string, entered: NavigationType, limits?: Limits): PlayedDocument {
    this.page = new PlayedDocument(this.#surroundings, { frame: TOP, path, entered, limits });
    return this.page;
  }

  #leave(old: Left): void {
    if (old === 'unloaded') this.page.unload();
    if (old !== 'cached') return;
    this.page.freeze();
    this.#cached.push(this.page);
  }
}

function note(told: Devtools['told'], delivery: Delivery): void {
  if (delivery.type !== 'from') return;
  const { type, document, time } = delivery.message as { type?: unknown; document?: unknown; time?: unknown };
  if (type === 'hello') told.hello.set((document as { id: DocumentId }).id, Number(time));
  if (type === 'bye') told.bye.set(String(document), Number(time));
}
