import browser, { type Runtime } from 'webextension-polyfill';
import type { ManageNew } from '../protocol/ask.ts';
import {
  BRIDGE_PORT,
  DEVTOOLS_PORT,
  type Delivery,
  type DownMessage,
  type Enter,
  type WhoInspects,
} from '../protocol/message.ts';
import type { ResetRequest } from '../protocol/network.ts';
import { parseAsk } from '../protocol/parse.ts';
import { fromRuntimePort } from '../protocol/port.ts';
import type { Milliseconds } from '../protocol/record.ts';
import { help } from './helper.ts';
import { enter, inject, isRegistered, register, unregister } from './inject.ts';
import { forgetUninspected, manageNew } from './manage-new.ts';
import { NetworkObserver } from './network-observer.ts';
import { originOf } from './origin.ts';
import { answerOf, watchPermissions } from './permissions.ts';
import { Pipe } from './pipe.ts';
import { isQuiet, setQuiet } from './quiet.ts';
import { removeResumeHeaders } from './resume-header.ts';
import { soon } from './soon.ts';
import { StreamTap } from './stream-tap.ts';

async function isInspected(tab: number): Promise<boolean> {
  const question: WhoInspects = { type: 'who-inspects', tab };
  try {
    return (await browser.runtime.sendMessage(question)) === true;
  } catch {
    return false; // No DevTools page is open.
  }
}

/** DevTools pages connect again as soon as their port to the background before this one was closed. */
const SETTLED: Milliseconds = 5000;

const pipe = new Pipe({
  register() {
    setQuiet(false);
    observer.start();
    tap.start();
    return register();
  },
  unregister() {
    setQuiet(true);
    observer.stop();
    tap.stop();
    return unregister();
  },
  inject,
  isInspected,
  left(tab) {
    tap.release((asker) => !pipe.isInspected(asker));
    return manageNew(tab, false);
  },
});
const observer = new NetworkObserver((fact, tab) => {
  tap.note(fact);
  pipe.network(fact, tab);
});

let isSettled = false;
const tap = new StreamTap({
  told: (fact, tab) => pipe.network(fact, tab),
  isInspected(asker) {
    if (isSettled || pipe.isInspected(asker)) return pipe.isInspected(asker);
    const { tab } = asker;
    return soon(tab === undefined ? () => pipe.isInspected(asker) : isInspected(tab));
  },
});

// Before anything else is waited for: it may be a request that woke us.
if (!isQuiet()) {
  observer.start();
  tap.start();
}
watchPermissions();
void isRegistered().then((inspected) => {
  if (inspected || pipe.inspects) return;
  setQuiet(true);
  observer.stop();
  tap.stop();
});
setTimeout(() => {
  isSettled = true;
  pipe.settled();
}, SETTLED);
browser.permissions.onAdded.addListener(() => tap.permitted('granted'));
browser.permissions.onRemoved.addListener(() => tap.permitted('revoked'));
// [firefox] Streams that pass through us go on without us.
browser.runtime.onSuspend?.addListener(() => tap.release());
void removeResumeHeaders();
void forgetUninspected(isInspected);

// Synchronously, at the start: an event that woke this background is only delivered to listeners that are there by then.
browser.runtime.onConnect.addListener((port: Runtime.Port) => {
  // What a port says of itself may come from a page's process; who opened it, the browser tells.
  const { sender } = port;
  const content = tabOf(sender);
  if (content !== undefined) {
    if (port.name !== BRIDGE_PORT) return;
    const { documentId: document, documentLifecycle, origin = originOf(sender?.url) } = (sender ?? {}) as Details;
    const from = { frame: sender?.frameId ?? 0, document, prerendered: documentLifecycle === 'prerender' };
    void pipe.connectBridge(content, from, fromRuntimePort<DownMessage, unknown>(port), origin);
    return;
  }
  const tab = Number(port.name.slice(DEVTOOLS_PORT.length));
  if (isOurs(sender) && port.name.startsWith(DEVTOOLS_PORT) && Number.isInteger(tab)) {
    void pipe.connectDevtools(tab, fromRuntimePort<Delivery, unknown>(port));
  }
});

browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
  const { type } = message as { type?: unknown };
  const tab = tabOf(sender);
  if (type === 'ask' && tab !== undefined) {
    const ask = parseAsk((message as { ask: unknown }).ask);
    return ask && help(ask, { tab, frame: sender.frameId ?? 0, document: sender.url ?? '' });
  }
  if (type === 'manage-new' && tab === undefined && isOurs(sender)) {
    const { tab, on } = message as ManageNew;
    return manageNew(tab, on).then(() => true);
  }
  if (type === 'reset-request' && tab === undefined && isOurs(sender)) {
    return Promise.resolve(tap.reset((message as ResetRequest).request));
  }
  if (type === 'enter' && tab === undefined && isOurs(sender)) return enter((message as Enter).tab);
  return tab === undefined && isOurs(sender) ? answerOf(message as { type?: unknown }) : undefined;
});

/** The tab of a content script. [chrome] Once DevTools was undocked, its pages have one too: -1 (TAB_ID_NONE). */
function tabOf(sender: Runtime.MessageSender | undefined): number | undefined {
  const id = sender?.tab?.id;
  return id === -1 ? undefined : id;
}

/** [chrome] 106 and later tell these; the polyfill's types do not know them yet. */
interface Details {
  origin?: string;
  documentId?: string;
  documentLifecycle?: string;
}

function isOurs(sender: Runtime.MessageSender | undefined): boolean {
  return sender?.url?.startsWith(browser.runtime.getURL('')) === true;
}
