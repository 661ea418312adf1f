import type { AnswerMessage, AskMessage } from '../protocol/ask.ts';
import { HANDOVER } from '../protocol/handover.ts';
import type { DownMessage, UpMessage } from '../protocol/message.ts';
import { fromMessagePort, type Port } from '../protocol/port.ts';

/** The page script of this document, as the bridge knows it. */
export interface PageEnd {
  port: Port<DownMessage | AnswerMessage, UpMessage | AskMessage>;
  /** Calls `listener` with the page's last messages, at once, while the document is unloaded. */
  onFarewell(listener: (messages: UpMessage[]) => void): void;
}

/**
 * Waits for page scripts to hand over their port (see protocol/handover.ts). `take` answers whether it takes it: there
 * is one page script for each document, and a second injection finds out here that it is one too many.
 */
export function accept(take: (page: () => PageEnd) => boolean): void {
  document.addEventListener(HANDOVER, (event) => {
    if (!(event instanceof MessageEvent)) return;
    const [port] = event.ports;
    const farewell: unknown = event.data;
    if (!port || typeof farewell !== 'string') return;
    event.stopImmediatePropagation();
    const taken = take(() => ({
      port: fromMessagePort(port),
      onFarewell(listener) {
        document.addEventListener(farewell, (last) => {
          if (!(last instanceof MessageEvent)) return;
          last.stopImmediatePropagation();
          listener(JSON.parse(String(last.data)) as UpMessage[]);
        });
      },
    }));
    if (taken) event.preventDefault();
  });
}
