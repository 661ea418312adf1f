import { getOwnPropertyDescriptor } from './pristine.ts';

const containerOf = getOwnPropertyDescriptor(globalThis.Navigator?.prototype ?? {}, 'serviceWorker')?.get;
const controllerOf = getOwnPropertyDescriptor(globalThis.ServiceWorkerContainer?.prototype ?? {}, 'controller')?.get;
const { navigator } = globalThis;
const { call } = Function.prototype;
const get: (getter: () => unknown, object: unknown) => unknown = call.bind(call) as never;

/** Is a service worker of the page between this document and the network? */
export function hasServiceWorker(): boolean {
  // There are none over plain HTTP.
  if (!containerOf || !controllerOf) return false;
  try {
    return get(controllerOf, get(containerOf, navigator)) !== null;
  } catch {
    return false; // Not in sandboxed frames either.
  }
}
