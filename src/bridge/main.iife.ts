import type { Answer, Ask } from '../protocol/ask.ts';
import { BRIDGE_PORT, type DownMessage, type UpMessage } from '../protocol/message.ts';
import { fromRuntimePort } from '../protocol/port.ts';
import { accept, listen } from './accept.ts';
import { Relay } from './relay.ts';
import { isStopgap } from './stopgap.ts';

// In the isolated world of this extension, which no page can see.
declare global {
  var sseLifelineRelay: Relay | undefined;
}

function openWay() {
  try {
    return fromRuntimePort<UpMessage, DownMessage>(chrome.runtime.connect({ name: BRIDGE_PORT }));
  } catch {
    return undefined; // [chrome] "Extension context invalidated".
  }
}

async function ask(question: Ask): Promise<Answer | undefined> {
  try {
    return await chrome.runtime.sendMessage({ type: 'ask', ask: question });
  } catch {
    return undefined; // The extension has gone: the page script helps itself.
  }
}

/** [chrome] The extension was reloaded, updated or removed: its scripts live on without it, each in a world of its own. */
const isGone = () => chrome.runtime?.id === undefined;

if (globalThis.sseLifelineRelay) {
  globalThis.sseLifelineRelay.reopen();
} else if (!isStopgap()) {
  const leave = () => {
    stopAccepting();
    stopListening();
  };
  const relay = new Relay(openWay, ask, leave);
  globalThis.sseLifelineRelay = relay;
  // [chrome] Ports are closed when a document enters the back/forward cache.
  const stopListening = listen(window, 'pageshow', (event) => {
    if ((event as PageTransitionEvent).persisted) relay.reopen();
  });
  const stopAccepting = accept((page) => {
    if (!isGone()) return relay.take(page);
    relay.leave();
    return 'gone';
  });
}
