import type { Fate } from '../../protocol/ask.ts';
import type { Milliseconds } from '../../protocol/record.ts';

/** Where browsers differ, and the standard allows it or is not followed. Each value was measured on a native EventSource. */
export interface BrowserProfile {
  /** [spec] "a reconnection time, in milliseconds. This must initially be an implementation-defined value". */
  reconnectionTime: Milliseconds;
  /** The least that `retry:` can ask for. */
  minimumReconnectionTime: Milliseconds;
  /** When a connection is announced. */
  opens: 'at the headers' | 'at the first byte';
  /** Whether a charset in the content type that is not UTF-8 makes it no event stream. */
  utf8Only: boolean;
  /** What a line end right behind the byte order mark is. */
  lineEndAfterMark: 'a line end' | 'in the field name';
  /** What a `retry:` of this or more does: it is ignored, or counts from zero again. */
  longReconnectionTime: { from: number; is: 'ignored' | 'wrapped' };
  /** Which reconnection time an empty `retry:` sets. */
  emptyRetry: 'that of the beginning' | 'the least';
  /** Where the next attempt goes after one that was redirected. */
  reconnectsTo: 'redirected' | 'original';
  /** Whether a block with `id:` and without data sets the last event ID, as the standard says. */
  idWithoutData: boolean;
  /** Whether an object asks its server as soon as it is made, so that closing it may come too late. */
  asksAtOnce: boolean;
  /** Whether URLs of other schemes than HTTP's can be event streams. */
  localStreams: boolean;
  /** What becomes of a name and a password in the URL: the request is refused, as that of a fetch, or made without. */
  credentialsInUrl: 'refused' | 'left out';
  /** When `window.stop()` fails a connection: before it returns, or in a task. */
  stops: 'at once' | 'later';
  /** Whether a document that goes for good fails its connections, with an event, or just closes them. */
  failsWhenLeft: boolean;
  /** What an error is that a service worker of the page answered with. */
  failedByWorker: Fate | undefined;
  /** What it is that nobody listens at the port of another origin. */
  refusedElsewhere: Fate | undefined;
  /** Whose origin events have where a service worker answered. */
  originOf: 'the request' | 'the answer';
  /** Whether U+0000 has meanings beside the standard's; see null-characters.ts. */
  oddNulls: boolean;
}

export const CHROMIUM: BrowserProfile = {
  reconnectionTime: 3000,
  minimumReconnectionTime: 0,
  opens: 'at the headers',
  utf8Only: true,
  lineEndAfterMark: 'in the field name',
  longReconnectionTime: { from: 2 ** 64, is: 'ignored' },
  emptyRetry: 'that of the beginning',
  reconnectsTo: 'redirected',
  idWithoutData: true,
  asksAtOnce: false,
  localStreams: true,
  credentialsInUrl: 'refused',
  stops: 'at once',
  failsWhenLeft: true,
  failedByWorker: undefined,
  refusedElsewhere: undefined,
  originOf: 'the request',
  oddNulls: false,
};

export const FIREFOX: BrowserProfile = {
  reconnectionTime: 5000,
  minimumReconnectionTime: 500,
  opens: 'at the first byte',
  utf8Only: false,
  lineEndAfterMark: 'a line end',
  longReconnectionTime: { from: 2 ** 32, is: 'wrapped' },
  emptyRetry: 'the least',
  reconnectsTo: 'original',
  idWithoutData: false,
  asksAtOnce: true,
  localStreams: false,
  credentialsInUrl: 'left out',
  stops: 'later',
  failsWhenLeft: false,
  failedByWorker: 'final',
  refusedElsewhere: 'final',
  originOf: 'the answer',
  oddNulls: true,
};

export const profileOf = (userAgent: string): BrowserProfile => (/\bFirefox\//.test(userAgent) ? FIREFOX : CHROMIUM);
