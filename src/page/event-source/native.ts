import { getOwnPropertyDescriptor, getPrototypeOf, getterOf, isNativeCode, uncurry } from '../pristine.ts';

/** Stands in where the browser's own is out of reach; nothing is ever called on it. */
class Absent extends EventTarget {
  get readyState() {
    return 2;
  }
  get url() {
    return '';
  }
  get withCredentials() {
    return false;
  }
  get onmessage(): EventSource['onmessage'] {
    return null;
  }
  get onerror(): EventSource['onerror'] {
    return null;
  }
  get onopen(): EventSource['onopen'] {
    return null;
  }
  close() {}
}

/**
 * The browser's own prototype: of `window.EventSource`, or of what that is derived from, as a page may have put a class
 * of its own there before we came (DevTools was opened late). A polyfill leads nowhere.
 */
function nativePrototype(): EventSource | undefined {
  let candidate: object | null = (globalThis as { EventSource?: typeof EventSource }).EventSource?.prototype ?? null;
  for (; candidate; candidate = Object.getPrototypeOf(candidate)) {
    const getter = Object.getOwnPropertyDescriptor(candidate, 'readyState')?.get;
    if (isNativeCode(getter)) return candidate as EventSource;
  }
  return undefined;
}

const found = nativePrototype();
/** Is there an EventSource of the browser's that we could hook? */
export const isThere = found !== undefined;
export const prototype: EventSource = found ?? (Absent.prototype as unknown as EventSource);

export const readyStateOf = getterOf(prototype, 'readyState');
export const urlOf = getterOf(prototype, 'url');
export const withCredentialsOf = getterOf(prototype, 'withCredentials');
export const onmessageOf = getterOf(prototype, 'onmessage');
export const onerrorOf = getterOf(prototype, 'onerror');
export const onopenOf = getterOf(prototype, 'onopen');
export const closeNative = uncurry(prototype.close);

/** Is it an EventSource of the browser's, of whatever class? */
export function isNative(value: object): value is EventSource {
  try {
    readyStateOf(value as EventSource);
    return true;
  } catch {
    return false; // "Illegal invocation"
  }
}

/**
 * A source of another window (a frame's) may be managed there. What its own prototype has knows of it, as natively the
 * methods of one window work on the objects of all.
 */
export function elsewhere(value: unknown, name: string, part: 'get' | 'value'): (() => unknown) | undefined {
  if (typeof value !== 'object' || value === null || !isNative(value)) return undefined;
  for (let holder = getPrototypeOf(value); holder && holder !== prototype; holder = getPrototypeOf(holder)) {
    const own = getOwnPropertyDescriptor(holder, name)?.[part];
    if (own) return own;
  }
  return undefined;
}
