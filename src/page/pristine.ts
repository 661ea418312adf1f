/**
 * What we use of the page's realm, taken at `document_start` before any script of the page ran. A page may replace or
 * poison every global and prototype later; our code keeps calling the originals. For the same reason our code in the
 * page does not iterate (`for…of` and spreading an array ask `Array.prototype`), does not call methods of arrays and
 * strings, and hands options to the browser in objects without a prototype ({@link bare}).
 */

import { clock } from './clock.ts';

type Method = (this: never, ...args: never[]) => unknown;

/** Turns a method into a function that takes its `this` as the first argument, and that no later patch can reach. */
export function uncurry<F extends Method>(
  method: F,
): (self: ThisParameterType<F>, ...args: Parameters<F>) => ReturnType<F> {
  return Function.prototype.call.bind(method) as never;
}

/** The same for a method of an interface, which TypeScript gives no `this`. */
export function methodOf<T extends object, K extends keyof T>(
  prototype: T,
  name: K,
): T[K] extends (...args: infer A) => infer R ? (self: T, ...args: A) => R : never {
  return Function.prototype.call.bind(prototype[name] as never) as never;
}

/** The getter that the browser put on a prototype, as a function of the object. */
export function getterOf<T extends object, K extends keyof T & string>(prototype: T, name: K): (self: T) => T[K] {
  const getter = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (!getter) throw new Error(`This browser has no getter ${name} where the HTML standard puts it.`);
  return uncurry(getter) as (self: T) => T[K];
}

/** Is it the browser's own, as far as its text tells? */
export const isNativeCode = (value: unknown): boolean => /\[native code\]/.test(`${value}`);

const { setPrototypeOf, create } = Object;
export const { getPrototypeOf } = Object;
const { getOwnPropertyDescriptor: ownDescriptor } = Reflect;
export const { apply, construct, defineProperty } = Reflect;
/** The object itself, without a prototype: what a page puts on `Object.prototype` does not show through it. */
export const bare = <T extends object>(object: T): T => setPrototypeOf(object, null) as T;
/** An empty map from text to values. */
export const dictionary = <T>(): Record<string, T> => create(null) as Record<string, T>;
export function getOwnPropertyDescriptor(holder: object, name: string): PropertyDescriptor | undefined {
  const descriptor = ownDescriptor(holder, name);
  return descriptor && bare(descriptor);
}
export const toText = String;
export const { max, min } = Math;
export const toJson = JSON.stringify.bind(JSON);
export const Promised = Promise;

export const addEventListener = uncurry(EventTarget.prototype.addEventListener);
export const removeEventListener = uncurry(EventTarget.prototype.removeEventListener);
export const dispatchEvent = uncurry(EventTarget.prototype.dispatchEvent);
export const stopImmediatePropagation = uncurry(Event.prototype.stopImmediatePropagation);
const inChain = uncurry(Object.prototype.isPrototypeOf);
export const chained = (prototype: object, value: unknown): boolean => inChain(prototype as never, value as never);

export const currentTargetOf = getterOf(Event.prototype, 'currentTarget');
export const dataOf = getterOf(MessageEvent.prototype, 'data') as (event: MessageEvent) => unknown;
export const lastEventIdOf = getterOf(MessageEvent.prototype, 'lastEventId');
export const originOf = getterOf(MessageEvent.prototype, 'origin');

const { MessageEvent: PristineMessageEvent, Event: PristineEvent, WeakRef: PristineWeakRef } = globalThis;
const messagePrototype = PristineMessageEvent.prototype;
export const isMessage = (event: Event): event is MessageEvent => inChain(messagePrototype, event);
export const simpleEvent = (type: string): Event => new PristineEvent(type);
/** One for all, as the constructor reads it at once; with every member of it, as what is missing is looked for longer. */
const init = bare({
  bubbles: false,
  cancelable: false,
  composed: false,
  data: '',
  lastEventId: '',
  origin: '',
  ports: undefined,
  source: null,
});
export function messageEvent(type: string, data: string, lastEventId: string, origin: string): MessageEvent<string> {
  init.data = data;
  init.lastEventId = lastEventId;
  init.origin = origin;
  return new PristineMessageEvent(type, init as unknown as MessageEventInit<string>);
}

/** Whoever takes it can say so, by cancelling it. */
export const cancelableMessage = (type: string, data: string): MessageEvent<string> =>
  new PristineMessageEvent(type, bare({ data, cancelable: true }));

const viewOf = globalThis.document && getterOf(Document.prototype, 'defaultView');
const { document: ownDocument } = globalThis;
/** Has this document left its window? (`globalThis` then belongs to the next one.) */
export const isDetached = (): boolean => viewOf?.(ownDocument) === null;

const prerenderingOf =
  ownDocument && 'prerendering' in ownDocument && getterOf(Document.prototype, 'prerendering' as keyof Document);
/** Is this document made ready for a tab that shows another one, and may never come to this one? ([chrome] only) */
export const isPrerendering = (): boolean =>
  prerenderingOf !== false && (prerenderingOf?.(ownDocument) as unknown) === true;

export const { URL: PristineURL } = globalThis;
export const hrefOf = getterOf(PristineURL.prototype, 'href');
const baseOf = globalThis.document && getterOf(Node.prototype, 'baseURI');
export const baseUrlOf = (): string => (ownDocument && baseOf ? baseOf(ownDocument) : '');
/** The URL that the text is from there; undefined if it is none. */
export function resolved(text: string, base: string): string | undefined {
  try {
    return hrefOf(new PristineURL(text, base));
  } catch {
    return undefined;
  }
}

/** A timer that is set to more fires at once. */
const LONGEST_WAIT = 0x7fff_ffff;
const setTimer = globalThis.setTimeout.bind(globalThis);
export const setTimeout = (callback: () => void, delay: number): number =>
  setTimer(callback, min(delay, LONGEST_WAIT)) as never;
export const clearTimeout = globalThis.clearTimeout.bind(globalThis) as (timer: number) => void;

const timeNow = Performance.prototype.now.bind(performance);
const { timeOrigin } = performance;
/** Now, as facts tell it. */
export const now = clock(timeNow, Date.now.bind(Date), timeOrigin);
/** The same for a time that the browser counts from the document's creation. */
export const epoch = (time: number): number => now() + time - timeNow();

const { crypto, Uint32Array: PristineUint32Array } = globalThis;
const getRandomValues = crypto.getRandomValues.bind(crypto);
const toHex = uncurry(Number.prototype.toString);
export const toCharacter = String.fromCharCode;
export const slice = uncurry(String.prototype.slice);
export const indexOf = uncurry(String.prototype.indexOf);
export const trim = uncurry(String.prototype.trim);
export const lowerCase = uncurry(String.prototype.toLowerCase);
export const lastIndexOf = uncurry(String.prototype.lastIndexOf);
/** 128 random bits as 32 hex digits. `crypto.randomUUID` exists in secure contexts only. */
export function random(): string {
  const words = getRandomValues(new PristineUint32Array(4));
  let text = '';
  for (let index = 0; index < 4; index++) text += slice(toHex((words[index] ?? 0) + 0x1_0000_0000, 16), 1);
  return text;
}

/** Gives a collection methods of its own, which a page that patches the prototypes does not reach. */
export function guarded<C extends object>(collection: C): C {
  const prototype = getPrototypeOf(collection) as Record<string, unknown>;
  for (const name of ['get', 'set', 'has', 'add', 'delete']) {
    const method = prototype[name];
    if (typeof method === 'function') defineProperty(collection, name, { value: method });
  }
  return collection;
}

const deref = uncurry(PristineWeakRef.prototype.deref);
/** A reference that does not keep the object alive. */
export function weakly<T extends object>(object: T): () => T | undefined {
  const reference = new PristineWeakRef(object);
  return () => deref(reference) as T | undefined;
}
