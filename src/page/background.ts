import type { Answer, AnswerMessage, Ask, AskMessage, Fate, RequestId } from '../protocol/ask.ts';
import type { DownMessage } from '../protocol/message.ts';
import type { Port } from '../protocol/port.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { bare, clearTimeout, dictionary, Promised, setTimeout } from './pristine.ts';

/** A connection waits no longer for help than this: then it goes on without. */
const PATIENCE: Milliseconds = 2000;

/** What the extension's background does for a managed connection; see protocol/ask.ts. */
export interface Background {
  expect(request: RequestId, url: string, lastEventId?: string): Promise<{ resumed: boolean } | undefined>;
  answered(request: RequestId): void;
  fate(request: RequestId): Promise<Fate | undefined>;
  forget(request: RequestId): void;
  /** Does a service worker of the page see, and perhaps answer, the requests of this document? */
  hasServiceWorker(): boolean;
}

/** Asks through the bridge, on `port`. */
export function background(
  port: Port<AskMessage, AnswerMessage | DownMessage>,
  hasServiceWorker: () => boolean,
  failedByWorker: Fate | undefined,
): Background {
  const asked = dictionary<(answer: Answer | undefined) => void>();
  let count = 0;
  port.onMessage((message) => {
    if (message.type === 'answer') asked[message.number]?.(message.answer);
  });
  const tell = (ask: Ask) => port.post({ type: 'ask', number: ++count, ask });
  const question = (ask: Ask) =>
    new Promised<Answer | undefined>((done) => {
      tell(ask);
      const number = count;
      const settle = (answer?: Answer) => {
        delete asked[number];
        clearTimeout(timer);
        // A promise asks what it is resolved with for `then`, which a page may have put on every object.
        done(answer && bare(answer));
      };
      const timer = setTimeout(settle, PATIENCE);
      asked[number] = settle;
    });
  return {
    async expect(request, url, lastEventId) {
      const answer = await question({
        type: 'expect',
        request,
        url,
        ...(lastEventId === undefined ? {} : { lastEventId }),
      });
      return answer?.type === 'expected' ? answer : undefined;
    },
    async fate(request) {
      const answer = await question({ type: 'fate', request });
      const fate = answer?.type === 'fate' ? answer.fate : undefined;
      // What a service worker answers never comes to the network.
      return (fate === 'unseen' || fate === undefined) && hasServiceWorker() ? failedByWorker : fate;
    },
    answered: (request) => tell({ type: 'answered', request }),
    forget: (request) => tell({ type: 'forget', request }),
    hasServiceWorker,
  };
}
