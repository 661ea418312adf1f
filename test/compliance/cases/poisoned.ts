import type { Group } from '../case.ts';
import { poisoned } from '../poisoned.ts';

/** The paths of these names, which stand in one text. */
const of = (holder: string, names: string) =>
  names.split(' ').map((name) => (holder === '' ? name : `${holder}.${name}`));

/** Pages that break their own realm, or are broken by an old library, before they use EventSource. */
export const POISONED: Group = {
  name: 'poisoned',
  cases: [
    poisoned('arrays', [
      ...of(
        'Array.prototype',
        'push pop shift unshift splice slice concat join map filter forEach some every find findIndex includes indexOf reduce at flat fill sort reverse keys entries values',
      ),
      ...of('Array', 'from isArray of'),
    ]),
    poisoned('iterators', [
      ...of('Array.prototype', '@@iterator'),
      ...of('ArrayIterator', 'next'),
      ...of('Map.prototype', '@@iterator'),
      ...of('Set.prototype', '@@iterator'),
      ...of('MapIterator', 'next'),
      ...of('SetIterator', 'next'),
      ...of('String.prototype', '@@iterator'),
      ...of('StringIterator', 'next'),
      ...of('Generator', 'next'),
      ...of('TypedArray', '@@iterator'),
    ]),
    poisoned('collections', [
      ...of('Map.prototype', 'get set has delete forEach clear keys values entries size'),
      ...of('Set.prototype', 'add has delete forEach values size'),
      ...of('WeakMap.prototype', 'get set has delete'),
      ...of('WeakSet.prototype', 'add has'),
      ...of('WeakRef.prototype', 'deref'),
      ...of('', 'Map Set WeakMap WeakSet WeakRef FinalizationRegistry'),
    ]),
    poisoned('promises', [
      ...of('Promise.prototype', 'then catch finally'),
      ...of('Promise', 'resolve reject all race any allSettled'),
    ]),
    poisoned('the global Promise', [...of('', 'Promise')]),
    poisoned('EventTarget', [
      ...of('EventTarget.prototype', 'addEventListener removeEventListener dispatchEvent'),
      ...of('', 'EventTarget'),
    ]),
    poisoned('events', [
      ...of('Event.prototype', 'type target currentTarget eventPhase preventDefault stopImmediatePropagation'),
      ...of('MessageEvent.prototype', 'data lastEventId origin ports source initMessageEvent'),
      ...of('', 'Event MessageEvent CustomEvent'),
      ...of('Document.prototype', 'createEvent'),
    ]),
    poisoned('JSON, structuredClone and text encodings', [
      ...of('JSON', 'parse stringify'),
      ...of('', 'structuredClone btoa atob encodeURIComponent decodeURIComponent encodeURI escape unescape'),
    ]),
    poisoned('Reflect', [
      ...of(
        'Reflect',
        'apply construct defineProperty get set has ownKeys getOwnPropertyDescriptor getPrototypeOf setPrototypeOf deleteProperty',
      ),
    ]),
    poisoned('Object', [
      ...of(
        'Object',
        'assign create defineProperty defineProperties entries freeze fromEntries getOwnPropertyDescriptor getOwnPropertyNames getPrototypeOf setPrototypeOf keys values is hasOwn',
      ),
      ...of(
        'Object.prototype',
        'hasOwnProperty toString valueOf isPrototypeOf propertyIsEnumerable __defineGetter__ __lookupGetter__',
      ),
    ]),
    poisoned('functions', [...of('Function.prototype', 'call apply bind toString'), ...of('', 'Function')]),
    poisoned('the Proxy class', [...of('', 'Proxy')]),
    poisoned('timers and clocks', [
      ...of(
        '',
        'setTimeout clearTimeout setInterval clearInterval queueMicrotask requestAnimationFrame requestIdleCallback Date',
      ),
      ...of('Performance.prototype', 'now timeOrigin'),
      ...of('Date', 'now'),
      ...of('Date.prototype', 'getTime'),
    ]),
    poisoned('fetch and its classes', [
      ...of('', 'fetch Headers Request Response AbortController'),
      ...of('AbortSignal', 'any timeout'),
      ...of('Headers.prototype', 'get set append has entries @@iterator'),
      ...of('Response.prototype', 'body headers status ok url type redirected text arrayBuffer clone'),
      ...of('AbortController.prototype', 'abort signal'),
      ...of('AbortSignal.prototype', 'aborted reason throwIfAborted'),
    ]),
    poisoned('streams', [
      ...of('ReadableStream.prototype', 'getReader pipeThrough pipeTo cancel tee locked @@asyncIterator'),
      ...of('ReadableStreamDefaultReader.prototype', 'read cancel releaseLock closed'),
      ...of('', 'ReadableStream TransformStream TextDecoderStream WritableStream'),
    ]),
    poisoned('text decoders', [
      ...of('', 'TextDecoder TextEncoder'),
      ...of('TextDecoder.prototype', 'decode encoding fatal ignoreBOM'),
      ...of('TextEncoder.prototype', 'encode encodeInto'),
    ]),
    poisoned('typed arrays', [
      ...of('', 'Uint8Array ArrayBuffer DataView'),
      ...of('TypedArray', 'subarray slice set indexOf length buffer byteOffset byteLength'),
      ...of('ArrayBuffer.prototype', 'slice byteLength'),
    ]),
    poisoned('URL', [
      ...of('', 'URL URLSearchParams'),
      ...of('URL.prototype', 'origin href hash searchParams toString'),
      ...of('URL', 'createObjectURL canParse parse'),
    ]),
    poisoned('strings', [
      ...of(
        'String.prototype',
        'split slice substring substr indexOf lastIndexOf includes startsWith endsWith trim trimStart toLowerCase toUpperCase charCodeAt charAt codePointAt at replace replaceAll match matchAll search padStart concat normalize toString valueOf',
      ),
      ...of('String', 'fromCharCode fromCodePoint'),
      ...of('', 'String'),
    ]),
    poisoned('regular expressions', [
      ...of('RegExp.prototype', 'exec test toString flags global @@match @@replace @@split @@search @@matchAll'),
      ...of('', 'RegExp'),
    ]),
    poisoned('numbers', [
      ...of('', 'parseInt parseFloat isNaN Number BigInt Boolean'),
      ...of('Number', 'parseInt parseFloat isInteger isNaN isFinite isSafeInteger'),
      ...of('Number.prototype', 'toString valueOf toFixed'),
      ...of('Math', 'max min floor round random trunc imul'),
    ]),
    poisoned('ports and messages', [
      ...of('', 'MessageChannel MessagePort postMessage BroadcastChannel Worker'),
      ...of('MessagePort.prototype', 'postMessage start close onmessage'),
    ]),
    poisoned('errors', [
      ...of('', 'Error TypeError DOMException'),
      ...of('Error', 'captureStackTrace'),
      ...of('Error.prototype', 'toString'),
      ...of('DOMException.prototype', 'name message code'),
    ]),
    poisoned('document and navigator', [
      ...of('Document.prototype', 'createElement querySelector URL cookie'),
      ...of('Navigator.prototype', 'userAgent'),
      ...of('Node.prototype', 'baseURI'),
      ...of('Crypto.prototype', 'getRandomValues randomUUID'),
    ]),
  ],
};
