import type { Milliseconds } from '../../protocol/record.ts';

/** Where browsers differ, and the standard allows it or is not followed. Each value was measured on a native EventSource. */
export interface BrowserProfile {
  /** [spec] "a reconnection time, in milliseconds. This must initially be an implementation-defined value". */
  reconnectionTime: Milliseconds;
  /** The least that `retry:` can ask for. */
  minimumReconnectionTime: Milliseconds;
  /** Whether a charset in the content type that is not UTF-8 makes it no event stream. */
  utf8Only: boolean;
  /** What a line end right behind the byte order mark is. */
  lineEndAfterMark: 'a line end' | 'in the field name';
  /** A `retry:` of this or more is ignored. */
  ignoredReconnectionTime: Milliseconds;
  /** What an empty `retry:` sets: the reconnection time of the beginning, or nothing. */
  emptyRetryResets: boolean;
  /** Where the next attempt goes after one that was redirected. */
  reconnectsTo: 'redirected' | 'original';
  /** What announces the connection: the response's headers, or the first byte of its body. */
  announcedBy: 'headers' | 'body';
  /** Whether a block with `id:` and without data sets the last event ID, as the standard says. */
  idWithoutData: boolean;
}

export const CHROMIUM: BrowserProfile = {
  reconnectionTime: 3000,
  minimumReconnectionTime: 0,
  utf8Only: true,
  lineEndAfterMark: 'in the field name',
  ignoredReconnectionTime: 2 ** 64,
  emptyRetryResets: true,
  reconnectsTo: 'redirected',
  announcedBy: 'headers',
  idWithoutData: true,
};

export const FIREFOX: BrowserProfile = {
  reconnectionTime: 5000,
  minimumReconnectionTime: 500,
  utf8Only: false,
  lineEndAfterMark: 'a line end',
  ignoredReconnectionTime: Number.POSITIVE_INFINITY,
  emptyRetryResets: false,
  reconnectsTo: 'original',
  announcedBy: 'body',
  idWithoutData: false,
};

export const profileOf = (userAgent: string): BrowserProfile => (/\bFirefox\//.test(userAgent) ? FIREFOX : CHROMIUM);
