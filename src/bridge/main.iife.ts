import type { Answer, Ask } from '../protocol/ask.ts';
import { BRIDGE_PORT, type DownMessage, type UpMessage } from '../protocol/message.ts';
import { fromRuntimePort } from '../protocol/port.ts';
import { accept } from './accept.ts';
import { Relay } from './relay.ts';

// In the isolated world of this extension, which no page can see.
declare global {
  var sseLifelineRelay: Relay | undefined;
}

function openWay() {
  try {
    return fromRuntimePort<UpMessage, DownMessage>(chrome.runtime.connect({ name: BRIDGE_PORT }));
  } catch {
    // [chrome] "Extension context invalidated": the extension was reloaded or removed. This bridge goes quiet for good;
    // the panel of the new one asks the user to reload the page.
    return undefined;
  }
}

async function ask(question: Ask): Promise<Answer | undefined> {
  try {
    return await chrome.runtime.sendMessage({ type: 'ask', ask: question });
  } catch {
    return undefined; // The extension has gone: the page script helps itself.
  }
}

if (globalThis.sseLifelineRelay) {
  globalThis.sseLifelineRelay.reopen();
} else {
  const relay = new Relay(openWay, ask);
  globalThis.sseLifelineRelay = relay;
  accept((page) => relay.take(page));
  // [chrome] Ports are closed when a document enters the back/forward cache.
  addEventListener('pageshow', (event) => {
    if (event.persisted) relay.reopen();
  });
}
