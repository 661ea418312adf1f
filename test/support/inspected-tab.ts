import { Pipe } from '../../src/background/pipe.ts';
import { Relay } from '../../src/bridge/relay.ts';
import { createSession, type Session } from '../../src/devtools/session.ts';
import { Journal } from '../../src/page/journal.ts';
import { publish } from '../../src/page/publish.ts';
import type { Refusal } from '../../src/protocol/command.ts';
import type { DownMessage, UpMessage } from '../../src/protocol/message.ts';
import { fromMessagePort, fromRuntimePort } from '../../src/protocol/port.ts';
import type { DocumentInfo, SourceRecord } from '../../src/protocol/record.ts';
import { type RuntimePorts, runtimePorts } from './runtime-ports.ts';

const TAB = 7;

/** A document with everything of ours in it but the hook itself: records are made by hand. */
export interface FakeDocument {
  info: DocumentInfo;
  record(record: SourceRecord, source?: number): void;
  commands: DownMessage[];
  /** What the next commands are refused with. */
  refuse: Refusal | undefined;
  dismissed: boolean;
  /** As at `pagehide`: what is unsent goes at once, and the port dies. */
  unload(): void;
}

export interface InspectedTab {
  open(path: string, limits?: { entries: number; size: number }): FakeDocument;
  inspect(): Session;
  closeDevtools(): void;
  /** The service worker is stopped: all its ports close and its memory is gone. */
  stopBackground(): void;
  /** Sends whatever to the session as if a document's process had. */
  forge(message: unknown): void;
  registered: boolean;
}

/** The path of a tab, page to session, over real MessageChannels: only the browser around it is played. */
export function inspectedTab(): InspectedTab {
  let count = 0;
  const relays = new Set<Relay>();
  const ports = new Set<RuntimePorts>();
  let pipe = newPipe();
  let reached: ((message: unknown) => void) | undefined;
  let devtools: RuntimePorts | undefined;
  let inspecting = false;

  function newPipe(): Pipe {
    return new Pipe({
      async register() {
        tab.registered = true;
      },
      async unregister() {
        tab.registered = false;
      },
      async inject() {
        for (const relay of relays) relay.reopen();
        return true;
      },
      isInspected: async () => inspecting,
      async left() {},
    });
  }
  const pair = () => {
    const made = runtimePorts();
    ports.add(made);
    return made;
  };

  const tab: InspectedTab = {
    registered: false,
    open(path, limits) {
      const info: DocumentInfo = {
        id: (++count).toString(16).padStart(32, '0'),
        url: `http://127.0.0.1${path}`,
        top: !path.includes('frame'),
        started: Date.now(),
        entered: 'navigate',
        late: false,
      };
      const { port1, port2 } = new MessageChannel();
      let farewell: ((messages: UpMessage[]) => void) | undefined;
      const relay = new Relay(
        () => {
          const { ends } = pair();
          void pipe.connectBridge(TAB, { frame: info.top ? 0 : 1, document: info.id }, fromRuntimePort(ends[1]));
          reached = ends[0].postMessage;
          return fromRuntimePort(ends[0]);
        },
        async () => undefined,
      );
      relays.add(relay);
      const journal = new Journal(() => publisher.added(), limits);
      const port = fromMessagePort<UpMessage, DownMessage>(port1);
      const document: FakeDocument = {
        info,
        record: (record, source = 1) => journal.add(source, record),
        commands: [],
        refuse: undefined,
        dismissed: false,
        unload() {
          farewell?.(JSON.parse(publisher.farewell()) as UpMessage[]);
          relays.delete(relay);
          port1.close();
        },
      };
      const publisher = publish(journal, info, port, {
        run(command) {
          document.commands.push(command);
          const base = { type: 'outcome', document: info.id, command: command.command } as const;
          return document.refuse ? { ...base, ok: false, reason: document.refuse } : { ...base, ok: true };
        },
        manage() {},
        dismissed() {
          document.dismissed = true;
          relays.delete(relay);
          port1.close();
        },
      });
      relay.take(() => ({
        port: fromMessagePort(port2),
        onFarewell: (listener) => {
          farewell = listener;
        },
      }));
      return document;
    },
    inspect() {
      inspecting = true;
      return createSession({
        open() {
          if (!inspecting) return undefined;
          devtools = pair();
          void pipe.connectDevtools(TAB, fromRuntimePort(devtools.ends[1]));
          return fromRuntimePort(devtools.ends[0]);
        },
        manageNew: async () => true,
        reloadPage() {},
      });
    },
    closeDevtools() {
      inspecting = false;
      devtools?.ends[0].disconnect();
    },
    stopBackground() {
      pipe = newPipe();
      const old = [...ports];
      ports.clear();
      for (const dead of old) dead.kill();
    },
    forge: (message) => reached?.(message),
  };
  return tab;
}
