import type { AnswerMessage } from '../protocol/ask.ts';
import type { DownMessage, UpMessage } from '../protocol/message.ts';
import type { Port } from '../protocol/port.ts';
import type { DocumentId, Milliseconds } from '../protocol/record.ts';
import {
  addEventListener,
  chained,
  getOwnPropertyDescriptor,
  getterOf,
  now,
  removeEventListener,
  setTimeout,
  slice,
} from './pristine.ts';

/** A page that throws in a loop is told of seldom, with its count. */
const INTERVAL: Milliseconds = 100;
const MOST_TEXT = 300;

const {
  ErrorEvent: PristineErrorEvent,
  PromiseRejectionEvent: PristineRejectionEvent,
  Error: PristineError,
  DOMException: PristineException,
} = globalThis;
const errors = PristineErrorEvent?.prototype;
const messageOf = errors && getterOf(errors, 'message');
const rejections = PristineRejectionEvent?.prototype;
const reasonOf = rejections && getterOf(rejections, 'reason');
/** [chrome] From 134 on. Nothing else tells an error from a Proxy without asking that. */
const { isError } = PristineError as { isError?(value: unknown): boolean };
const wordsOfException = PristineException && getterOf(PristineException.prototype, 'message');

/**
 * Tells of what nobody catches in this window, while it is asked to (a resilience check runs): how much of it, and the
 * first message. Returns the undo.
 */
export function watchUncaught(
  port: Pick<Port<UpMessage, DownMessage | AnswerMessage>, 'post' | 'onMessage'>,
  document: DocumentId,
): () => void {
  let isOn = false;
  let count = 0;
  let told = 0;
  let time: Milliseconds = 0;
  let first = '';
  let isScheduled = false;

  const tell = () => {
    isScheduled = false;
    if (!isOn || told === count) return;
    told = count;
    port.post({ type: 'uncaught', document, time, count, message: first });
  };
  const note = (message: string) => {
    if (count++ === 0) {
      time = now();
      first = slice(message, 0, MOST_TEXT);
    }
    if (isScheduled) return;
    isScheduled = true;
    setTimeout(tell, INTERVAL);
  };
  const onError = (event: Event) => {
    // An image that does not load fires a plain event, and what a page dispatches itself is no error.
    if (event.isTrusted && errors && messageOf && chained(errors, event)) note(messageOf(event as ErrorEvent));
  };
  const onRejection = (event: Event) => {
    if (!event.isTrusted || !rejections || !reasonOf || !chained(rejections, event)) return;
    note(wordsOf(reasonOf(event as PromiseRejectionEvent)));
  };
  const set = (on: boolean) => {
    if (on === isOn) return;
    isOn = on;
    count = 0;
    told = 0;
    const change = on ? addEventListener : removeEventListener;
    change(globalThis as never, 'error', onError);
    change(globalThis as never, 'unhandledrejection', onRejection);
  };
  const forget = port.onMessage((message) => {
    if (message.type === 'watch-uncaught') set(message.on);
    // What was told may have been lost with the way.
    if (message.type !== 'greet') return;
    told = 0;
    tell();
  });
  return () => {
    set(false);
    forget();
  };
}

/** Without running anything of the page's: an object may be made to answer as it likes, and a Proxy to any question. */
function wordsOf(reason: unknown): string {
  if (typeof reason === 'string') return reason;
  try {
    // Only of its own kind: it throws for all else, and asks nothing.
    if (wordsOfException) return wordsOfException(reason as DOMException);
  } catch {}
  if (!isError?.(reason)) return '';
  const value: unknown = getOwnPropertyDescriptor(reason as Error, 'message')?.value;
  return typeof value === 'string' ? value : '';
}
