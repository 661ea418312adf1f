import type { Browser, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { UpMessage } from '../../src/protocol/message.ts';
import { type Lab, startLab } from '../lab/lab.ts';
import { BROWSER, browserPath, DRIVERS, here } from '../support/browser.ts';
import { BRIDGE, pageScript } from '../support/page-script.ts';
import { until } from './until.ts';

/** What nobody catches, in a real page: only a browser fires events that are trusted. */

type Uncaught = Extract<UpMessage, { type: 'uncaught' }>;
let lab: Lab;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  lab = await startLab();
  browser = await here(DRIVERS).launch({ executablePath: browserPath(BROWSER), headless: true });
});
afterAll(async () => {
  await browser?.close();
  await lab?.close();
});
beforeEach(async () => {
  lab.serve('/page-script.js', pageScript(), { 'Content-Type': 'text/javascript' });
  lab.serve('/', `<!doctype html><title>x</title><script>${BRIDGE}</script><script src="/page-script.js"></script>`);
  page = await browser.newPage();
  await page.goto(`${lab.origin}/`);
  await page.evaluate(`window.told = []; window.touched = [];
    listen((message) => { if (message.type === 'uncaught') told.push(message); })`);
});
afterEach(() => page.close());

/** Resolves when the page script has taken what was said before. */
const heard = () =>
  page.evaluate(`new Promise((done) => { heard('hello').then(() => done()); say({ type: 'greet' }); })`);
async function watch(on = true): Promise<void> {
  await page.evaluate(`say({ type: 'watch-uncaught', on: ${on} })`);
  await heard();
}
const told = async () => (await page.evaluate('told')) as Uncaught[];
const last = async (count: number) => {
  await until(async () => (await told()).at(-1)?.count === count, `${count} to be told`);
  return (await told()).at(-1);
};
/** Each in a task of its own, and then one more, which is told behind them. */
const throwing = (...code: string[]) =>
  page.evaluate(code.map((one) => `setTimeout(() => { ${one} });`).join('\n') || '0');
const touched = () => page.evaluate('touched');

test('errors and rejections are counted together, with the words and the time of the first', async () => {
  await watch();
  const before = Date.now();
  await throwing("throw new TypeError('one')", "Promise.reject(new Error('two'))", "throw 'three'");
  const message = await last(3);
  expect(message?.message).toMatch(/^(Uncaught )?TypeError: one$/);
  expect(message?.time).toBeGreaterThan(before - 100);
  expect(message?.time).toBeLessThan(Date.now() + 100);
});

test('of thousands in a loop the page script tells seldom, and how many they were', async () => {
  await watch();
  const begun = performance.now();
  await throwing("for (let n = 0; n < 3000; n++) setTimeout(() => { throw new Error('number ' + n); })");
  expect((await last(3000))?.message).toMatch(/number 0$/);
  expect((await told()).length).toBeLessThan((performance.now() - begun) / 100 + 2);
});

test('of a message of a million characters some hundred are told', async () => {
  await watch();
  await throwing("throw new Error('x'.repeat(1e6))", "Promise.reject('y'.repeat(1e6))");
  const first = await last(2);
  expect(first?.message).toContain('xxx');
  expect(first?.message.length).toBeLessThanOrEqual(300);
});

describe('a reason of a rejection says its words where it has some, and runs nothing of the page', () => {
  const TRAP = `const note = (name) => () => { touched.push(name); throw new Error('a trap'); };
    const traps = Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((name) => [name, note(name)]));`;
  test.each([
    ['a text', "'words'", 'words'],
    ['an error', "new RangeError('words')", 'words'],
    ['what fetch gives when it is aborted', "new DOMException('words', 'AbortError')", 'words'],
    [
      'an error of a frame',
      "new (document.body.appendChild(document.createElement('iframe')).contentWindow.Error)('words')",
      'words',
    ],
    ['nothing', 'undefined', ''],
    ['null', 'null', ''],
    ['a symbol', "Symbol('words')", ''],
    ['a function', "Object.assign(() => {}, { message: 'words' })", ''],
    ['an object like an error', "{ message: 'words', name: 'Error' }", ''],
    ['a heir of an error', "Object.create(new Error('words'))", ''],
    [
      'an error whose message is no text',
      "Object.assign(new Error(), { message: { toString: note('toString') } })",
      '',
    ],
    [
      'an error whose message is asked for',
      "Object.defineProperty(new Error(), 'message', { get: note('message') })",
      '',
    ],
    ['a Proxy', 'new Proxy({}, traps)', ''],
    ['a Proxy of an error', "new Proxy(new Error('words'), traps)", ''],
    ['an heir of a Proxy', 'Object.create(new Proxy({}, traps))', ''],
    ['a Proxy that was revoked', '(({ proxy, revoke }) => (revoke(), proxy))(Proxy.revocable({}, {}))', ''],
  ])('%s', async (_, reason, words) => {
    await watch();
    await throwing(`${TRAP} touched.length = 0; Promise.reject(${reason});`);
    expect((await last(1))?.message).toBe(words);
    expect(await touched()).toEqual([]);
  });
});

test('a page that replaced what we read the events with reads nothing along, and hides nothing', async () => {
  await watch();
  await page.evaluate(`
    const note = (name) => function () { touched.push(name); throw new Error('replaced'); };
    for (const [proto, name] of [[ErrorEvent, 'message'], [ErrorEvent, 'error'], [PromiseRejectionEvent, 'reason'], [Event, 'type']]) {
      Object.defineProperty(proto.prototype, name, { get: note(name) });
    }
    for (const name of ['slice', 'toString', 'valueOf']) String.prototype[name] = note(name);
    Object.prototype.isPrototypeOf = Object.getOwnPropertyDescriptor = Reflect.getOwnPropertyDescriptor = note('object');
    Object.defineProperty(Object.prototype, 'message', { get: note('Object.prototype.message'), configurable: true });
    setTimeout(() => { throw 'one'; });
    setTimeout(() => { Promise.reject('two'); });
    undefined`);
  expect((await last(2))?.message).toMatch(/one$/);
  expect(await touched()).toEqual([]);
});

test('what is no error of the page is not counted: its own events, and pictures that do not load', async () => {
  await watch();
  await page.evaluate(`
    dispatchEvent(new ErrorEvent('error', { message: 'made up' }));
    dispatchEvent(new PromiseRejectionEvent('unhandledrejection', { promise: Promise.resolve(), reason: 'made up' }));
    new Promise((done) => { const picture = new Image(); picture.onerror = done; picture.src = 'data:,'; document.body.append(picture); })`);
  const handled = "const late = Promise.reject('caught'); late.catch(() => {})";
  await throwing(handled, "throw new Error('the only one')");
  expect((await last(1))?.message).toMatch(/the only one$/);
});

test("the page's own handlers hear what they heard before, and may still take it", async () => {
  await watch();
  await page.evaluate(`window.own = [];
    onerror = (message) => { own.push(['error', String(message).replace('Uncaught ', '')]); return true; };
    addEventListener('unhandledrejection', (event) => { own.push([event.type, event.reason, event.defaultPrevented]); event.preventDefault(); });
    undefined`);
  await throwing("throw new Error('one')", "Promise.reject('two')");
  await last(2);
  expect(await page.evaluate('own')).toEqual([
    ['error', 'Error: one'],
    ['unhandledrejection', 'two', false],
  ]);
});

describe('undone', () => {
  /** What follows must be told by somebody: here it is an error that the page itself hears. */
  const unheard = async (word: string) => {
    await page.evaluate(
      `window.seen = new Promise((done) => addEventListener('error', () => done(), { once: true })); undefined`,
    );
    await throwing(`throw new Error('${word}')`);
    await page.evaluate('seen');
    await heard();
  };

  test('nothing is counted before it is asked for, nor after', async () => {
    await unheard('before');
    await watch();
    await throwing("throw new Error('meanwhile')");
    await last(1);
    await watch(false);
    await unheard('after');
    expect((await told()).map(({ count }) => count)).toEqual([1]);
    // Asked again, it counts from zero, and the first words are new ones.
    await watch();
    await throwing("throw new Error('again')");
    await until(async () => (await told()).length > 1, 'the next');
    expect((await told()).at(-1)).toMatchObject({ count: 1, message: expect.stringMatching(/again$/) });
  });

  test('a count whose message was lost with the way is told again', async () => {
    await watch();
    await throwing("throw new Error('one')");
    await last(1);
    await heard();
    expect((await told()).map(({ count }) => count)).toEqual([1, 1]);
  });

  test('with the page script: its listeners are gone', async () => {
    await watch();
    await page.evaluate(`say({ type: 'dismiss' })`);
    await until(
      () => page.evaluate('EventSource === NativeEventSource') as Promise<boolean>,
      'the page script to undo itself',
    );
    await throwing("throw new Error('after')");
    await page.evaluate(
      `new Promise((done) => { addEventListener('error', () => setTimeout(done, 0), { once: true }); setTimeout(() => { throw 1; }); })`,
    );
    expect(await told()).toEqual([]);
  });
});
