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

if (globalThis.sseLifelineRelay) {
  globalThis.sseLifelineRelay.reopen();
} else {
  const relay = new Relay(openWay);
  globalThis.sseLifelineRelay = relay;
  accept((page) => relay.take(page));
  // [chrome] Ports are closed when a document enters the back/forward cache.
  addEventListener('pageshow', (event) => {
    if (event.persisted) relay.reopen();
  });
}
