import type { Milliseconds } from '../../src/protocol/record.ts';

/** These run in a page, as text: they can use nothing of this module but types. */

export interface Reading {
  /** From the first event that counts to the last one. */
  time: Milliseconds;
  /** UTF-16 code units of all data. */
  characters: number;
  /** FNV-1a of the data of all events, in order. */
  hash: number;
  /** The longest time for which the page could do nothing else. */
  longestGap: Milliseconds;
}

export interface ReadOptions {
  url: string;
  /** How many events the stream has. */
  count: number;
  /** The clock starts at this one; with 0, before the source is constructed. */
  from: number;
  /** Hashes the data, and watches for gaps: for streams where that costs less than what is looked for. */
  closely: boolean;
  /** One that counts, and before it others that do nothing. */
  listeners: number;
}

/** Reads a stream to its last event with a listener that does as little as a page can. */
export async function read({ url, count, from, closely, listeners }: ReadOptions): Promise<Reading> {
  await fetch(url, { method: 'HEAD' });
  let longestGap = 0;
  let last = performance.now();
  const { port1, port2 } = new MessageChannel();
  if (closely) {
    port1.onmessage = () => {
      const now = performance.now();
      longestGap = Math.max(longestGap, now - last);
      last = now;
      port2.postMessage(null);
    };
    port2.postMessage(null);
  }
  let hash = 0x811c9dc5;
  const take = (text: string) => {
    for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  };
  let start = performance.now();
  let seen = 0;
  let characters = 0;
  const kept: string[] = [];
  const source = new EventSource(url);
  for (let added = 1; added < listeners; added++) source.addEventListener('message', () => {});
  const time = await new Promise<Milliseconds>((resolve) => {
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      characters += data.length;
      if (closely) kept.push(data);
      if (++seen === from) start = performance.now();
      if (seen === count) resolve(performance.now() - start);
    });
  });
  source.close();
  port1.close();
  for (const data of kept) take(data);
  return { time, characters, hash: hash >>> 0, longestGap };
}

/** What putting a script into this document takes: parse, compile, run. */
export function install(bridge: string, script: string): Milliseconds {
  const put = (text: string): Milliseconds => {
    const element = document.createElement('script');
    element.text = text;
    const start = performance.now();
    document.head.append(element);
    return performance.now() - start;
  };
  put(bridge);
  return put(script);
}

/** Becomes the panel of this document: what is recorded is sent on, as JSON, as to a background, and confirmed. */
export async function subscribe(version: number): Promise<void> {
  const hello = window.heard('hello');
  window.say({ type: 'greet' });
  const { document, last } = await hello;
  window.listen((message) => {
    JSON.stringify(message);
    if (message.type !== 'entries') return;
    // The last entry's; to read all of them is the business of another process.
    const { entries } = message;
    const seq = Number.parseInt(entries.slice(entries.lastIndexOf('{"seq":') + '{"seq":'.length), 10);
    window.say({ type: 'received', document: document.id, seq });
  });
  window.say({ type: 'subscribe', version, after: { [document.id]: last } });
}
