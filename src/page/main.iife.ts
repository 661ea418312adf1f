import type { AnswerMessage, AskMessage } from '../protocol/ask.ts';
import { HANDOVER } from '../protocol/handover.ts';
import type { DownMessage, UpMessage } from '../protocol/message.ts';
import { fromMessagePort } from '../protocol/port.ts';
import { background } from './background.ts';
import { watchBridge } from './bridge-watch.ts';
import { documentInfo, onAppearance } from './document-info.ts';
import { onDocumentOpen } from './document-open.ts';
import { isThere } from './event-source/native.ts';
import { Sources } from './event-source/sources.ts';
import { StandingOrders } from './faults/orders.ts';
import { install } from './install.ts';
import { Journal } from './journal.ts';
import { manageNewFromStart, onManageWord } from './manage-new.ts';
import { FIREFOX, profileOf } from './managed/browser-profile.ts';
import {
  addEventListener,
  cancelableMessage,
  dispatchEvent,
  isPrerendering,
  messageEvent,
  random,
  removeEventListener,
} from './pristine.ts';
import { type Orders, publish } from './publish.ts';
import { run } from './run.ts';
import { hasServiceWorker } from './service-worker.ts';
import { taskQueue } from './task-queue.ts';
import { watchUncaught } from './uncaught.ts';
import { runWitness, witnesses } from './witness.ts';

function start(): void {
  if (!isThere) return;
  const { port1, port2 } = new MessageChannel();
  const farewell = random();
  const handover = new MessageEvent(HANDOVER, { data: farewell, ports: [port2], cancelable: true });
  if (dispatchEvent(document, handover)) return; // Nobody took it: this document has its page script already.

  const info = documentInfo();
  const port = fromMessagePort<UpMessage | AskMessage, DownMessage | AnswerMessage>(port1);
  const journal = new Journal(() => publisher.added());
  const sources = new Sources(journal);
  const profile = profileOf(navigator.userAgent);
  const ground = {
    profile,
    queue: taskQueue(),
    background: background(port, hasServiceWorker, profile.failedByWorker),
    orders: new StandingOrders(
      profile,
      (id) => sources.isEnded(id),
      (inForce) => publisher.inForce(inForce),
    ),
  };
  const leaveAll = () => sources.each((_, { connection }) => connection?.leave());
  const listenLast = () => {
    removeEventListener(window, 'pagehide', leave);
    addEventListener(window, 'pagehide', leave);
  };
  const leave = (event: Event) => {
    // A document that goes for good ends its sources when its own handlers have run.
    if (!(event as PageTransitionEvent).persisted) {
      leaveAll();
      // It is no candidate for the back/forward cache any more, which such a listener would keep it out of.
      addEventListener(window, 'unload', leaveAll);
    }
    dispatchEvent(document, messageEvent(farewell, publisher.farewell(), '', ''));
  };
  // It cancels what it takes.
  const hasBridge = () => !dispatchEvent(document, cancelableMessage(farewell, '[]'));
  const hook = install(sources, ground, manageNewFromStart(), listenLast);
  const forgetWord = onManageWord(() => {
    hook.manageNew = true;
  });
  listenLast();
  const forgetOpening = onDocumentOpen(listenLast);

  const hidden = isPrerendering();
  const seconds = witnesses(ground);
  const orders: Orders = {
    run: (command) => runWitness(command, sources, seconds) ?? run(command, sources, ground),
    manage(on) {
      forgetWord();
      hook.manageNew = on;
    },
    dismissed() {
      removeEventListener(window, 'pagehide', leave);
      forgetOpening();
      forgetWord();
      forgetBridge?.();
      forgetAppearance?.();
      ground.orders.removeAll();
      seconds.closeAll();
      forgetUncaught();
      publisher.stop();
      journal.close();
      hook.manageNew = false;
      // A source that we drive goes on asking the background for what it needs.
      if (!hook.uninstall()) port.close();
    },
  };
  const publisher = publish(journal, info, port, orders, hidden);
  const forgetUncaught = watchUncaught(port, info.id);
  const forgetBridge = ground.profile === FIREFOX ? watchBridge(hasBridge, orders.dismissed) : undefined;
  const forgetAppearance = hidden ? onAppearance(info, publisher.appear) : undefined;
}

start();
