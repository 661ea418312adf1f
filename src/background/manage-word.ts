import browser, { type WebRequest } from 'webextension-polyfill';
import word from '../page/manage-word.iife.ts?script&iife';
import type { Milliseconds } from '../protocol/record.ts';
import { IS_FIREFOX } from './is-firefox.ts';

const PREFIX = 'manage-word-';
/** From the end of a document's answer until its scripts run. */
const LATE: Milliseconds = 2000;
const FILTER: WebRequest.RequestFilter = { urls: ['<all_urls>'], types: ['main_frame', 'sub_frame'] };

/** [firefox] Match patterns have no ports, and take `*` for anything. */
function patternOf(url: string): string | undefined {
  try {
    const { protocol, hostname, pathname, search } = new URL(url);
    return /^https?:$/.test(protocol) ? `${protocol}//${hostname}${pathname}${search}` : undefined;
  } catch {
    return undefined;
  }
}

/**
 * [firefox] Tells frames of other origins than the one that they are in, and documents that came in the clear, nothing of
 * what their answers said of them: not the metric either, by which documents learn that their new connections are to be
 * managed. For them, a script is registered for the document's URL when it is asked for, and for as long as it loads.
 *
 * Where the user has granted `webRequestBlocking` the answer waits until the script is there. Else it is a race between a
 * registration within the machine and the answer of a server (of one on the same, loaded machine it was lost twice). A
 * document of another tab that loads the same URL in the same moment hears the word as well, until it is dismissed.
 */
export class ManageWord {
  readonly #isManaged: (tab: number) => Promise<boolean>;
  #started = false;

  constructor(isManaged: (tab: number) => Promise<boolean>) {
    this.#isManaged = isManaged;
  }

  /** Does nothing if it is started, or where the metric is told to all. */
  async start(): Promise<void> {
    if (this.#started || !IS_FIREFOX) return;
    this.#started = true;
    const { onBeforeRequest, onCompleted, onErrorOccurred } = browser.webRequest;
    // Which of both it is is asked of the browser first, and then is too late for a request that woke us.
    onBeforeRequest.addListener(this.#asked, FILTER);
    onCompleted.addListener(this.#ended, FILTER);
    onErrorOccurred.addListener(this.#ended, FILTER);
    if (!(await browser.permissions.contains({ permissions: ['webRequestBlocking'] })) || !this.#started) return;
    onBeforeRequest.removeListener(this.#asked);
    onBeforeRequest.addListener(this.#asked, FILTER, ['blocking']);
  }

  stop(): void {
    if (!this.#started) return;
    this.#started = false;
    const { onBeforeRequest, onCompleted, onErrorOccurred } = browser.webRequest;
    onBeforeRequest.removeListener(this.#asked);
    onCompleted.removeListener(this.#ended);
    onErrorOccurred.removeListener(this.#ended);
  }

  readonly #asked = async ({
    tabId,
    requestId,
    url,
  }: WebRequest.OnBeforeRequestDetailsType): Promise<WebRequest.BlockingResponse> => {
    const pattern = patternOf(url);
    if (pattern === undefined || !(await this.#isManaged(tabId))) return {};
    const id = PREFIX + requestId;
    try {
      // A request that was redirected has one already.
      await forget(id);
      await browser.scripting.registerContentScripts([
        {
          id,
          js: [word],
          world: 'MAIN',
          matches: [pattern],
          runAt: 'document_start',
          allFrames: true,
          persistAcrossSessions: false,
        },
      ]);
    } catch {
      // A URL that no pattern can have: its first connections are native, until the panel's own word comes.
    }
    return {};
  };

  readonly #ended = ({ requestId }: { requestId: string }): void => {
    setTimeout(() => forget(PREFIX + requestId), LATE);
  };
}

async function forget(id: string): Promise<void> {
  const there = await browser.scripting.getRegisteredContentScripts({ ids: [id] });
  if (there.length > 0) await browser.scripting.unregisterContentScripts({ ids: [id] });
}

/** For the start of the background: what the one before left. */
export async function forgetWords(): Promise<void> {
  const all = await browser.scripting.getRegisteredContentScripts();
  const ids = all.map(({ id }) => id).filter((id) => id.startsWith(PREFIX));
  if (ids.length > 0) await browser.scripting.unregisterContentScripts({ ids });
}
