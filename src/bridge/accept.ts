import type { AnswerMessage, AskMessage } from '../protocol/ask.ts';
import { HANDOVER } from '../protocol/handover.ts';
import type { DownMessage, UpMessage } from '../protocol/message.ts';
import { fromMessagePort, type Port } from '../protocol/port.ts';

/** The page script of this document, as the bridge knows it. */
export interface PageEnd {
  port: Port<DownMessage | AnswerMessage, UpMessage | AskMessage>;
  /**
   * Calls `listener` with the page's last messages, at once, while the document is unloaded; with none, where it only
   * asks whether we are there. Returns the undo.
   */
  onFarewell(listener: (messages: UpMessage[]) => void): () => void;
}

/**
 * Waits for page scripts to hand over their port (see protocol/handover.ts). `take` answers whether it takes it: there
 * is one page script for each document, and a second injection finds out here that it is one too many. With the answer
 * 'gone' the event goes on, to the bridge that came after this one. Returns the undo.
 */
export function accept(take: (page: () => PageEnd) => boolean | 'gone'): () => void {
  const onHandover = (event: Event) => {
    if (!(event instanceof MessageEvent)) return;
    const [port] = event.ports;
    const farewell: unknown = event.data;
    if (!port || typeof farewell !== 'string') return;
    const taken = take(() => ({
      port: fromMessagePort(port),
      onFarewell(listener) {
        const onLast = (last: Event) => {
          if (!(last instanceof MessageEvent)) return;
          last.stopImmediatePropagation();
          // Says that we are there, where the page script asks.
          last.preventDefault();
          listener(JSON.parse(String(last.data)) as UpMessage[]);
        };
        return listen(document, farewell, onLast);
      },
    }));
    if (taken === 'gone') return;
    event.stopImmediatePropagation();
    if (taken) event.preventDefault();
  };
  return listen(document, HANDOVER, onHandover);
}

/**
 * Listens, also after a script of the page has written the document anew: [spec] the document open steps "erase all
 * event and listeners", of the document and its window, and "replace all with null". Returns the undo.
 */
export function listen(target: EventTarget, type: string, listener: (event: Event) => void): () => void {
  // (Does nothing while it is there.)
  const add = () => target.addEventListener(type, listener);
  const observer = new MutationObserver(add);
  observer.observe(document, { childList: true });
  add();
  return () => {
    observer.disconnect();
    target.removeEventListener(type, listener);
  };
}
