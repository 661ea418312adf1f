import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PAGE_SCRIPT } from '../../scripts/verify-build.mjs';
import type { AnswerMessage, AskMessage } from '../../src/protocol/ask.ts';
import { HANDOVER } from '../../src/protocol/handover.ts';
import type { DownMessage, UpMessage } from '../../src/protocol/message.ts';
import { BROWSER, type BrowserName } from './browser.ts';

/** The page script that ships, byte for byte. It needs a bridge, and no extension: a test page may play the bridge. */
export const pageScript = (browser: BrowserName = BROWSER): string =>
  readFileSync(resolve('dist', browser === 'firefox' ? 'firefox' : 'chrome', PAGE_SCRIPT), 'utf8');

declare global {
  interface Window {
    /** The browser's own class, from before the page script. */
    NativeEventSource: typeof EventSource;
    /** Says something to the page script. */
    say(message: DownMessage): void;
    /** Calls `listener` with each message of the page script. Returns the undo. */
    listen(listener: (message: UpMessage) => void): () => void;
    /** Resolves with the first message of this type that the page script says, from now on. */
    heard<Type extends UpMessage['type']>(type: Type): Promise<Extract<UpMessage, { type: Type }>>;
  }
}

/** Plays the bridge in a page. Runs there, as text: it can use nothing of this module. */
function playBridge(handover: string): void {
  window.NativeEventSource = EventSource;
  const listeners = new Set<(message: UpMessage) => void>();
  /** Sets no header on the wire, and knows of no failure but the network's. */
  const answer = ({ number, ask: { type } }: AskMessage): AnswerMessage => {
    if (type === 'expect') return { type: 'answer', number, answer: { type: 'expected', resumed: false } };
    return { type: 'answer', number, answer: type === 'fate' ? { type: 'fate', fate: 'network' } : undefined };
  };
  document.addEventListener(
    handover,
    (event) => {
      const [port] = (event as MessageEvent).ports;
      if (!port) return;
      event.preventDefault();
      // [firefox] The page script asks each second whether a bridge is there, and undoes everything where none is.
      document.addEventListener((event as MessageEvent<string>).data, (ask) => ask.preventDefault());
      window.say = (message) => port.postMessage(message);
      port.onmessage = ({ data }: MessageEvent<UpMessage | AskMessage>) => {
        if (data.type !== 'ask') for (const listener of listeners) listener(data);
        else port.postMessage(answer(data));
      };
    },
    { once: true },
  );
  window.listen = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  window.heard = (type) =>
    new Promise((resolve) => {
      const undo = window.listen((message) => {
        if (message.type !== type) return;
        undo();
        resolve(message as never);
      });
    });
}

/** What must run in a document before the page script. */
export const BRIDGE = `(${playBridge})(${JSON.stringify(HANDOVER)});`;
