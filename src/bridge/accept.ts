import type { AnswerMessage, AskMessage } from '../protocol/ask.ts';
import { HANDOVER } from '../protocol/handover.ts';
import type { DownMessage, UpMessage } from '../protocol/message.ts';
import { fromMessagePort, type Port } from '../protocol/port.ts';

/** The page script of this document, as the bridge knows it. */
export interface PageEnd {
  port: Port<DownMessage | AnswerMessage, UpMessage | AskMessage>;
  /** Calls `listener` with the page's last messages, at once, while the document is unloaded. Returns the undo. */
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
          listener(JSON.parse(String(last.data)) as UpMessage[]);
        };
        document.addEventListener(farewell, onLast);
        return () => document.removeEventListener(farewell, onLast);
      },
    }));
    if (taken === 'gone') return;
    event.stopImmediatePropagation();
    if (taken) event.preventDefault();
  };
  document.addEventListener(HANDOVER, onHandover);
  return () => document.removeEventListener(HANDOVER, onHandover);
}
