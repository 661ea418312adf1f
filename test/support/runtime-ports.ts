import { MessageChannel } from 'node:worker_threads';

type Listener<T> = (value: T) => void;

/** One end, as `runtime.connect()` and `runtime.onConnect` give it. */
export interface RuntimeEnd {
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: { addListener(listener: Listener<unknown>): void; removeListener(listener: Listener<unknown>): void };
  onDisconnect: { addListener(listener: () => void): void; removeListener(listener: () => void): void };
}

export interface RuntimePorts {
  /** Of whoever connected, and of whom it connected to. */
  ends: [RuntimeEnd, RuntimeEnd];
  /** The process of the second end is stopped: what is under way is lost, and the first end hears of the disconnect. */
  kill(): void;
}

/** What an end says last. */
const DISCONNECT = '';

/**
 * A pair of extension ports over a real MessageChannel: asynchronous, in order, and JSON in between as in Chrome. As in
 * a browser, `disconnect()` tells the other end only, after what was posted before it, and posting on a dead port throws.
 */
export function runtimePorts(): RuntimePorts {
  const { port1, port2 } = new MessageChannel();
  const ports = [port1, port2];
  const alive = [true, true];
  const disconnected: Set<() => void>[] = [new Set(), new Set()];
  const die = (end: number) => {
    if (!alive[end]) return;
    alive[end] = false;
    for (const listener of disconnected[end] ?? []) queueMicrotask(listener);
  };
  const ends = ports.map((port, index): RuntimeEnd => {
    const listeners = new Set<Listener<unknown>>();
    port.on('message', (text: string) => {
      if (!alive[index]) return;
      if (text !== DISCONNECT) for (const listener of listeners) listener(JSON.parse(text));
      else {
        die(index);
        port.close();
      }
    });
    return {
      postMessage(message) {
        if (!alive[index]) throw new Error('Attempting to use a disconnected port object');
        port.postMessage(JSON.stringify(message));
      },
      disconnect() {
        if (!alive[index]) return;
        alive[index] = false;
        port.postMessage(DISCONNECT);
      },
      onMessage: {
        addListener: (listener) => void listeners.add(listener),
        removeListener: (listener) => void listeners.delete(listener),
      },
      onDisconnect: {
        addListener: (listener) => void disconnected[index]?.add(listener),
        removeListener: (listener) => void disconnected[index]?.delete(listener),
      },
    };
  });
  return {
    ends: ends as [RuntimeEnd, RuntimeEnd],
    kill() {
      alive[1] = false;
      die(0);
      for (const port of ports) port.close();
    },
  };
}
