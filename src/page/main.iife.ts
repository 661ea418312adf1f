import { HANDOVER } from '../protocol/handover.ts';
import type { DownMessage, UpMessage } from '../protocol/message.ts';
import { fromMessagePort } from '../protocol/port.ts';
import type { DocumentInfo } from '../protocol/record.ts';
import { Sources } from './event-source/sources.ts';
import { install } from './install.ts';
import { Journal } from './journal.ts';
import { profileOf } from './managed/browser-profile.ts';
import { addEventListener, dispatchEvent, now, removeEventListener, toJson } from './pristine.ts';
import { publish } from './publish.ts';
import { run } from './run.ts';

/** 128 random bits in hex. `crypto.randomUUID` exists in secure contexts only. */
function random(): string {
  let text = '';
  for (const word of crypto.getRandomValues(new Uint32Array(4))) text += word.toString(16).padStart(8, '0');
  return text;
}

function start(): void {
  const { port1, port2 } = new MessageChannel();
  const farewell = random();
  const handover = new MessageEvent(HANDOVER, { data: farewell, ports: [port2], cancelable: true });
  if (dispatchEvent(document, handover)) return; // Nobody took it: this document has its page script already.

  const info: DocumentInfo = { id: random(), url: location.href, top: window === window.top, started: now() };
  const profile = profileOf(navigator.userAgent);
  const journal = new Journal(() => publisher.added());
  const sources = new Sources(journal);
  const uninstall = install(sources);

  const dismiss = () => {
    removeEventListener(window, 'pagehide', leave);
    publisher.stop();
    port.close();
    journal.close();
    uninstall();
  };
  const port = fromMessagePort<UpMessage, DownMessage>(port1);
  const publisher = publish(journal, info, port, (command) => run(command, sources, profile), dismiss);

  const leave = (event: Event) => {
    dispatchEvent(document, new MessageEvent(farewell, { data: toJson(publisher.farewell()) }));
    if ((event as PageTransitionEvent).persisted) return;
    // [spec] A document that is unloaded closes its event sources without any event.
    sources.each((_, { connection }) => connection?.close());
  };
  addEventListener(window, 'pagehide', leave);
}

start();
