import { createParser } from 'eventsource-parser';
import { nullCharacters, withNull } from './null-characters.ts';

/** What is used of the realm, which may be a page's: then it must have been taken before the page could replace it. */
export interface Tools {
  slice(text: string, from: number, to?: number): string;
  indexOf(text: string, part: string, from?: number): number;
  lastIndexOf(text: string, part: string): number;
  max(a: number, b: number): number;
  toCharacter(code: number): string;
  /** [spec] "UTF-8 decode without BOM", chunk by chunk. */
  utf8Decoder(): (bytes: Uint8Array<ArrayBuffer>) => string;
}

/** Where browsers differ. */
export interface Quirks {
  /** What a line end right behind the byte order mark is. */
  lineEndAfterMark: 'a line end' | 'in the field name';
  /** Whether U+0000 has meanings beside the standard's; see null-characters.ts. */
  oddNulls: boolean;
}

/** The parts of an event stream, as its blocks are completed. */
export interface StreamListener {
  /** A block set the id and had no data; with data, the id comes with the event. */
  id(id: string): void;
  /** [spec] "dispatch the event". `id` only where the block had one; `type` is 'message' where it had none. */
  event(type: string, data: string, id: string | undefined): void;
  /** [spec] "set the event stream's reconnection time to that integer", in milliseconds; undefined: `retry:` was empty. */
  retry(time: number | undefined): void;
  comment(text: string): void;
}

/**
 * Interprets the bytes of an event stream, chunk by chunk. [spec] "Once the end of the file is reached, any pending data
 * must be discarded": whoever stops feeding needs to do nothing.
 */
export function eventStream(
  tools: Tools,
  listener: StreamListener,
  { lineEndAfterMark, oddNulls }: Quirks,
): (bytes: Uint8Array<ArrayBuffer>) => void {
  const { slice, lastIndexOf, max, toCharacter, utf8Decoder } = tools;
  /** The byte order mark, decoded. */
  const MARK = toCharacter(0xfeff);
  const decode = utf8Decoder();
  const feed = feeder(tools, listener);
  const asFirefox = nullCharacters(tools);
  // [spec] "Streams must be decoded using the UTF-8 decode algorithm", which strips one byte order mark: we do. The parser
  // strips one too: it gets one of its own.
  feed(MARK);
  let place: 'start' | 'after the mark' | 'further on' = 'start';
  /** The begin of a line whose end has not come. A sum of strings is cheap until somebody looks into it. */
  let rest = '';
  return (bytes) => {
    let text = decode(bytes);
    if (place === 'start' && text !== '') {
      place = slice(text, 0, 1) === MARK ? 'after the mark' : 'further on';
      if (place === 'after the mark') text = slice(text, 1);
    }
    if (place === 'after the mark' && text !== '') {
      place = 'further on';
      const first = slice(text, 0, 1);
      const isLineEnd = first === '\n' || first === '\r';
      // The line then has a field name that nobody knows.
      if (isLineEnd && lineEndAfterMark === 'in the field name') text = `?${slice(text, 1)}`;
    }
    const end = max(lastIndexOf(text, '\n'), lastIndexOf(text, '\r')) + 1;
    if (end === 0) {
      rest += text;
      return;
    }
    // Whole lines only, so that the parser keeps none, which it would do with methods that a page may have replaced.
    const lines = rest + slice(text, 0, end);
    feed(oddNulls ? asFirefox(lines) : lines);
    rest = slice(text, end);
  };
}

function feeder(tools: Tools, listener: StreamListener): (text: string) => void {
  /** The id of a block of which we do not know yet whether it has data: the parser tells the id first. */
  let pending: string | undefined;
  const flush = () => {
    const id = pending;
    pending = undefined;
    if (id !== undefined) listener.id(id);
  };
  const parser = createParser({
    onId: (id) => {
      flush();
      pending = withNull(tools, id);
    },
    onEvent: ({ id, event, data }) => {
      if (id === undefined) flush();
      pending = undefined;
      listener.event(event ?? 'message', data, id === undefined ? undefined : withNull(tools, id));
    },
    onRetry: (time) => {
      flush();
      listener.retry(time);
    },
    onComment: (text) => {
      flush();
      listener.comment(text);
    },
    onError: ({ type, value }) => {
      if (type !== 'invalid-retry' || value !== '') return;
      flush();
      listener.retry(undefined);
    },
  });
  return (text) => {
    parser.feed(text);
    flush();
  };
}
