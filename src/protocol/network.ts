/**
 * Facts: what the network did, as the browser tells its extensions (webRequest). They come from the background and not
 * from any page, so they can be trusted as far as the browser can. Times are the browser's, in epoch milliseconds.
 */
import type { RequestId } from './ask.ts';
import type { Milliseconds, StreamRecord } from './record.ts';
import type { Sender } from './sender.ts';

/** The browser's id of a request; it stays the same over redirects, and is unique while the browser runs. */
export type RequestKey = string;

/** Name, as it was sent, and value. */
export type Header = [name: string, value: string];

export type NetworkFact =
  /** Headers were sent (or would have been: a refused connection comes later). Once for each hop of redirects. */
  | {
      type: 'request';
      request: RequestKey;
      time: Milliseconds;
      /** When the browser began with it: before it looked for a connection. */
      started: Milliseconds;
      /** The document that asked; undefined for a shared worker or a service worker. */
      sender?: Sender;
      /** The document was prerendered: the tab has not come to it, and may never come. */
      prerendered?: true;
      /** Origin of whoever asked. */
      initiator?: string;
      /** Without fragment. */
      url: string;
      /** What the fragment was, where it is one that a managed connection or a witness marks its request with. */
      marker?: RequestId;
      method: string;
      headers: Header[];
    }
  | { type: 'redirect'; request: RequestKey; time: Milliseconds; status: number; to: string }
  /** The headers of the answer are there. */
  | {
      type: 'response';
      request: RequestKey;
      time: Milliseconds;
      status: number;
      /** `HTTP/1.1 200 OK`; a protocol is not told for HTTP/2 and later in every browser. */
      statusLine: string;
      headers: Header[];
      ip?: string;
      fromCache: boolean;
    }
  /** `error`: the browser's word for it; none where the answer ended as it should. */
  | { type: 'end'; request: RequestKey; time: Milliseconds; error?: string }
  /** [firefox] Its body goes through our tap from its first byte on: it can be reset in the network. */
  | { type: 'tapped'; request: RequestKey; time: Milliseconds }
  /** [firefox] The tap let go of it, and it goes on: it cannot be reset in the network any longer. */
  | { type: 'untapped'; request: RequestKey; time: Milliseconds }
  /**
   * [firefox] What the tap saw in the body since the last of these, in the order of the stream, whether the page listens or
   * not (`heard` is false). Of a document's request without its `message` events, which its page tells. `lost`: parts that
   * were too many to be told.
   */
  | { type: 'parts'; request: RequestKey; time: Milliseconds; parts: StreamRecord[]; lost: number }
  /** [firefox] On the user's command, the tap ended the answer as a lost connection would. The `end` comes after it. */
  | { type: 'reset'; request: RequestKey; time: Milliseconds };

/** The DevTools page asks the background to reset a request that is tapped; answers whether it did. */
export interface ResetRequest {
  type: 'reset-request';
  tab: number;
  request: RequestKey;
}
