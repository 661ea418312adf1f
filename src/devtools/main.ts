import browser from 'webextension-polyfill';
import type { ManageNew } from '../protocol/ask.ts';
import {
  DEVTOOLS_PORT,
  type Delivery,
  type DownMessage,
  type Enter,
  QUIET,
  type WhoInspects,
} from '../protocol/message.ts';
import type { RequestKey, ResetRequest } from '../protocol/network.ts';
import type { AllowedNow, ShowPermissions, WhatIsAllowed } from '../protocol/permissions.ts';
import { fromRuntimePort } from '../protocol/port.ts';
import type { Host } from './attach.ts';
import { keepPermissions } from './permissions.ts';
import { createSession } from './session.ts';
import { keepSettings, type Storage } from './settings.ts';

const { inspectedWindow, network, panels } = browser.devtools;
const tab = inspectedWindow.tabId;

function open() {
  // Before it starts a background, which then listens for requests from its very start: none is missed.
  localStorage.removeItem(QUIET);
  try {
    return fromRuntimePort<DownMessage, Delivery>(browser.runtime.connect({ name: `${DEVTOOLS_PORT}${tab}` }));
  } catch {
    // The extension was reloaded or removed. [chrome] closes DevTools then (measured with 156): nobody is left to tell.
    return undefined;
  }
}

async function manageNew(on: boolean): Promise<boolean> {
  const message: ManageNew = { type: 'manage-new', tab, on };
  try {
    return (await browser.runtime.sendMessage(message)) === true;
  } catch {
    return false; // As above.
  }
}

async function resetRequest(request: RequestKey): Promise<boolean> {
  const message: ResetRequest = { type: 'reset-request', tab, request };
  try {
    return (await browser.runtime.sendMessage(message)) === true;
  } catch {
    return false; // As above.
  }
}

const session = createSession({ open, manageNew, resetRequest, reloadPage: () => void inspectedWindow.reload() });

browser.runtime.onMessage.addListener((message: unknown) => {
  const { type, tab: asked } = message as WhoInspects;
  // Only the page that inspects the tab may answer; the others must not answer at all.
  return type === 'who-inspects' && asked === tab ? Promise.resolve(true) : undefined;
});

function enter(): void {
  const message: Enter = { type: 'enter', tab };
  browser.runtime.sendMessage(message).then(
    (entered) => session.access(entered === true),
    () => {}, // No answer: the extension has gone (see `open`).
  );
}

// A document that starts gets the scripts by itself. One that was there before DevTools, and comes to be shown now, does
// not: it was in the back/forward cache, or it had been prerendered.
network.onNavigated.addListener(enter);

/** [chrome] 99; the polyfill's types do not know it. [firefox] has the event instead. */
interface Themed {
  setThemeChangeHandler?(handler: (theme: string) => void): void;
  onThemeChanged?: { addListener(handler: (theme: string) => void): void };
}
const themeOf = (name: string) => (name === 'dark' ? 'dark' : 'light');

const SETTINGS = 'settings';
const storage: Storage = {
  read: async () => (await browser.storage.local.get(SETTINGS))[SETTINGS],
  write: (settings) => browser.storage.local.set({ [SETTINGS]: settings }),
  watch: (listener) =>
    browser.storage.local.onChanged.addListener(({ [SETTINGS]: change }) => change && listener(change.newValue)),
};

const settings = keepSettings(storage, crypto.randomUUID());
settings.subscribe(() => session.limit(settings.value.limits));

const permissions = keepPermissions({
  read: () => browser.runtime.sendMessage({ type: 'what-is-allowed' } satisfies WhatIsAllowed),
  watch: (listener) =>
    browser.runtime.onMessage.addListener((message: unknown) => {
      const { type, permissions } = message as AllowedNow;
      if (type !== 'allowed-now') return undefined;
      listener(permissions);
      // Into the document that the tab shows; or it is told that this is over.
      enter();
      return undefined;
    }),
  show: () => void browser.runtime.sendMessage({ type: 'show-permissions' } satisfies ShowPermissions),
  showsOwn: browser.runtime.getManifest().options_ui !== undefined,
});

const host: Host = {
  theme: themeOf(panels.themeName),
  language: browser.i18n.getUILanguage(),
  message: (key, substitutions) => browser.i18n.getMessage(key, substitutions),
  settings,
  permissions,
};

const panel = await panels.create(browser.i18n.getMessage('panelTitle'), '/icons/32.png', '/src/panel/panel.html');
let view: Window | undefined;
let isShown = false;
const show = () => {
  if (!view) return;
  if (view.attach) view.attach(session, host);
  else view.pending = { session, host };
  if (!isShown) view.hide?.();
};
panel.onShown.addListener((window) => {
  view = window as unknown as Window;
  isShown = true;
  show();
});
panel.onHidden.addListener(() => {
  isShown = false;
  view?.hide?.();
});
const changeTheme = (theme: string) => {
  host.theme = themeOf(theme);
  show();
};
const themed: Themed = panels;
themed.setThemeChangeHandler?.(changeTheme);
themed.onThemeChanged?.addListener(changeTheme);
