import { Relay } from '../../src/bridge/relay.ts';
import type { Limits } from '../../src/page/journal.ts';
import type { DownMessage, UpMessage } from '../../src/protocol/message.ts';
import { fromRuntimePort } from '../../src/protocol/port.ts';
import type { NavigationType, SourceRecord } from '../../src/protocol/record.ts';
import type { Sender } from '../../src/protocol/sender.ts';
import { Gate } from './gate.ts';
import { PlayedScript } from './played-script.ts';
import type { RuntimeEnd } from './runtime-ports.ts';

/** What a document needs of the browser around it. */
export interface Surroundings {
  /** Whether new documents get our scripts before their own. */
  isRegistered(): boolean;
  /** Gives `runtime.connect()` of the extension as it is now; that opens nothing once this extension has gone. */
  connector(): {
    open(sender: Sender): RuntimeEnd | undefined;
    /** This extension was reloaded since. */
    isGone(): boolean;
  };
  /** One that no frame, document or page script had before. */
  number(): number;
  created(document: PlayedDocument): void;
}

/** The browser's id of the frame of a top document. */
export const TOP = 0;

/** Where a document is, and how it came there. */
export interface Place {
  frame: number;
  path: string;
  entered?: NavigationType;
  limits?: Limits | undefined;
}

/** A document and what is in its frames. It may have no script of ours in it, and several one after the other. */
export class PlayedDocument {
  readonly path: string;
  /** Of all that ran in it, oldest first. */
  readonly scripts: PlayedScript[] = [];
  readonly frames = new Set<PlayedDocument>();
  /** As the browser names it. */
  readonly sender: Sender;

  readonly #browser: Surroundings;
  readonly #place: Place;
  readonly #gate = new Gate();
  #relay: Relay | undefined;
  /** Has the extension gone that the relay is of? */
  #isGone = () => false;
  #way: RuntimeEnd | undefined;

  constructor(browser: Surroundings, place: Place) {
    this.#browser = browser;
    this.#place = place;
    this.path = place.path;
    this.sender = { frame: place.frame, document: `document ${browser.number()}` };
    browser.created(this);
    if (!browser.isRegistered()) return;
    this.runBridge();
    this.runPageScript(false);
  }

  /** It runs: it is neither unloaded nor in the back/forward cache. */
  get runs(): boolean {
    return this.#gate.isOpen;
  }

  /** The newest page script in it. */
  get script(): PlayedScript {
    const script = this.scripts.at(-1);
    if (!script) throw new Error(`There is no page script in ${this.path}`);
    return script;
  }

  /** Itself, and all documents in its frames. */
  get tree(): PlayedDocument[] {
    return [this, ...[...this.frames].flatMap(({ tree }) => tree)];
  }

  record(record: SourceRecord, source?: number): void {
    if (this.runs) this.scripts.at(-1)?.record(record, source);
  }

  addFrame(path: string, limits?: Limits): PlayedDocument {
    const frame = new PlayedDocument(this.#browser, { frame: this.#browser.number(), path, limits });
    this.frames.add(frame);
    return frame;
  }

  removeFrame(frame: PlayedDocument): void {
    if (this.frames.delete(frame)) frame.unload();
  }

  /** Sends whatever to the background, as its process could. */
  forge(message: unknown): void {
    this.#way?.postMessage(message);
  }

  /** As bridge/main.iife.ts does, each time that it is injected. */
  runBridge(): void {
    if (this.#relay && !this.#isGone()) {
      this.#relay.reopen();
      return;
    }
    // That of an extension which has gone gives way to the next one's, which is in a world of its own.
    this.#relay?.leave();
    const { open, isGone } = this.#browser.connector();
    this.#isGone = isGone;
    const openWay = () => {
      this.#way = open(this.sender);
      return this.#way && this.#gate.behind(fromRuntimePort<UpMessage, DownMessage>(this.#way));
    };
    this.#relay = new Relay(openWay, async () => undefined);
  }

  get hasPageScript(): boolean {
    return this.#relay?.hasPage === true;
  }

  /** `late`: the document had its say before. */
  runPageScript(late: boolean): void {
    const { frame, path, entered = 'navigate', limits } = this.#place;
    const top = frame === TOP;
    const info = {
      id: this.#browser.number().toString(16).padStart(32, '0'),
      url: `http://127.0.0.1${path}`,
      top,
      started: performance.timeOrigin + performance.now(),
      entered,
      late: late && top,
    };
    const script = new PlayedScript(info, this.#gate, limits);
    // The page script hands over its port; where nobody takes it, there is one already.
    if (this.#relay?.take(() => script.end)) this.scripts.push(script);
    else script.destroy();
  }

  unload(): void {
    for (const frame of this.frames) frame.unload();
    this.#leave();
    this.#gate.remove();
    for (const script of this.scripts) script.destroy();
  }

  /** Into the back/forward cache: its ports are closed, and nothing runs in it. */
  freeze(): void {
    for (const frame of this.frames) frame.freeze();
    this.#leave();
    this.#gate.close();
  }

  /** Out of the back/forward cache. */
  thaw(): void {
    this.#gate.open();
    // `pageshow`, persisted: see bridge/main.iife.ts.
    this.#relay?.reopen();
    for (const frame of this.frames) frame.thaw();
  }

  #leave(): void {
    if (this.runs) this.scripts.at(-1)?.leave();
    this.#way?.disconnect();
  }
}
