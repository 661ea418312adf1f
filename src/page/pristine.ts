/**
 * What we use of the page's realm, taken at `document_start` before any script of the page ran. A page may replace or
 * poison every global and prototype later; our code keeps calling the originals.
 */

type Method = (this: never, ...args: never[]) => unknown;

/** Turns a method into a function that takes its `this` as the first argument, and that no later patch can reach. */
export function uncurry<F extends Method>(
  method: F,
): (self: ThisParameterType<F>, ...args: Parameters<F>) => ReturnType<F> {
  return Function.prototype.call.bind(method) as never;
}

/** The getter that the browser put on a prototype, as a function of the object. */
export function getterOf<T extends object, K extends keyof T & string>(prototype: T, name: K): (self: T) => T[K] {
  const getter = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (!getter) throw new Error(`This browser has no getter ${name} where the HTML standard puts it.`);
  return uncurry(getter) as (self: T) => T[K];
}

export const { apply, construct, defineProperty, getOwnPropertyDescriptor } = Reflect;
export const toText = String;
export const toJson = JSON.stringify.bind(JSON);

export const addEventListener = uncurry(EventTarget.prototype.addEventListener);
export const removeEventListener = uncurry(EventTarget.prototype.removeEventListener);
export const dispatchEvent = uncurry(EventTarget.prototype.dispatchEvent);
const inChain = uncurry(Object.prototype.isPrototypeOf);

export const typeOf = getterOf(Event.prototype, 'type');
export const dataOf = getterOf(MessageEvent.prototype, 'data') as (event: MessageEvent) => unknown;
export const lastEventIdOf = getterOf(MessageEvent.prototype, 'lastEventId');
export const originOf = getterOf(MessageEvent.prototype, 'origin');

const messagePrototype = MessageEvent.prototype;
export const isMessage = (event: Event): event is MessageEvent => inChain(messagePrototype, event);

const setTimer = globalThis.setTimeout.bind(globalThis);
export const setTimeout = (callback: () => void, delay: number): number => setTimer(callback, delay) as never;
export const clearTimeout = globalThis.clearTimeout.bind(globalThis) as (timer: number) => void;
export const fetch = globalThis.fetch.bind(globalThis);

const timeNow = Performance.prototype.now.bind(performance);
const { timeOrigin } = performance;
/** Epoch milliseconds that never run backwards and have a fraction. */
export const now = (): number => timeOrigin + timeNow();

/** Gives a collection methods of its own, which a page that patches the prototypes does not reach. */
export function guarded<C extends object>(collection: C): C {
  const prototype = Object.getPrototypeOf(collection) as Record<string, unknown>;
  for (const name of ['get', 'set', 'has', 'add', 'delete']) {
    const method = prototype[name];
    if (typeof method === 'function') defineProperty(collection, name, { value: method });
  }
  return collection;
}
