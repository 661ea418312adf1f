import type { Package } from './packages.ts';

/** A page that replaced, wrapped or patched EventSource: what other code does with the class beside us. */
export interface PatchedPage {
  packages: readonly Package[];
  /**
   * Runs after the packages, before any source is made. Sets `make(url)`, which gives a source as this page makes them,
   * and `restore()`, which puts back what the page had saved, as far as such code ever does.
   */
  script: string;
  /** Does `make` give an EventSource of the browser's? Else the page carries the stream itself. */
  native: boolean;
  /** Does `make` use a class that the page saved when it patched? One that was saved before our hook goes past it. */
  usesSaved?: true;
  /** Expression: is the page's own patch in force, and did it see `es`, the one source that it made so far? */
  inForce: string;
}

export const PATCHED_PAGES: Record<string, PatchedPage> = {
  'zone.js, which patches addEventListener of all event targets': {
    packages: ['zone.js'],
    script: `
      const zone = Zone.current.fork({ name: 'app' });
      window.zones = new Set();
      window.make = (url) => zone.run(() => {
        const es = new EventSource(url);
        es.addEventListener('message', () => zones.add(Zone.current.name));
        return es;
      });
      window.restore = () => {}; // Nothing takes zone.js away again.`,
    native: true,
    inForce: `zones.size === 1 && zones.has('app')`,
  },
  'event-source-polyfill as window.EventSource': {
    packages: ['event-source-polyfill'],
    script: `
      const saved = window.EventSource;
      window.EventSource = EventSourcePolyfill;
      window.make = (url) => new EventSource(url);
      window.restore = () => { window.EventSource = saved; };`,
    native: false,
    inForce: `es instanceof EventSourcePolyfill`,
  },
  'a wrapper as in core-js, after a test that the class is native': {
    packages: [],
    // The test is lodash's; the wrapper shares the prototype, copies the constants, and takes the prototype's constructor.
    script: `
      const Native = window.EventSource;
      const { constructor } = Native.prototype;
      const { toString } = Function.prototype;
      const nativeCode = RegExp('^' + toString.call({}.hasOwnProperty)
        .replace(/[\\\\^$.*+?()[\\]{}|]/g, '\\\\$&')
        .replace(/hasOwnProperty|(function).*?(?=\\\\\\()/g, '$1.*?') + '$');
      window.looksNative = typeof Native === 'function' && nativeCode.test(toString.call(Native)) &&
        nativeCode.test(toString.call(Native.prototype.close));
      function Wrapper(url, init) {
        if (!(this instanceof Wrapper)) throw new TypeError('Use new.');
        window.wrapped = new Native(url, init);
        return window.wrapped;
      }
      for (const key of Object.getOwnPropertyNames(Native)) {
        if (!Object.hasOwn(Wrapper, key)) {
          Object.defineProperty(Wrapper, key, Object.getOwnPropertyDescriptor(Native, key));
        }
      }
      Wrapper.prototype = Native.prototype;
      Native.prototype.constructor = Wrapper;
      window.EventSource = Wrapper;
      window.make = (url) => new EventSource(url);
      window.restore = () => { window.EventSource = Native; Native.prototype.constructor = constructor; };`,
    native: true,
    inForce: `looksNative && wrapped === es && es instanceof EventSource && EventSource.OPEN === 1`,
  },
  'a subclass as window.EventSource': {
    packages: [],
    script: `
      const saved = window.EventSource;
      window.EventSource = class AppEventSource extends EventSource {
        #made = 'by the page';
        get made() { return this.#made; }
      };
      window.make = (url) => new EventSource(url);
      window.restore = () => { window.EventSource = saved; };`,
    native: true,
    inForce: `es.made === 'by the page' && es.constructor.name === 'AppEventSource'`,
  },
  'a Proxy around the saved class': {
    packages: [],
    script: `
      const Native = window.EventSource;
      window.made = [];
      window.EventSource = new Proxy(Native, {
        construct(target, args, newTarget) {
          made.push(args[0]);
          return Reflect.construct(target, args, newTarget);
        },
      });
      window.make = (url) => new EventSource(url);
      window.restore = () => { window.EventSource = Native; };`,
    native: true,
    inForce: `made.length === 1 && es instanceof EventSource && es.constructor.OPEN === 1`,
  },
  'close and addEventListener of its own on EventSource.prototype': {
    packages: [],
    script: `
      const { prototype } = EventSource;
      const { close, addEventListener } = prototype;
      window.closes = 0;
      window.added = [];
      prototype.close = function () { window.closes++; return close.call(this); };
      prototype.addEventListener = function (type, ...rest) {
        added.push(type);
        return addEventListener.call(this, type, ...rest);
      };
      window.make = (url) => new EventSource(url);
      window.restore = () => { prototype.close = close; delete prototype.addEventListener; };`,
    native: true,
    // Only what the page itself called: a reset is no close() by anyone, and our listeners are nobody's business.
    inForce: `closes === 0 && added.join() === 'open,error,message,message'`,
  },
  'a fake for tests, as sinon puts one in and takes it out': {
    packages: [],
    script: `
      const saved = Object.getOwnPropertyDescriptor(window, 'EventSource');
      class Fake extends EventTarget { close() {} }
      window.make = (url) => {
        Object.defineProperty(window, 'EventSource', { ...saved, value: Fake });
        window.faked = new EventSource(url);
        return new saved.value(url);
      };
      window.restore = () => Object.defineProperty(window, 'EventSource', saved);`,
    native: true,
    usesSaved: true,
    inForce: `!(es instanceof EventSource) && faked instanceof EventSource`,
  },
};
