import { MAX_DATA, type StreamRecord } from '../protocol/record.ts';
import { eventStream, type Tools } from '../stream/event-stream.ts';

/** Whose body it is. */
export interface Body {
  /** That its events have: of where the request came to, after all redirects. */
  origin: string;
  /** That the request carried: events go on with it until there is another one. */
  lastEventId: string;
  /** `message` events are to be told too. */
  withMessages: boolean;
}

const TOOLS: Tools = {
  slice: (text, from, to) => text.slice(from, to),
  indexOf: (text, part, from) => text.indexOf(part, from),
  lastIndexOf: (text, part) => text.lastIndexOf(part),
  max: Math.max,
  toCharacter: String.fromCharCode,
  utf8Decoder() {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return (bytes) => decoder.decode(bytes, { stream: true });
  },
};

/** Tells what the bytes of an event stream say, part by part, as Firefox reads them. Chunks may be cut anywhere. */
export function bodyParts(
  { origin, lastEventId, withMessages }: Body,
  tell: (part: StreamRecord) => void,
): (bytes: Uint8Array<ArrayBuffer>) => void {
  const tellLine = (type: 'comment' | 'retry' | 'id', text: string) =>
    tell({ type, value: cut(text), size: text.length });
  let last = lastEventId;
  const listener = {
    // [firefox] Without data, an `id:` does not become the last event ID (measured with 153).
    id: (id: string) => tellLine('id', id),
    event(event: string, data: string, id: string | undefined) {
      last = id ?? last;
      if (event === 'message' && !withMessages) return;
      const size = data.length;
      tell({
        type: 'dispatch',
        event: cut(event),
        data: cut(data),
        size,
        lastEventId: cut(last),
        origin,
        heard: false,
      });
    },
    retry: (time: number | undefined) => tellLine('retry', time === undefined ? '' : `${time}`),
    comment: (text: string) => tellLine('comment', text),
  };
  return eventStream(TOOLS, listener, { lineEndAfterMark: 'a line end', oddNulls: true });
}

const cut = (text: string): string => (text.length > MAX_DATA ? text.slice(0, MAX_DATA) : text);
