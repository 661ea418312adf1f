import type { Background } from '../../src/page/background.ts';
import { type BrowserProfile, CHROMIUM } from '../../src/page/managed/browser-profile.ts';

/** The browsers' own, but for a wait that a test can live with. */
export const QUICK: BrowserProfile = { ...CHROMIUM, reconnectionTime: 30 };

/** No extension is there to help: as in a page whose extension was removed. */
export const ALONE: Background = {
  expect: async () => undefined,
  answered() {},
  fate: async () => undefined,
  forget() {},
  hasServiceWorker: () => false,
};
