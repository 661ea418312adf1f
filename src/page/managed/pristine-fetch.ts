import { bare, getterOf, methodOf } from '../pristine.ts';

/** What a connection uses of the page's realm beyond `../pristine.ts`, taken at the same moment. */

export const fetch = globalThis.fetch.bind(globalThis);

export const statusOf = getterOf(Response.prototype, 'status');
export const bodyOf = getterOf(Response.prototype, 'body');
export const headersOf = getterOf(Response.prototype, 'headers');
export const responseUrlOf = getterOf(Response.prototype, 'url');
export const redirectedOf = getterOf(Response.prototype, 'redirected');
export const getHeader = methodOf(Headers.prototype, 'get');

const getReader = methodOf(ReadableStream.prototype, 'getReader');
const readerRead = methodOf(ReadableStreamDefaultReader.prototype, 'read');
type Chunk = ReadableStreamReadResult<Uint8Array<ArrayBuffer>>;
/** Gives a function that reads the next chunk. */
export function chunks(body: ReadableStream<Uint8Array<ArrayBuffer>>): () => Promise<Chunk> {
  const reader = getReader(body) as never;
  return () => readerRead(reader) as Promise<Chunk>;
}

const { AbortController: PristineAbortController } = globalThis;
const abortOf = methodOf(AbortController.prototype, 'abort');
const signalOf = getterOf(AbortController.prototype, 'signal');
/** A signal, and the function that aborts by it. */
export function abortable(): { signal: AbortSignal; abort(): void } {
  const controller = new PristineAbortController();
  return { signal: signalOf(controller), abort: () => abortOf(controller) };
}

const { TextDecoder: PristineTextDecoder, TextEncoder: PristineTextEncoder, URL: PristineURL } = globalThis;
const decode = methodOf(TextDecoder.prototype, 'decode');
const encode = methodOf(TextEncoder.prototype, 'encode');
const streaming = bare({ stream: true });
/** [spec] "UTF-8 decode": strips one byte order mark, and puts U+FFFD where the bytes are broken; chunk by chunk. */
export function utf8Decoder(): (bytes: Uint8Array<ArrayBuffer>) => string {
  const decoder = new PristineTextDecoder();
  return (bytes) => decode(decoder, bytes, streaming);
}
export const utf8 = (text: string): Uint8Array => encode(new PristineTextEncoder(), text);

const urlOriginOf = getterOf(PristineURL.prototype, 'origin');
const setHash = Object.getOwnPropertyDescriptor(PristineURL.prototype, 'hash')?.set?.call.bind(
  Object.getOwnPropertyDescriptor(PristineURL.prototype, 'hash')?.set as () => void,
) as (url: URL, hash: string) => void;
const hrefOf = getterOf(PristineURL.prototype, 'href');
export const originOfUrl = (url: string): string => urlOriginOf(new PristineURL(url));
/** The URL with this fragment instead of its own. */
export function withFragment(url: string, fragment: string): string {
  const parsed = new PristineURL(url);
  setHash(parsed, fragment);
  return hrefOf(parsed);
}
