/**
 * One end of a two-way path. Every hop from page to panel has this shape, so that the whole path also runs in a test,
 * over MessageChannels and without a browser.
 */
export interface Port<Out, In> {
  /** Sends, or does nothing when the other end is gone. */
  post(message: Out): void;
  /** Calls `listener` for each message. Returns the undo. */
  onMessage(listener: (message: In) => void): () => void;
  /** Calls `listener` once, when the other end goes away; never after `close()` from this side. */
  onClose(listener: () => void): void;
  close(): void;
}

// Taken when this module is loaded: in a page that is before any of its scripts, which may patch the prototypes later
// to read what passes here.
const { call } = Function.prototype;
const post: (port: MessagePort, message: unknown) => void = call.bind(MessagePort.prototype.postMessage);
const start: (port: MessagePort) => void = call.bind(MessagePort.prototype.start);
const close: (port: MessagePort) => void = call.bind(MessagePort.prototype.close);
const listen: (port: MessagePort, type: string, handler: (event: MessageEvent) => void) => void = call.bind(
  EventTarget.prototype.addEventListener,
);
const unlisten: typeof listen = call.bind(EventTarget.prototype.removeEventListener);
const getData = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data')?.get;
const dataOf: (event: MessageEvent) => unknown = getData ? call.bind(getData) : (event) => event.data;

/** A MessagePort never tells that its other end is gone: `onClose` does not fire. */
export function fromMessagePort<Out, In>(port: MessagePort): Port<Out, In> {
  return {
    post: (message) => post(port, message),
    onMessage(listener) {
      const handler = (event: MessageEvent) => listener(dataOf(event) as In);
      listen(port, 'message', handler);
      start(port);
      return () => unlisten(port, 'message', handler);
    },
    onClose() {},
    close: () => close(port),
  };
}

/** What we use of an extension's `runtime.Port`; the browser's own and the polyfill's both fit. */
interface RuntimePort {
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: Listeners<(message: unknown) => void>;
  onDisconnect: Listeners<() => void>;
}

interface Listeners<Listener> {
  addListener(listener: Listener): void;
  removeListener(listener: Listener): void;
}

export function fromRuntimePort<Out, In>(port: RuntimePort): Port<Out, In> {
  let open = true;
  const closed: (() => void)[] = [];
  port.onDisconnect.addListener(() => {
    open = false;
    for (const listener of closed.splice(0)) listener();
  });
  return {
    post(message) {
      if (!open) return;
      try {
        port.postMessage(message);
      } catch {
        // [chrome] A port whose other end has just gone throws "Attempting to use a disconnected port object" before
        // onDisconnect tells us. The journal still has the entries: the next subscribe asks for them again.
        open = false;
      }
    },
    onMessage(listener) {
      const handler = (message: unknown) => listener(message as In);
      port.onMessage.addListener(handler);
      return () => port.onMessage.removeListener(handler);
    },
    onClose: (listener) => closed.push(listener),
    close() {
      open = false;
      closed.length = 0;
      try {
        port.disconnect();
      } catch {
        // [chrome] "Extension context invalidated": once the extension has gone, also for a port that was closed before.
      }
    },
  };
}
