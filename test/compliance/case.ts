import type { Behaviour, Exchange, Lab } from '../lab/lab.ts';
import type { ByBrowser } from '../support/browser.ts';

/** Who carries the connections of the page: the browser; the browser, with us listening; we, behind its objects. */
export type Mode = 'native' | 'observed' | 'managed';

/** One request as the server saw it. */
export interface SeenRequest {
  method: string;
  /** With the names of `Kit.origin` and so on in place of hosts and ports. */
  url: string;
  /** `null` if the header was absent. */
  lastEventId: string | null;
  headers: Record<string, string>;
  /** Milliseconds; the server's clock. */
  time: number;
  closed: { by: 'client' | 'server'; time: number } | null;
}

/** What a page noted about a source: `open(1)` is the type and the readyState in the handler, `message:a#7` data and id. */
export interface Watch {
  readonly seen: string[];
  /** Waits until this was seen `times` times in all. */
  until(entry: string, times?: number): Promise<void>;
  /** Waits for so many entries in all. */
  count(entries: number): Promise<void>;
}

/** What a case uses in the page. Written before any script of the case runs, so that a case may break its own realm. */
export interface Kit {
  readonly mode: Mode;
  /** Which of these is this browser's. */
  here<T>(values: ByBrowser<T>): T;
  /** What a function of the browser's own shows as its text. */
  nativeText(name: string, kind?: 'get'): string;
  /** The document's, the other port's (cross-origin, same site), and the other port's under another name (cross-site). */
  readonly origin: string;
  readonly twin: string;
  readonly stranger: string;
  /** The path of the case's folder on every origin, with slashes around. */
  readonly folder: string;
  /** Fails the case unless both look the same: compared as text, objects by their own enumerable properties. */
  equal(actual: unknown, expected: unknown, what?: string): void;
  /** Fails the case unless `act` throws; gives what it threw. */
  thrown(act: () => unknown): { name: string; message: string; constructor: unknown };
  /** Adds to the trace, which in every mode must be what it is in native mode. */
  note(...facts: unknown[]): void;
  /** Notes every `open`, `error` and `message`, and these types. */
  watch(source: EventSource, ...types: string[]): Watch;
  /** The next event of this type. */
  next<E extends Event = MessageEvent>(target: EventTarget, type: string): Promise<E>;
  /** Waits for a promise, with a limit: `what` says what did not come. */
  within<T>(promise: Promise<T>, what: string): Promise<T>;
  /** Waits until the server has seen so many requests for `path` (in the case's folder), and gives all of them. */
  requests(path: string, count?: number): Promise<SeenRequest[]>;
  /** Waits until the server has seen the end of that request, counted from 1. */
  closed(path: string, nth?: number): Promise<SeenRequest>;
  /** Tells a behaviour that waits for `scene.told(word)`; resolves once it is told. `gc` has the browser collect garbage. */
  tell(word: string): Promise<void>;
  /** A request to the server and back: what was asked before has arrived there. */
  ping(): Promise<void>;
  /** A frame in the document; resolves when it has loaded. */
  frame(
    attributes: Record<string, string>,
  ): Promise<{ element: HTMLIFrameElement; window: Window & typeof globalThis }>;
  /** What nobody caught in this document so far; what a case does not take fails it. */
  uncaught(): string[];
}

/** What a behaviour of a case knows beside the exchange. */
export interface Scene {
  readonly lab: Lab;
  /** The case's folder, as in the kit. */
  readonly folder: string;
  told(word: string): Promise<void>;
}

export interface Case {
  /** The standard's sentence in short, or what is done. */
  name: string;
  /** Runs in the page, after `load`, and is sent there as text: it uses nothing but its parameters and the page. */
  run: (t: Kit, ...args: never[]) => void | Promise<void>;
  /** The parameters after the kit, as JSON. */
  args?: unknown[];
  /** Behaviours of the server, by path in the case's folder. */
  serve?: Record<string, (exchange: Exchange, scene: Scene) => ReturnType<Behaviour>>;
  /** Further documents and scripts, by path in the case's folder. */
  pages?: Record<string, string>;
  /** HTML in the document's head, before any script. */
  head?: string;
  /** Of the document's answer. */
  headers?: Record<string, string>;
  /** A server that no other case uses, so that it may go `down` and `up`: words that `tell` understands. */
  ownLab?: boolean;
}

export interface Group {
  name: string;
  cases: Case[];
}

/** What a run of a case in one mode gave. */
export interface Outcome {
  trace: string[];
  failures: string[];
}
