/**
 * A page that looks for us with everything that it has. Patches the constructors, methods and getters through which
 * anything of ours could pass, adds traps to Object.prototype, and listens in the capture phase for every event that
 * window and document know, and for those that `types` names. What is ours among what it sees, it notes in
 * sessionStorage under `caught`, so that it is still there when the document is unloaded.
 */
export const spy = (types: readonly string[]): string => `<script>{
  const { apply, construct, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
  const { hasOwn, prototype: objectPrototype } = Object;
  const NativeProxy = Proxy, NativePort = MessagePort, NativeChannel = MessageChannel, NativeEvent = Event;
  const portsOf = getOwnPropertyDescriptor(MessageEvent.prototype, 'ports').get;
  const inChain = objectPrototype.isPrototypeOf;
  const test = RegExp.prototype.test;
  const storage = sessionStorage, setItem = Storage.prototype.setItem;
  const WORDS = /sse-lifeline|"seq":|"type":"(hello|bye|entries|greet|subscribe)"/;
  const KEYS = ['seq', 'connection', 'farewell', 'command'];
  const dataOf = getOwnPropertyDescriptor(MessageEvent.prototype, 'data').get;
  const messagePrototype = MessageEvent.prototype;
  storage.setItem('caught', '');

  const isOurs = (value) => {
    if (typeof value === 'string') return apply(test, WORDS, [value]);
    if (typeof value !== 'object' || value === null || value === window || value === document) return false;
    if (apply(inChain, NativePort.prototype, [value]) || apply(inChain, NativeChannel.prototype, [value])) return true;
    for (let index = 0; index < KEYS.length; index++) if (hasOwn(value, KEYS[index])) return true;
    if (hasOwn(value, 'entries') && Array.isArray(value.entries)) return true;
    if (apply(inChain, messagePrototype, [value])) return isOurs(apply(dataOf, value, []));
    // Our messages name their document; as data of a message they may be text.
    if (typeof getOwnPropertyDescriptor(value, 'document')?.value === 'string') return true;
    const data = getOwnPropertyDescriptor(value, 'data');
    return data !== undefined && hasOwn(data, 'value') && isOurs(data.value);
  };
  const note = (text) => apply(setItem, storage, ['caught', storage.caught + text + '\\n']);
  let busy = false;
  /** \`values\` is what a call was given and gave back; arrays among it are looked into. */
  const look = (where, values) => {
    if (busy) return;
    busy = true;
    try {
      for (let index = 0; index < values.length; index++) {
        const value = values[index];
        let found = isOurs(value);
        if (Array.isArray(value)) for (let inner = 0; inner < value.length; inner++) found ||= isOurs(value[inner]);
        if (found) note(where);
      }
    } catch (error) {
      note(where + ' could not look: ' + error); // A spy that fails must not pass for one that found nothing.
    }
    busy = false;
  };

  const patchMethods = (name, holder) => {
    for (const key of ownKeys(holder)) {
      const descriptor = getOwnPropertyDescriptor(holder, key);
      if (!descriptor.configurable || key === 'constructor') continue;
      for (const part of ['value', 'get']) {
        const original = descriptor[part];
        if (typeof original !== 'function') continue;
        descriptor[part] = function (...args) {
          const result = apply(original, this, args);
          args[args.length] = this;
          args[args.length] = result;
          look(name + '.' + String(key), args);
          return result;
        };
      }
      defineProperty(holder, key, descriptor);
    }
  };
  const patchConstructor = (name) => {
    window[name] = new NativeProxy(window[name], {
      construct(target, args, newTarget) {
        const result = construct(target, args, newTarget);
        look('new ' + name, [...args, result]);
        return result;
      },
    });
  };

  const listener = (event) => {
    const ports = apply(inChain, messagePrototype, [event]) ? apply(portsOf, event, []) : [];
    look('event ' + event.type, [event.type, ...ports]);
  };
  const names = new Set(['message', 'messageerror', 'error', ...${JSON.stringify(types)}]);
  for (const target of [window, document]) {
    for (const key in target) if (key.startsWith('on')) names.add(key.slice(2));
    for (const name of names) target.addEventListener(name, listener, true);
  }
  for (const name of ['MessageChannel', 'MessageEvent', 'Event', 'CustomEvent', 'Proxy', 'WeakMap', 'Map', 'Set',
    'WeakSet', 'WeakRef', 'Promise']) patchConstructor(name);
  for (const name of ['MessagePort', 'EventTarget', 'MessageEvent', 'WeakMap', 'Map', 'Set', 'WeakSet', 'WeakRef',
    'FinalizationRegistry', 'Promise', 'Array', 'Function', 'RegExp', 'String', 'AbortController'])
    patchMethods(name, window[name].prototype);
  patchMethods('Event', NativeEvent.prototype);
  for (const name of ['Reflect', 'JSON', 'Object', 'Array']) patchMethods(name, window[name]);
  for (const key of ['postMessage', 'structuredClone', 'setTimeout', 'queueMicrotask', 'fetch', 'dispatchEvent']) {
    const original = window[key];
    window[key] = function (...args) {
      look(key, args);
      return apply(original, this ?? window, args);
    };
  }
  for (const key of ['toJSON', 'ports', 'bubbles', 'source', 'transfer', 'then']) {
    defineProperty(objectPrototype, key, {
      configurable: true,
      get() { look('Object.prototype.' + key, [this]); },
      set(value) { defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true }); },
    });
  }
}</script>`;

/** Everything that a page can list of its window, and of what hangs on it: names only, sorted. */
export const NAMES = `JSON.stringify([window, document, document.documentElement, navigator, performance, EventSource,
  EventSource.prototype, EventTarget, EventTarget.prototype, MessagePort.prototype].map((object) => [
    Reflect.ownKeys(object).map(String).sort(), Object.keys(Object.getOwnPropertyDescriptors(object)).length,
    object.attributes?.length, object.childNodes?.length]))`;
