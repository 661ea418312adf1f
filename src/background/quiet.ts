import { QUIET } from '../protocol/message.ts';

/**
 * Whether nobody inspected anything when the background was stopped. [firefox] What listens for requests while the
 * background starts goes on starting it after it was stopped, whether or not it stopped to listen, until one start later
 * it does not listen. That has to be known at the very start, when nothing can be waited for. In Chromium, whose service
 * worker has no such storage, it is enough to stop.
 */
const store = (globalThis as { localStorage?: Storage }).localStorage;

export const isQuiet = (): boolean => store?.getItem(QUIET) === 'yes';

export function setQuiet(quiet: boolean): void {
  if (quiet) store?.setItem(QUIET, 'yes');
  else store?.removeItem(QUIET);
}
