import { createParser } from 'eventsource-parser';

/** The parts of an event stream, as its blocks are completed. */
export interface StreamListener {
  /** A block set the id and had no data; with data, the id comes with the event. */
  id(id: string): void;
  /** [spec] "dispatch the event". `id` only where the block had one; `type` is 'message' where it had none. */
  event(type: string, data: string, id: string | undefined): void;
  /** [spec] "set the event stream's reconnection time to that integer", in milliseconds. */
  retry(time: number): void;
  comment(text: string): void;
}

/**
 * Reads the bytes of an event stream; resolves at its end, rejects when it breaks. After every step `isOver` may say
 * that nobody wants the rest: then nothing more is told.
 */
export async function readEventStream(
  body: ReadableStream<Uint8Array>,
  listener: StreamListener & { firstByte(): void },
  isOver: () => boolean,
): Promise<void> {
  const reader = body.getReader();
  // [spec] "Streams must be decoded using the UTF-8 decode algorithm", which strips one byte order mark. The parser
  // strips it; two strippers would strip two.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const feed = feeder(listener, isOver);
  let started = false;
  for (;;) {
    const { done, value } = await reader.read();
    // [spec] "Once the end of the file is reached, any pending data must be discarded."
    if (isOver() || done) return;
    if (!started) {
      started = true;
      listener.firstByte();
      if (isOver()) return;
    }
    feed(decoder.decode(value, { stream: true }));
  }
}

function feeder(listener: StreamListener, isOver: () => boolean): (text: string) => void {
  /** The id of a block of which we do not know yet whether it has data: the parser tells the id first. */
  let pending: string | undefined;
  const flush = () => {
    const id = pending;
    pending = undefined;
    if (id !== undefined) listener.id(id);
  };
  const parser = createParser({
    onId: (id) => {
      if (isOver()) return;
      flush();
      pending = id;
    },
    onEvent: ({ id, event, data }) => {
      if (isOver()) return;
      if (id === undefined) flush();
      pending = undefined;
      listener.event(event ?? 'message', data, id);
    },
    onRetry: (time) => {
      if (isOver()) return;
      flush();
      listener.retry(time);
    },
    onComment: (text) => {
      if (isOver()) return;
      flush();
      listener.comment(text);
    },
  });
  return (text) => {
    parser.feed(text);
    if (!isOver()) flush();
  };
}
