import { getterOf, uncurry } from '../pristine.ts';

/** The browser's own EventSource, as it was before any script of the page ran. */
export const { EventSource: NativeEventSource } = globalThis;
export const { prototype } = NativeEventSource;

export const readyStateOf = getterOf(prototype, 'readyState');
export const urlOf = getterOf(prototype, 'url');
export const withCredentialsOf = getterOf(prototype, 'withCredentials');
export const onmessageOf = getterOf(prototype, 'onmessage');
export const closeNative = uncurry(prototype.close);
