import browser, { type Runtime } from 'webextension-polyfill';
import { BRIDGE_PORT, DEVTOOLS_PORT, type DownMessage, type UpMessage, type WhoInspects } from '../protocol/message.ts';
import { fromRuntimePort } from '../protocol/port.ts';
import { inject, register, unregister } from './inject.ts';
import { Pipe } from './pipe.ts';

const pipe = new Pipe({
  register,
  unregister,
  inject,
  async isInspected(tab) {
    const question: WhoInspects = { type: 'who-inspects', tab };
    try {
      return (await browser.runtime.sendMessage(question)) === true;
    } catch {
      return false; // No DevTools page is open.
    }
  },
});

// Synchronously, at the start: an event that woke this background is only delivered to listeners that are there by then.
browser.runtime.onConnect.addListener((port: Runtime.Port) => {
  // What a port says of itself may come from a page's process; who opened it, the browser tells.
  const { sender } = port;
  // [chrome] Once a DevTools window was undocked, DevTools pages have a tab too, with the id -1 (TAB_ID_NONE).
  if (sender?.tab?.id !== undefined && sender.tab.id !== -1) {
    if (port.name === BRIDGE_PORT) void pipe.connectBridge(sender.tab.id, fromRuntimePort<DownMessage, unknown>(port));
    return;
  }
  const tab = Number(port.name.slice(DEVTOOLS_PORT.length));
  const isOurs = sender?.url?.startsWith(browser.runtime.getURL(''));
  if (isOurs && port.name.startsWith(DEVTOOLS_PORT) && Number.isInteger(tab)) {
    void pipe.connectDevtools(tab, fromRuntimePort<UpMessage, unknown>(port));
  }
});
