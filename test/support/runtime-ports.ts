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
  ends: [RuntimeEnd, RuntimeEnd];
  /** Takes both ends down, as when the process of one of them is stopped; what is under way is lost. */
  kill(): void;
}

/**
 * A pair of extension ports over a real MessageChannel: asynchronous, in order, and JSON in between as in Chrome. As in
 * a browser, `disconnect()` tells the other end only, and posting on a dead port throws.
 */
export function runtimePorts(): RuntimePorts {
  const { port1, port2 } = new MessageChannel();
  let alive = true;
  const disconnected: Set<() => void>[] = [new Set(), new Set()];
  const down = (ends: number[]) => {
    if (!alive) return;
    alive = false;
    port1.close();
    port2.close();
    for (const end of ends) for (const listener of disconnected[end] ?? []) queueMicrotask(listener);
  };
  const ends = [port1, port2].map((port, index): RuntimeEnd => {
    const listeners = new Set<Listener<unknown>>();
    port.on('message', (text: string) => {
      if (alive) for (const listener of listeners) listener(JSON.parse(text));
    });
    return {
      postMessage(message) {
        if (!alive) throw new Error('Attempting to use a disconnected port object');
        port.postMessage(JSON.stringify(message));
      },
      disconnect: () => down([1 - index]),
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
  return { ends: ends as [RuntimeEnd, RuntimeEnd], kill: () => down([0, 1]) };
}
