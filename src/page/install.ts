import { idle } from './event-source/idle.ts';
import { elsewhere, isNative, prototype, urlOf, withCredentialsOf } from './event-source/native.ts';
import { Observer } from './event-source/observe.ts';
import {
  type Callable,
  callThrough,
  onCall,
  onConstruct,
  patch,
  showOriginals,
  type Undo,
} from './event-source/patch.ts';
import { isClosed, type Sources } from './event-source/sources.ts';
import { takeOver } from './event-source/takeover.ts';
import type { Ground } from './ground.ts';
import { CLOSED } from './managed/ready-state.ts';
import { guarded, isDetached, toText } from './pristine.ts';
import { stack } from './stack.ts';

export interface Hook {
  /** Whether new connections are managed from their construction. */
  manageNew: boolean;
  /** Puts everything back. True if sources are left that we drive: they go on, and what they need stays patched. */
  uninstall(): boolean;
}

/**
 * Hooks the EventSource class of this window, before any script of the page can see it. Calls `leaving` whenever the
 * page listens for `pagehide`: whoever wants to hear it last listens anew then.
 */
export function install(sources: Sources, ground: Ground, manageNew: boolean, leaving: () => void): Hook {
  const observers = guarded(new WeakMap<EventSource, Observer>());

  // The browser's own; or a class that the page had put there before we came, which may make other objects too.
  const { EventSource: Current } = globalThis;
  // Of the page's own class we do not know what it makes of an address.
  const canIdle = ground.profile.asksAtOnce && Current.prototype === prototype;
  const Patched = onConstruct(Current, (args, newTarget, make) => {
    const isOurs = (url: string) => (hook.manageNew || ground.orders.want(url)) && !isDetached();
    const instead = canIdle && (hook.manageNew || ground.orders.any) ? idle(args, newTarget, isOurs) : undefined;
    const object = make(instead ? instead.args : args);
    if (!isNative(object)) return object;
    const managed = isOurs(instead?.url() ?? urlOf(object));
    const source = sources.track(object, instead?.url() ?? urlOf(object), withCredentialsOf(object));
    observers.set(object, new Observer(object, source));
    if (managed) {
      void takeOver(object, source, ground).connect();
    } else {
      source.attempt = 1;
      source.record({ type: 'connect', attempt: 1, lastEventId: '', carried: 'native', seen: 'start' });
    }
    return object;
  });
  const observing: Undo[] = [
    patch(globalThis, 'EventSource', 'value', () => Patched),
    patch(Current.prototype, 'constructor', 'value', () => Patched),
    patch<Callable>(EventTarget.prototype, 'addEventListener', 'value', (original) =>
      onCall(original, (target, self, args) => {
        if (sources.of(self) && args.length > 1) {
          try {
            // [spec] Web IDL converts the type first; doing it here, once, is therefore the same to the page.
            if (typeof args[0] !== 'symbol') args[0] = toText(args[0]);
          } catch {
            return callThrough(target, self, args); // Which throws the same, in the browser's words.
          }
          const observer = observers.get(self as EventSource);
          if (args[1] != null && typeof args[0] === 'string') observer?.listen(self as EventSource, args[0]);
        }
        const result = callThrough(target, self, args);
        if (args[0] === 'pagehide' && (self ?? globalThis) === globalThis) leaving();
        return result;
      }),
    ),
  ];

  // A page may take these from the prototype long before a source is taken over, so they are in place from the start.
  const showUrl = () =>
    patch<Callable>(prototype, 'url', 'get', (original) =>
      onCall(original, (target, self, args) => {
        const source = sources.of(self);
        return source ? source.url : callThrough(elsewhere(self, 'url', 'get') ?? target, self, args);
      }),
    );
  const managing: Undo[] = [
    showOriginals(),
    canIdle ? showUrl() : () => {},
    patch<Callable>(prototype, 'readyState', 'get', (original) =>
      onCall(original, (target, self, args) => {
        const source = sources.of(self);
        if (!source) return callThrough(elsewhere(self, 'readyState', 'get') ?? target, self, args);
        if (source.connection && !isDetached()) return source.connection.readyState;
        return callThrough(target, self, args);
      }),
    ),
    patch<Callable>(prototype, 'close', 'value', (original) =>
      onCall(original, (target, self, args) => {
        const source = sources.of(self);
        if (!source) return callThrough(elsewhere(self, 'close', 'value') ?? target, self, args);
        const { connection } = source;
        const calls = stack();
        const wasClosed = isClosed(self as EventSource, source);
        connection?.close();
        callThrough(target, self, args);
        if (!wasClosed) source.record({ type: 'close', ...(calls !== undefined && { stack: calls }) });
        return undefined;
      }),
    ),
    patch<Callable>(globalThis, 'stop', 'value', (original) =>
      onCall(original, (target, self, args) => {
        const result = callThrough(target, self, args);
        sources.each((_, { connection }) => connection?.stop());
        return result;
      }),
    ),
  ];

  const undoAll = (undos: Undo[]) => {
    for (let index = 0; index < undos.length; index++) undos[index]?.();
  };
  const hook: Hook = {
    manageNew,
    uninstall() {
      let managed = false;
      sources.each((object, source) => {
        observers.get(object)?.stop(object);
        if (source.connection && source.connection.readyState !== CLOSED) managed = true;
      });
      undoAll(observing);
      // A source that we took over must go on working; its readyState and close() are ours for as long as it lives.
      if (!managed) undoAll(managing);
      return managed;
    },
  };
  return hook;
}
