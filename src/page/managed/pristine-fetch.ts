import {
  bare,
  defineProperty,
  getPrototypeOf,
  getterOf,
  hrefOf,
  isNativeCode,
  max,
  methodOf,
  min,
  PristineURL,
  Promised,
  uncurry,
} from '../pristine.ts';

/** What a connection uses of the page's realm beyond `../pristine.ts`, taken at the same moment. */

const { fetch: windowFetch } = globalThis;
const bind = uncurry(Function.prototype.bind);
const { species } = Symbol;
// What an async function gives is the browser's own, whatever `Promise` is: a replacement may even say it is native code.
const own: typeof Promise.prototype = getPrototypeOf((async () => {})());
const then = methodOf(own, 'then');
const isPromiseNative = own === Promise.prototype && isNativeCode(own.then);
/**
 * Calls fetch a little later, from no script: what the browser reports of a request (a violation of a policy, say) names
 * the script that made it, and of an EventSource's it names none. Here a promise calls it, as its reaction.
 *
 * What a reaction returns would be asked for `then`, which the page may have replaced. So the promise is given a species
 * of its own, whose objects just take it. The response comes in an object without a prototype for the same reason.
 */
export function fetchLater(url: string, init: RequestInit): Promise<{ response: Response }> {
  return new Promised((done, fail) => {
    if (!isPromiseNative) {
      // We came late, and the page has promises of its own, as zone.js gives it. They know nothing of species.
      then(windowFetch(url, init), (response) => done(bare({ response })), fail as () => never);
      return;
    }
    const soon = new Promised<void>((resolve) => resolve());
    const taken = (answer: Promise<Response>) =>
      void then(answer, (response) => done(bare({ response })), fail as () => never);
    class Taker {
      constructor(executor: (resolve: typeof taken, reject: typeof fail) => void) {
        executor(taken, fail);
      }
    }
    defineProperty(soon, 'constructor', bare({ value: bare({ [species]: Taker }) }));
    then(soon, bind(windowFetch as never, globalThis, url, init) as never);
  });
}

const { Response: PristineResponse } = globalThis;
/** An answer without a body. */
export const responseOf = (status: number, contentType: string): Response =>
  new PristineResponse(
    null,
    bare({
      status: max(200, min(status, 599)),
      headers: bare<Record<string, string>>(contentType === '' ? {} : { 'Content-Type': contentType }),
    }),
  );
export const statusOf = getterOf(Response.prototype, 'status');
export const bodyOf = getterOf(Response.prototype, 'body');
export const headersOf = getterOf(Response.prototype, 'headers');
export const responseUrlOf = getterOf(Response.prototype, 'url');
export const redirectedOf = getterOf(Response.prototype, 'redirected');
export const getHeader = methodOf(Headers.prototype, 'get');

const getReader = methodOf(ReadableStream.prototype, 'getReader');
const readerRead = methodOf(ReadableStreamDefaultReader.prototype, 'read');
type Chunk = ReadableStreamReadResult<Uint8Array<ArrayBuffer>>;
const ignore = () => {};
/**
 * Hands each chunk to `take`, until that says false or the body ends; rejects when the body breaks. One read is always
 * under way: a body that breaks takes with it what nobody has asked for yet.
 */
export async function eachChunk(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  take: (bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>,
): Promise<void> {
  if (!body) return;
  const reader = getReader(body) as never;
  const read = () => readerRead(reader) as Promise<Chunk>;
  for (let next = read(); ; ) {
    const { done, value } = await next;
    if (done) return;
    next = read();
    then(next, ignore, ignore); // It is awaited later, or never.
    if (!(await take(value))) return;
  }
}

const { AbortController: PristineAbortController } = globalThis;
const abortOf = methodOf(AbortController.prototype, 'abort');
const signalOf = getterOf(AbortController.prototype, 'signal');
/** A signal, and the function that aborts by it. */
export function abortable(): { signal: AbortSignal; abort(): void } {
  const controller = new PristineAbortController();
  return { signal: signalOf(controller), abort: () => abortOf(controller) };
}

const { TextDecoder: PristineTextDecoder, TextEncoder: PristineTextEncoder } = globalThis;
const decode = methodOf(TextDecoder.prototype, 'decode');
const encode = methodOf(TextEncoder.prototype, 'encode');
const streaming = bare({ stream: true });
const keepMark = bare({ ignoreBOM: true });
/** [spec] "UTF-8 decode without BOM": chunk by chunk, with U+FFFD where the bytes are broken. */
export function utf8Decoder(): (bytes: Uint8Array<ArrayBuffer>) => string {
  const decoder = new PristineTextDecoder('utf-8', keepMark);
  return (bytes) => decode(decoder, bytes, streaming);
}
export const utf8 = (text: string) => encode(new PristineTextEncoder(), text);

const urlOriginOf = getterOf(PristineURL.prototype, 'origin');
const setterOf = (name: 'hash' | 'username' | 'password') => {
  const setter = Object.getOwnPropertyDescriptor(PristineURL.prototype, name)?.set;
  return uncurry(setter as (this: URL, value: string) => void);
};
const setHash = setterOf('hash');
const setUsername = setterOf('username');
const setPassword = setterOf('password');
/** The URL without a name and a password. */
export function withoutCredentials(url: string): string {
  const parsed = new PristineURL(url);
  setUsername(parsed, '');
  setPassword(parsed, '');
  return hrefOf(parsed);
}
export const { origin: ownOrigin } = globalThis;
export const originOfUrl = (url: string): string => urlOriginOf(new PristineURL(url));
/** The URL with this fragment instead of its own. */
export function withFragment(url: string, fragment: string): string {
  const parsed = new PristineURL(url);
  setHash(parsed, fragment);
  return hrefOf(parsed);
}
