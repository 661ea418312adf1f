import { apply, bare, construct, defineProperty, getOwnPropertyDescriptor, guarded } from '../pristine.ts';

/** Undoes a patch, unless somebody patched over it since: then it stays, as a harmless layer below theirs. */
export type Undo = () => void;

/** Replaces a property's value or getter by `wrap` of it; every other part of its descriptor stays as it was. */
export function patch<T>(holder: object, name: string, part: 'value' | 'get', wrap: (original: T) => T): Undo {
  const descriptor = getOwnPropertyDescriptor(holder, name);
  if (!descriptor?.configurable || descriptor[part] === undefined) return () => {};
  const wrapped = wrap(descriptor[part] as T);
  defineProperty(holder, name, bare({ ...descriptor, [part]: wrapped }));
  return () => {
    if (getOwnPropertyDescriptor(holder, name)?.[part] === wrapped) defineProperty(holder, name, descriptor);
  };
}

export type Callable = (...args: never[]) => unknown;

/** What each of our stand-ins stands in for. */
const originals = guarded<WeakMap<object, object>>(new WeakMap());

function standIn<F extends object>(original: F, handler: ProxyHandler<F>): F {
  const proxy = new Proxy(original, bare(handler));
  originals.set(proxy, original);
  return proxy;
}

/** A stand-in that shows the original's name, length and properties, and sees each call before it. */
export function onCall<F extends Callable>(
  original: F,
  called: (target: F, self: unknown, args: unknown[]) => unknown,
): F {
  return standIn(original, { apply: (target, self, args) => called(target, self, args) });
}

/**
 * A stand-in for a class: `constructing` has each object made, and sees it. The browser's own code does the construction:
 * argument conversions and errors are its own, and so is the object, also of a subclass.
 */
export function onConstruct<C extends abstract new (...args: never[]) => object>(
  original: C,
  constructing: (args: unknown[], newTarget: object, make: (args: unknown[]) => InstanceType<C>) => InstanceType<C>,
): C {
  return standIn(original, {
    construct(target, args, newTarget) {
      return constructing(
        args,
        newTarget,
        (others) => construct(target as never, others as never[], newTarget) as InstanceType<C>,
      );
    },
  });
}

/**
 * Lets `Function.prototype.toString` show of our stand-ins what it shows of their originals. [chrome] It does not name
 * the function that a Proxy stands for: `function () { [native code] }`.
 */
export function showOriginals(): Undo {
  return patch<Callable>(Function.prototype, 'toString', 'value', (original) =>
    onCall(original, (target, self, args) => callThrough(target, originals.get(self as object) ?? self, args)),
  );
}

export const callThrough = (target: Callable, self: unknown, args: unknown[]): unknown =>
  apply(target, self, args as never[]);
