import { getterOf } from './pristine.ts';

/** Gives a function that tells whether a service worker of the page is between this document and the network. */
export function serviceWorkerProbe(): () => boolean {
  try {
    const { serviceWorker } = navigator;
    const controllerOf = getterOf(ServiceWorkerContainer.prototype, 'controller');
    return () => controllerOf(serviceWorker) !== null;
  } catch {
    // There are none: not over plain HTTP, and not in sandboxed frames.
    return () => false;
  }
}
