import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { more, WATCH } from './interop-page.ts';
import { type Stage, setStage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

/** What pages put in the place of globals and methods, sometimes for all the world. */
const REPLACEMENTS: Record<string, string> = {
  'fetch, Promise and timers by ones that never answer': `
    window.fetch = () => Promise.reject(new TypeError('not for you'));
    window.Response = class Response {};
    window.Headers = class Headers {};
    window.ReadableStream = class ReadableStream {};
    window.Promise = class Promise { then() { return this; } catch() { return this; } };
    for (const name of ['setTimeout', 'setInterval', 'clearTimeout', 'requestAnimationFrame']) window[name] = () => 1;
    Date.now = () => 0;
    performance.now = () => 0;`,
  'Event and MessageEvent by classes of its own, as MooTools did': `
    window.Event = function Event(event) { this.event = event; };
    window.MessageEvent = class MessageEvent { constructor(type) { this.type = type; } };`,
  'AbortController by a polyfill, whose signals fetch() refuses': `
    window.AbortController = class AbortController { signal = new EventTarget(); abort() {} };
    window.AbortSignal = EventTarget;`,
  'URL, TextDecoder and TextEncoder by polyfills that know little': `
    window.URL = function URL(text) { this.href = String(text); };
    window.TextDecoder = class TextDecoder { decode() { return ''; } };
    window.TextEncoder = class TextEncoder { encode() { return []; } };`,
  'collections by ones that lose everything': `
    window.WeakRef = class WeakRef { deref() {} };
    window.Set = class Set { has() { return true; } add() { return this; } };
    window.Map = class Map { get() {} set() { return this; } };
    window.WeakMap = class WeakMap { get() {} set() { return this; } };`,
  'methods of built-in prototypes by ones that throw': `{
    const fail = () => { throw new Error('poisoned'); };
    for (const [holder, ...names] of [
      [Headers.prototype, 'get'], [ReadableStream.prototype, 'getReader'], [AbortController.prototype, 'abort'],
      [TextDecoder.prototype, 'decode'], [WeakRef.prototype, 'deref'], [Set.prototype, 'has', 'add'],
      [Map.prototype, 'get', 'set'], [WeakMap.prototype, 'get', 'set'], [EventTarget.prototype, 'dispatchEvent'],
    ]) for (const name of names) holder[name] = fail;
  }`,
};

describe('a source is shown and survives a reset in a page that replaced', () => {
  test.each(Object.entries(REPLACEMENTS))('%s', async (_, replace) => {
    const { page, panel, visit, errors } = await stage.inspect();
    const { lab } = stage;
    lab.clear();
    await visit(`${WATCH}<script>${replace}\nwatch('es', new EventSource('/counter/replaced?every=50'))</script>`);
    await more(page, 'es');
    await panel.reset(await panel.source('/counter/replaced', 'open'));
    await lab.when(() => lab.connectionsTo('/counter/replaced').length === 2, 'the reconnect');
    await panel.source('/counter/replaced', 'open');
    await more(page, 'es');
    expect(lab.connectionsTo('/counter/replaced').filter(({ closed }) => !closed)).toHaveLength(1);
    await page.evaluate('es.close()');
    await panel.source('/counter/replaced', 'closed');
    await lab.when(() => lab.connectionsTo('/counter/replaced')[1]?.closed, 'the end of the request');
    expect(lab.connectionsTo('/counter/replaced')).toHaveLength(2);
    expect([...errors, ...(await panel.thrown())]).toEqual([]);
  });
});
